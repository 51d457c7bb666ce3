"""The method that a page's picker asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar, get_args

from quotaloom.core.allocation.journal.edit import Method, OnZero
from quotaloom.core.allocation.journal.method import PHASED
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import to_units
from quotaloom.core.model.names import half_width
from quotaloom.core.numeric.spread_wish import Operation, Scope
from quotaloom.cycle.plan.days import WORKDAYS
from quotaloom.cycle.plan.typed import complete
from quotaloom.planfile.number import read_number, read_rate
from quotaloom.planfile.piece import Piece
from quotaloom.planfile.place_text import read_slice
from quotaloom.web.desk.typed import How, read_typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from quotaloom.core.allocation.journal.edit import Place
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure

Choice = TypeVar("Choice", Operation, Scope, OnZero)
USUAL: Final = Method().name
OPERATIONS: Final[tuple[Operation, ...]] = get_args(Operation)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
ON_ZERO: Final[tuple[OnZero, ...]] = get_args(OnZero)
NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "proportional": (),
    "equal": (),
    "by_reference": ("basis",),
    "blend": ("basis", "other", "weights"),
    "by_weights": ("weights",),
    "seasonal": ("weights",),
    "pattern": ("weights",),
    "growth": ("rate",),
    "straight_line": ("end",),
    "repeat": (),
    "percent": ("rate",),
}
"""The methods that the picker offers, with the fields that each reads."""
REFERENCES: Final = ("basis", "other")
OWN: Final = "slice"  # a basis that is told in a field of its own
ENDS: Final[dict[str, Place]] = {"first": "first", "last": "last"}
DAYS: Final = (WORKDAYS, "工作日")  # typed as weights: those of the calendar
LONGEST: Final = 200


def how_asked(asked: Mapping[str, str], plan: Plan, size: int, measure: PlanMeasure) -> How:
    """How the page wants a total of a measure to become cells; ``size`` is its unit in 分.

    Raises UsageRefused or DataRefused for what a method needs and cannot be read.
    """
    name = asked.get("method", USUAL)
    needs = NEEDS.get(name, ())
    told = {field: half_width(asked.get(field, "")).strip()[:LONGEST] for field in needs}
    keep = asked.get("keep") == "hold_parent"
    weights, place, days = _weights(told["weights"]) if "weights" in needs else ((), "", ())
    followed = tuple(_basis(told[one], asked, plan) for one in REFERENCES if one in needs)
    method = Method(
        name if name in NEEDS else USUAL,
        _one_of(OPERATIONS, asked.get("operation", "")),
        _one_of(SCOPES, asked.get("scope", "")),
        _one_of(ON_ZERO, asked.get("on_zero", "")),
        references=(*followed, *days),
        weights=weights,
        rate=read_rate(_piece(told["rate"], "method.lacks_rate")) if "rate" in needs else None,
        end=_end(told["end"], measure, size) if "end" in needs else None,
        place=place,
    )
    along = asked.get("along", "") if keep else asked.get("over", "") * (name in PHASED)
    out = _excluded(asked.get("exclude", ""), plan)
    return How(method, "hold_parent" if keep else "roll_up", along, out)


def _one_of(known: tuple[Choice, ...], asked: str) -> Choice:
    """The choice that was asked for, the first one where it is none."""
    return next((one for one in known if one == asked), known[0])


def _basis(name: str, asked: Mapping[str, str], plan: Plan) -> Slice | str:
    """A reference of the plan by its name, a layer, or a slice as people write it."""
    if name == OWN:
        text = asked.get("slice", "")[:LONGEST]
        return complete(read_slice(_piece(text, "method.lacks_slice")), plan)
    kind, _mark, one = name.partition(":")
    if kind == "layer":
        return Slice(layer=one)
    return name


def _excluded(text: str, plan: Plan) -> tuple[Slice, ...]:
    """The slices that keep out, parted by semicolons: 产品=终端; 2027Q1."""
    told = re.split("[;；]", half_width(text)[: LONGEST * 4])
    return tuple(complete(read_slice(Piece(one).trimmed()), plan) for one in told if one.strip())


def _weights(text: str) -> tuple[tuple[Fraction, ...], Place, tuple[str, ...]]:
    """Typed weights: 15, 20, 30, 35, or 4-4-5; all to the first or the last part; working days."""
    if text in DAYS:
        return (), "", (WORKDAYS,)
    if text in ENDS:
        return (), ENDS[text], ()
    parts = text.replace("%", "").replace("-", ",").replace(":", ",").split(",")
    return tuple(read_number(_piece(one, "method.lacks_weights")) for one in parts), "", ()


def _end(text: str, measure: PlanMeasure, size: int) -> int:
    read = read_typed(text, measure, size)
    return to_units(read.minor, read.step)


def _piece(text: str, lacks: str) -> Piece:
    if not text.strip():
        raise UsageRefused([error(lacks)])
    return Piece(text).trimmed()
