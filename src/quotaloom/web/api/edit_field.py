"""The fields of edits as JSON: amounts as 分 or exact decimals, names, days, places, methods."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema

from quotaloom.planfile.piece import is_writable

MOST_EDITS: Final = 200
_DECIMAL: Final = re.compile(r"-?[0-9]{1,16}\.[0-9]{2}")
_RATE: Final = re.compile(r"[-+]?[0-9]{1,6}(\.[0-9]{1,12})?%")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST: Final = 2**63 - 1


def _amount(value: object) -> object:
    """Whole 分, or 元 with two decimals; a float or a bare "100" could be meant in two ways."""
    is_whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
    if is_whole or (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        return value
    raise ValueError("an amount is a whole number of 分, or a text such as 350000.00 in 元")


def _rate(value: object) -> object:
    if isinstance(value, str) and _RATE.fullmatch(value):
        return value
    raise ValueError("a rate is a text such as +10%")


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("a day is a text such as 2027-04-01")


def _maybe_day(value: object) -> object:
    return value if value == "" else _day(value)


def _name(value: str) -> str:
    if is_writable(value):
        return value
    raise ValueError("a name has no control signs and no line ends")


Word = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_name)]
MaybeWord = Annotated[str, Field(max_length=200), AfterValidator(_name)]
Words = Annotated[str, Field(max_length=200)]
Weight = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,12})?$")]
Number = Annotated[int, Field(strict=True, ge=0, le=10**9)]
"""The number of an edit, or a position."""
Money = Annotated[
    Any,
    BeforeValidator(_amount),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST},
                {"type": "string", "pattern": f"^{_DECIMAL.pattern}$"},
            ]
        }
    ),
]
Rate = Annotated[
    Any,
    BeforeValidator(_rate),
    WithJsonSchema({"type": "string", "pattern": f"^{_RATE.pattern}$"}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}),
]
MaybeDay = Annotated[
    Any,
    BeforeValidator(_maybe_day),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"},
                {"const": "", "type": "string"},
            ]
        }
    ),
]
"""One validator for both: of a union the place of a fault would name the branch as well."""


class Strict(Schema):
    """A body without any field that is not asked for."""

    model_config = ConfigDict(extra="forbid")


class SliceIn(Strict):
    """Cells: a member for each axis (or level) that is named, a period, a measure, a layer."""

    members: dict[Word, Word] = Field(default_factory=dict, max_length=20)
    period: MaybeWord = ""
    measure: MaybeWord = ""
    layer: MaybeWord = ""


class WishIn(Strict):
    """A slice and what it shall add up to."""

    at: SliceIn
    amount: Money


class MethodIn(Strict):
    """How a total becomes cells."""

    name: Word = "proportional"
    operation: Literal["replace", "add", "subtract"] = "replace"
    scope: Literal["all", "populated"] = "all"
    on_zero: Literal["equal", "refuse"] = "equal"
    references: list[SliceIn] = Field(default_factory=list, max_length=20)
    figures: list[Word] = Field(default_factory=list, max_length=20)
    weights: list[Weight] = Field(default_factory=list, max_length=60)
    rate: Rate | None = None
    end: Money | None = None
    place: Literal["", "first", "last"] = ""
