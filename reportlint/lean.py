"""Parts of the standard library at a fraction of what they cost to import and to define.

A run defines sixty named tuples and makes few instances of most. ``typing`` checks each field and
compiles a constructor when a class is defined: a sixth of the time that one draft takes. ``enum``
and ``functools``, with the ``collections`` that they import, take a tenth, ``typing`` itself
another. What is here looks and works like theirs as far as this package goes: modules that every
run imports take it from here, and nothing else of those.
"""

from __future__ import annotations

import _functools  # type: ignore[import-not-found]
from _collections import _tuplegetter  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import Enum as Enum
    from enum import IntEnum as IntEnum
    from functools import cached_property as cached_property
    from functools import lru_cache as lru_cache
    from functools import partial as partial
    from types import MappingProxyType as MappingProxyType
    from typing import Any, Self
    from typing import NamedTuple as NamedTuple

FEW = 20
"""Instances up to which it does not pay to compile the constructor of a named tuple."""

_instances: dict[type, int] = {}
_new = tuple.__new__


class _Record(tuple):  # type: ignore[type-arg]
    """What all named tuples have in common; ``_fields`` are the names of the values."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _field_defaults: dict[str, Any]

    def __new__(cls, *values: Any, **named: Any) -> Self:
        fields, given = cls._fields, len(values)
        _instances[cls] = _instances.get(cls, 0) + 1
        if _instances[cls] <= FEW:
            whole = {**cls._field_defaults, **dict(zip(fields, values, strict=False)), **named}
            if given <= len(fields) == len(whole) and named.keys().isdisjoint(fields[:given]):
                return _new(cls, map(whole.__getitem__, fields))
        # Compiled, as ``collections.namedtuple`` does at once; it also has the words for mistakes.
        names = ", ".join(fields)
        made = eval(f"lambda _cls, {names}: _new(_cls, ({names},))", {"_new": _new})
        made.__defaults__ = tuple(cls._field_defaults.values())
        made.__name__, made.__qualname__ = "__new__", f"{cls.__qualname__}.__new__"
        cls.__new__ = staticmethod(made)  # type: ignore[method-assign]
        return cls(*values, **named)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        return cls(*values)

    def _replace(self, **named: Any) -> Self:
        made = _new(type(self), map(named.pop, self._fields, self))
        if named:
            raise TypeError(f"Got unexpected field names: {list(named)!r}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        values = zip(self._fields, self, strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class _Definition(type):
    """Makes an ordinary class, a tuple, of a class statement that names ``NamedTuple``."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        if not bases:
            return type.__new__(cls, name, bases, body)
        fields = tuple(body.get("__annotations__", ()))
        body["__slots__"] = ()
        body["_fields"] = body["__match_args__"] = fields
        body["_field_defaults"] = {field: body[field] for field in fields if field in body}
        for index, field in enumerate(fields):
            body[field] = _tuplegetter(index, None)
        return type(name, (_Record,), body)


class _Members(type):
    """A class whose attributes are its instances, in order, unless they are methods."""

    _members: dict[str, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        values = {
            key: body.pop(key)
            for key, value in list(body.items())
            if not key.startswith("_") and not hasattr(value, "__get__")
        }
        made = super().__new__(cls, name, bases, body)
        made._members = {}
        for key, value in values.items():
            base: Any = int if issubclass(made, int) else object
            member = base.__new__(made, *(value,) * (base is int))
            member.name, member.value = key, value
            made._members[key] = member
            setattr(made, key, member)
        return made

    def __call__(cls, value: Any) -> Any:
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def __getitem__(cls, name: str) -> Any:
        return cls._members[name]

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls._members.values())

    def __reversed__(cls) -> Iterator[Any]:
        return reversed(cls._members.values())

    def __len__(cls) -> int:
        return len(cls._members)


if not TYPE_CHECKING:
    MappingProxyType = type(type.__dict__)
    partial = _functools.partial

    class NamedTuple(metaclass=_Definition):
        """The base of a named tuple. Fields are annotated; defaults come last."""

    class Enum(metaclass=_Members):
        """The base of a class that has no instances but its members."""

        def __repr__(self):
            return f"<{type(self).__qualname__}.{self.name}: {self.value!r}>"

        def __reduce__(self):
            return type(self), (self.value,)

    class IntEnum(int, Enum):
        """The base of a class whose members are whole numbers."""

        __repr__, __str__ = Enum.__repr__, int.__repr__

    class cached_property:  # noqa: N801
        """An attribute that is worked out when it is first asked for."""

        def __init__(self, func):
            self.func = func
            self.__doc__ = func.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.func(instance)
            return value

    class _CacheInfo(NamedTuple):
        hits: int
        misses: int
        maxsize: int
        currsize: int

    def lru_cache(maxsize):
        """Keep what a function returned for its last ``maxsize`` arguments."""
        return lambda function: _functools._lru_cache_wrapper(function, maxsize, False, _CacheInfo)
