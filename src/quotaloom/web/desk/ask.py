"""Which edit a page asks for: a node, a period, and what was typed or pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.edit import HoldEdit, Release, Revert
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.living import node_slice
from quotaloom.web.desk.typed import METHODS, How, edit_typed
from quotaloom.web.plans.cut import cut_asked
from quotaloom.web.plans.store import column_of
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import HoldKind, Plan
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.hand import Hand


def edit_asked(request: Request, hand: Hand, plan: Plan) -> Edit:
    """The edit of a form: typed, a hold set or lifted, an edit taken back. Raises UsageRefused."""
    asked = request.POST
    if asked.get("act") in ("release", "revert"):
        seq = asked.get("seq", "")
        number = int(seq) if seq.isdecimal() and len(seq) < 10 else 0
        return Release(number) if asked["act"] == "release" else Revert(number)
    at = node_asked(asked, hand, plan)
    if asked.get("act") == "hold":
        kind: HoldKind = "total" if asked.get("kind") == "total" else "cells"
        return HoldEdit(at, kind, owner=str(hand.user.pk))
    size = UNITS[chosen_unit(request)].size
    return edit_typed(plan, at, asked.get("typed", "")[:64], size, _how(asked))


def node_asked(asked: Mapping[str, str], hand: Hand, plan: Plan) -> Slice:
    """The slice of a node, all of whose cells are seen. Raises UsageRefused for any other."""
    pivot, sight = hand.seen.pivot, hand.seen.sight
    cut = cut_asked(asked, pivot)
    key = column_of(hand.seen.plan, plan)
    at = node_slice(plan, cut.rows, cut.path, asked.get("period", ""), key)
    region = plan.region(at)
    inside = np.flatnonzero(pivot.inside(cut.rows, cut.path, sight.mask))
    if region.inside is not None or not np.array_equal(region.rows, inside):
        raise UsageRefused([error("edit.outside_scope")])
    return at


def _how(asked: Mapping[str, str]) -> How:
    method, keep, along = (asked.get(name, "") for name in ("method", "keep", "along"))
    return How(
        method if method in METHODS else METHODS[0],
        "hold_parent" if keep == "hold_parent" else "roll_up",
        along if keep == "hold_parent" else "",
    )
