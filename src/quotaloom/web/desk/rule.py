"""The rules that a page sets on figures: a hold, for ever or until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.core.allocation.journal.edit import HoldEdit
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.number import read_day
from quotaloom.planfile.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import HoldKind
    from quotaloom.web.desk.hand import Hand


def hold_asked(asked: Mapping[str, str], hand: Hand, at: Slice) -> HoldEdit:
    """A hold of the cells, or of their total, by whoever asks. Raises for a day gone by."""
    kind: HoldKind = "total" if asked.get("kind") == "total" else "cells"
    text = asked.get("until", "").strip()[:10]
    return HoldEdit(at, kind, str(hand.user.pk), _day_ahead(text) if text else None)


def _day_ahead(text: str) -> date:
    day = read_day(Piece(text))
    if day <= timezone.localdate():
        raise UsageRefused([error("hold.ends_in_past", day.isoformat())])
    return day
