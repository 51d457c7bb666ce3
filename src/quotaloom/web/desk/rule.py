"""The rules that a page sets on figures: a hold, for ever or until a day, and bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from quotaloom.core.allocation.journal.edit import BoundEdit, HoldEdit, Release
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import to_units
from quotaloom.core.model.names import half_width
from quotaloom.planfile.number import read_day
from quotaloom.planfile.piece import Piece
from quotaloom.web.desk.typed import read_typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import HoldKind, Plan
    from quotaloom.web.desk.hand import Hand

LONGEST: Final = 64


def hold_asked(asked: Mapping[str, str], hand: Hand, at: Slice) -> HoldEdit:
    """A hold of the cells, or of their total, by whoever asks. Raises for a day gone by."""
    kind: HoldKind = "total" if asked.get("kind") == "total" else "cells"
    text = asked.get("until", "").strip()[:10]
    return HoldEdit(at, kind, str(hand.user.pk), _day_ahead(text) if text else None)


def bound_asked(
    asked: Mapping[str, str], plan: Plan, at: Slice, size: int
) -> list[BoundEdit | Release]:
    """The lowest and the highest figure of a slice, in place of what bounded it before.

    ``size`` is the page's unit in 分; both ends blank lift the bound.
    """
    before = [Release(one.seq) for one in plan.bounds if one.at == at]
    low, high = (_end(asked.get(end, ""), plan, at, size) for end in ("low", "high"))
    if low is None and high is None:
        if not before:
            raise UsageRefused([error("bound.no_end")])
        return [*before]
    return [*before, BoundEdit(at, low, high)]


def _end(text: str, plan: Plan, at: Slice, size: int) -> int | None:
    if not text.strip():
        return None
    read = read_typed(half_width(text).strip()[:LONGEST], plan.measure(at.measure), size)
    return to_units(read.minor, read.step)


def _day_ahead(text: str) -> date:
    day = read_day(Piece(text))
    if day <= timezone.localdate():
        raise UsageRefused([error("hold.ends_in_past", day.isoformat())])
    return day
