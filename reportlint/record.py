"""``NamedTuple`` as ``typing`` has it, at a tenth of what it costs there to define a class.

A run defines sixty of them, and makes instances of half. ``typing`` checks every field and compiles
a constructor for each class when it is defined: a sixth of the time that one draft takes, besides
the import of ``typing`` itself. Here a constructor is compiled when it is first called.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Self
    from typing import NamedTuple as NamedTuple

_new = tuple.__new__


class _Record(tuple):  # type: ignore[type-arg]
    """What all named tuples have in common; ``_fields`` are the names of the values."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _field_defaults: dict[str, Any]

    def __new__(cls, *values: Any, **named: Any) -> Self:
        fields = ", ".join(cls._fields)
        # Names of fields are identifiers: a class statement has been read with them.
        made = eval(f"lambda _cls, {fields}: _new(_cls, ({fields},))", {"_new": _new})
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


if not TYPE_CHECKING:

    class NamedTuple(metaclass=_Definition):
        """The base of a named tuple. Fields are annotated; defaults come last."""
