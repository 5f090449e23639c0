"""The parts of the standard library that we have of our own work as the originals do."""

from __future__ import annotations

import copy
import enum
import functools
import pickle
import types
import typing
from typing import Any

import pytest

from reportlint import lean


class Lean(lean.NamedTuple):
    """A point."""

    first: int
    second: str = "b"
    third: tuple[int, ...] = ()

    def doubled(self) -> int:
        return 2 * self.first

    @property
    def whole(self) -> str:
        return f"{self.first}{self.second}"


class Full(typing.NamedTuple):
    """A point."""

    first: int
    second: str = "b"
    third: tuple[int, ...] = ()

    def doubled(self) -> int:
        return 2 * self.first

    @property
    def whole(self) -> str:
        return f"{self.first}{self.second}"


class LeanLevel(lean.IntEnum):
    LOW = 1
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()

    @classmethod
    def top(cls) -> LeanLevel:
        return cls["HIGH"]


class FullLevel(enum.IntEnum):
    LOW = 1
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()

    @classmethod
    def top(cls) -> FullLevel:
        return cls["HIGH"]


class LeanShape(lean.Enum):
    ROUND = "round"
    PAIR = ("a", "b")


class FullShape(enum.Enum):
    ROUND = "round"
    PAIR = ("a", "b")


class TestNamedTuple:
    @pytest.mark.parametrize(
        ("args", "named"),
        [
            ((1,), {}),
            ((1, "x"), {}),
            ((1,), {"third": (4,)}),
            ((), {"second": "x", "first": 2}),
            ((1, "x", (3,)), {}),
        ],
    )
    def test_values(self, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        ours, theirs = Lean(*args, **named), Full(*args, **named)
        assert tuple(ours) == tuple(theirs)
        assert ours == theirs
        assert hash(ours) == hash(theirs)
        assert (ours.first, ours.second, ours.third) == (theirs.first, theirs.second, theirs.third)
        assert (ours.doubled(), ours.whole) == (theirs.doubled(), theirs.whole)
        assert ours._asdict() == theirs._asdict()
        assert ours._replace(second="y") == theirs._replace(second="y")
        assert repr(ours) == repr(theirs).replace("Full", "Lean")

    @pytest.mark.parametrize(
        ("args", "named"),
        [((), {}), ((1, "x", (), 4), {}), ((1,), {"fourth": 4}), ((1,), {"first": 1})],
    )
    def test_mistakes(self, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        for made in (Full, Lean):
            with pytest.raises(TypeError):
                made(*args, **named)

    def test_an_unknown_field_cannot_be_replaced(self) -> None:
        for value in (Lean(1), Full(1)):
            with pytest.raises((TypeError, ValueError), match="fourth"):
                value._replace(fourth=1)

    def test_classes(self) -> None:
        for name in ("_fields", "_field_defaults", "__match_args__", "__slots__", "__doc__"):
            assert getattr(Lean, name) == getattr(Full, name)
        assert type(Lean) is type
        assert issubclass(Lean, tuple)
        assert Lean._make([1, "c", ()]) == Full._make([1, "c", ()])

    def test_values_are_frozen_and_have_no_other_attributes(self) -> None:
        for value in (Lean(1), Full(1)):
            for name in ("first", "other"):
                with pytest.raises(AttributeError):
                    setattr(value, name, 1)

    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_travel(self, protocol: int) -> None:
        value = Lean(1, third=(2,))
        there = pickle.loads(pickle.dumps(value, protocol))
        assert type(there) is Lean
        assert there == value == copy.deepcopy(value)

    def test_match(self) -> None:
        match Lean(1, "x"):
            case Lean(first, second="x"):
                assert first == 1
            case _:
                pytest.fail("no match")


class TestEnum:
    @pytest.mark.parametrize("pair", [(LeanLevel, FullLevel), (LeanShape, FullShape)])
    def test_members(self, pair: tuple[Any, Any]) -> None:
        ours, theirs = pair
        assert [(m.name, m.value) for m in ours] == [(m.name, m.value) for m in theirs]
        assert [m.name for m in reversed(ours)] == [m.name for m in reversed(theirs)]
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert ours(one.value) is one is ours[one.name] is getattr(ours, one.name)
            assert isinstance(one, ours)
            assert repr(one) == repr(other).replace("Full", "Lean")
            assert pickle.loads(pickle.dumps(one)) is one is copy.deepcopy(one)
        for made in pair:
            with pytest.raises(ValueError, match="not a valid"):
                made("nonsense")
            with pytest.raises(KeyError):
                made["nonsense"]

    def test_whole_numbers(self) -> None:
        assert LeanLevel.LOW < LeanLevel.HIGH == 3
        assert sorted(LeanLevel)[:1] == [LeanLevel.LOW]
        assert {LeanLevel.LOW: 1}[1] == 1  # type: ignore[index]
        assert f"{LeanLevel.HIGH}" == f"{FullLevel.HIGH}"
        assert str(LeanLevel.HIGH) == str(FullLevel.HIGH)
        assert LeanLevel.top() is LeanLevel.HIGH
        assert LeanLevel.HIGH.label == FullLevel.HIGH.label


def test_a_cached_property_is_worked_out_once() -> None:
    class Made:
        calls = 0

        @lean.cached_property
        def value(self) -> int:
            """The value."""
            self.calls += 1
            return 7

    made = Made()
    assert (made.value, made.value, made.calls) == (7, 7, 1)
    assert Made.value.__doc__ == "The value."
    assert vars(made)["value"] == 7


def test_a_cache_keeps_what_was_asked_for_last() -> None:
    asked = []

    @lean.lru_cache(maxsize=2)
    def double(value: int) -> int:
        asked.append(value)
        return 2 * value

    assert [double(n) for n in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert asked == [1, 2, 3, 2]
    assert double.cache_info()[:2] == (2, 4)


def test_what_is_theirs_is_theirs() -> None:
    assert lean.MappingProxyType is types.MappingProxyType
    assert lean.partial is functools.partial
