"""The nodes that a page names: their slices, as far as they are seen, and what they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.living import node_slice
from quotaloom.web.plans.cut import cut_asked
from quotaloom.web.plans.grid import period_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.report.pivot import Path
    from quotaloom.web.desk.hand import Hand


def node_asked(asked: Mapping[str, str], hand: Hand, plan: Plan) -> Slice:
    """The slice of a node, all of whose cells are seen. Raises UsageRefused for any other."""
    cut = cut_asked(asked, hand.seen.pivot)
    return node_at(hand, plan, cut.rows, cut.path, asked.get("period", ""))


def node_at(hand: Hand, plan: Plan, rows: Sequence[str], path: Path, period: str) -> Slice:
    """The slice of a node by its path under an order of rows. Raises as ``node_asked`` does.

    Who sees a part is told the same of what is hidden and of what is not there.
    """
    pivot, sight = hand.seen.pivot, hand.seen.sight
    plan.period_places(period)  # refused before any name is looked up
    try:
        at = node_slice(plan, rows, path, period, hand.seen.figures.key)
    except UsageRefused as unclear:
        if sight.has_every_row:
            raise
        raise UsageRefused([error("edit.outside_scope")]) from unclear
    region = plan.region(at)
    inside = pivot.inside(rows, path, sight.mask)
    there = region.rows[region.rows < len(inside)]
    seen = np.array_equal(there[~pivot.gone[there]], np.flatnonzero(inside & ~pivot.gone))
    if region.inside is not None or len(there) < len(region.rows) or not seen:
        raise UsageRefused([error("edit.outside_scope")])
    return at


def node_words(hand: Hand, rows: Sequence[str], path: Path, period: str) -> str:
    """A figure as the page calls it: 华东 · Q2. What is not seen is called as it was asked for."""
    named = [(header, text) for header, text in zip(rows, path, strict=False) if text]
    if not named:
        return f"{_('Total')} · {_period(hand, period)}"
    (headers, texts), (header, text) = zip(*named, strict=True), named[-1]
    level = hand.seen.pivot.levels[header]
    is_seen = hand.seen.pivot.inside(headers, texts, hand.seen.sight.mask).any()
    name = level.names[level.texts.index(text)] if is_seen else text
    return f"{name} · {_period(hand, period)}"


def _period(hand: Hand, period: str) -> str:
    return period_words(period or hand.seen.pivot.columns[0].label)


def columns_asked(text: str) -> list[str | None]:
    """The periods that a page names, as a JSON list; None for a column that is no period."""
    return [one if isinstance(one, str) else None for one in _listed(text)]


def paths_asked(text: str) -> list[Path]:
    """The paths that a page names, as a JSON list of lists. Raises UsageRefused."""
    return [tuple(map(str, path)) for path in _listed(text) if isinstance(path, list)]


def _listed(text: str) -> list[object]:
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise UsageRefused([error("pivot.unknown_level", text[:80])])
    return found
