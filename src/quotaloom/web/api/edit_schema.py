"""Edits as JSON: the fields of the plan file's grammar, amounts as 分 or as exact decimals."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

MOST_EDITS: Final = 200
_DECIMAL: Final = re.compile(r"-?[0-9]{1,16}\.[0-9]{2}")
_RATE: Final = re.compile(r"[-+]?[0-9]{1,6}(\.[0-9]{1,12})?%")
_LARGEST: Final = 2**63 - 1
Word = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=200)]


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


class Strict(Schema):
    """A body without any field that is not asked for."""

    model_config = ConfigDict(extra="forbid")


class SliceIn(Strict):
    """Cells: a member for each axis (or level) that is named, a period, a measure, a layer."""

    members: dict[Word, Word] = Field(default_factory=dict, max_length=20)
    period: Words = ""
    measure: Words = ""
    layer: Words = ""


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
    weights: list[Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,12})?$")]] = Field(
        default_factory=list, max_length=60
    )
    rate: Rate | None = None
    end: Money | None = None


class EditIn(Strict):
    """One edit; each verb takes the fields that the grammar gives it."""

    verb: Literal[
        "set", "spread", "scale", "fix", "bound", "hold", "release", "revert",
        "submit", "accept", "return",
    ]  # fmt: skip
    wishes: list[WishIn] = Field(default_factory=list, max_length=MOST_EDITS)
    at: SliceIn | None = None
    amount: Money | None = None
    rate: Rate | None = None
    method: MethodIn = Field(default_factory=MethodIn)
    keep: Literal["roll_up", "hold_parent"] = "roll_up"
    along: Words = ""
    exclude: list[SliceIn] = Field(default_factory=list, max_length=MOST_EDITS)
    within: SliceIn | None = None
    low: Money | None = None
    high: Money | None = None
    kind: Literal["cells", "total"] = "cells"
    until: Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    edit: Annotated[int, Field(strict=True, ge=0, le=10**9)] = 0


class EditsIn(Strict):
    """Edits, all of them or none: as JSON, or as text in the grammar of plan files."""

    edits: list[EditIn] = Field(default_factory=list, max_length=MOST_EDITS)
    text: Annotated[str, Field(max_length=100_000)] = ""
    reason: Annotated[str, Field(max_length=500)] = ""
    seen: Annotated[int, Field(strict=True, ge=0, le=10**9)] | None = None
