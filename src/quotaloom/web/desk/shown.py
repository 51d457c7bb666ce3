"""The workbench's rows after an edit: what is open, what may be written, what is held."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotaloom.core.allocation.journal.wished import kept_keys
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.living import node_path
from quotaloom.web.accounts.models import User
from quotaloom.web.journals.opened import reading
from quotaloom.web.plans.grid import rows_of
from quotaloom.web.plans.sight import covers
from quotaloom.web.plans.standing import badge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Hold, Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.planfile.record import Record
    from quotaloom.report.pivot import Mask, Node, Path
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.selectors import Seen

FEW: Final = 8  # open branches that are asked for one by one, whatever that costs
CHEAP: Final = 200_000  # tuples that may be looked at to ask for more of them one by one


def opened_asked(text: str) -> frozenset[Path]:
    """The open branches that a page names, as a JSON list of paths. Raises UsageRefused."""
    try:
        found = json.loads(text or "[]")
        paths = frozenset(tuple(map(str, path)) for path in found)
    except (ValueError, TypeError, RecursionError) as cause:
        raise UsageRefused([error("pivot.unknown_level", text[:80])]) from cause
    return paths | {()}


@dataclass(frozen=True, slots=True)
class Known:
    """What a page knows already: the position that it shows, and the number of its members."""

    position: int
    shape: str


def shown(
    hand: Hand, rows: Sequence[str], opened: frozenset[Path], known: Known | None = None
) -> dict[str, Any]:
    """The rows below the open branches, the whole, the holds, and the position of all that.

    Of what is ``known``, branches in which no figure was written since are left out.
    """
    seen = hand.seen
    if known and known.shape == seen.figures.shape:
        opened = _written(seen, rows, opened, known.position)
    top = rows_of([seen.pivot.node(rows, (), seen.sight.mask)])
    below = rows_of(_nodes(seen, rows, opened))
    all_of_it = hand.allowed is None
    writable = frozenset() if all_of_it else _writable(hand, rows, opened)
    told = [{**row, "w": int(all_of_it or row["p"] in writable)} for row in (*top, *below)]
    living = seen.figures.living
    return {
        "position": seen.position,
        "badge": badge(seen.plan, living, seen.position),
        "shape": seen.figures.shape,
        "top": told[0],
        "rows": told[1:],
        "holds": _holds(seen, living, rows) if living else [],
        "bounds": _bounds(seen, living, rows) if living else [],
        "unallocated": _unallocated(seen, living) if living else 0,
        "elapsed": [one.label for one in living.periods[: living.elapsed]] if living else [],
    }


def _written(
    seen: Seen, rows: Sequence[str], opened: frozenset[Path], position: int
) -> frozenset[Path]:
    """The open branches with figures that were written after a position."""
    living = seen.figures.living
    if living is None or not opened:
        return opened
    keys = kept_keys(living, seen.figures.key)
    writers = [living.column(key).writer.max(axis=1, initial=0) for key in keys]
    late = np.maximum.reduce(writers) > position
    with suppress(UsageRefused):  # very many rows were written: all that is open is told
        walked = seen.pivot.walk(rows, (), late & seen.sight.mask, max(map(len, opened)))
        return opened & {(), *(node.path for node in walked)}
    return opened


def _unallocated(seen: Seen, living: Plan) -> int:
    """What inner members keep aside of what is seen, in 分: theirs, and not given out yet.

    0 for a measure that does not add up.
    """
    if not seen.pivot.adds:
        return 0
    aside = np.zeros(len(living.rows), np.bool_)
    for place, axis in enumerate(living.axes):
        members = [at for at, one in enumerate(axis.members) if one.part == "unallocated"]
        aside |= np.isin(living.rows[:, place], members)
    return int(seen.pivot.quota[aside & seen.sight.mask].sum())


def _nodes(
    seen: Seen, rows: Sequence[str], opened: frozenset[Path], among: Mask | None = None
) -> list[Node]:
    mask = seen.sight.mask if among is None else among
    if len(opened) > max(FEW, CHEAP // max(len(mask), 1)):
        with suppress(UsageRefused):  # very many rows, of which few are open
            walked = seen.pivot.walk(rows, (), mask, max(map(len, opened)) + 1)
            return [node for node in walked if _above(node.path) in opened]
    return [node for path in sorted(opened) for node in seen.pivot.children(rows, path, mask)]


def _above(path: Path) -> Path:
    """The nearest row above: branches that skip a level have blanks in their paths."""
    above = path[:-1]
    while above and not above[-1]:
        above = above[:-1]
    return above


def _writable(hand: Hand, rows: Sequence[str], opened: frozenset[Path]) -> frozenset[Path]:
    """The rows all of whose cells somebody may write whose reach is a part of the plan."""
    pivot = hand.seen.pivot
    reach, every = hand.reach.mask, pivot.everything
    mine = _sizes([pivot.node(rows, (), reach), *_nodes(hand.seen, rows, opened, reach)])
    whole = _sizes([pivot.node(rows, (), every), *_nodes(hand.seen, rows, opened, every)])
    return frozenset(path for path, size in mine.items() if whole[path] == size)


def _sizes(nodes: Iterable[Node]) -> dict[Path, int]:
    return {node.path: node.tuples for node in nodes}


def _holds(seen: Seen, living: Plan, rows: Sequence[str]) -> list[dict[str, Any]]:
    """The holds that lie within what is seen, with owner and reason."""
    keys = (seen.figures.key, *kept_keys(living, seen.figures.key))
    there = [one for one in living.holds if one.at.key in keys]
    holds = [one for one in there if covers(living, one.at, seen.sight)]
    if not holds:
        return []
    owners = {str(one.pk): one.shown_name for one in User.objects.filter(pk__in=_owners(holds))}
    reasons = _reasons(seen, holds)
    return [
        {
            "seq": one.seq,
            "p": node_path(living, one.at, rows) if _is_placed(living, one.at, rows) else None,
            "period": one.at.period,
            "kind": one.kind,
            "owner": owners.get(one.owner, ""),
            "reason": reasons[one.seq],
            "until": one.until.isoformat() if one.until else "",
        }
        for one in holds
    ]


def _bounds(seen: Seen, living: Plan, rows: Sequence[str]) -> list[dict[str, Any]]:
    """The bounds that lie within what is seen and where the rows can show them, in 分."""
    unit = seen.figures.measure.unit
    there = [one for one in living.bounds if one.at.key == seen.figures.key]
    return [
        {
            "p": node_path(living, one.at, rows),
            "period": one.at.period,
            "low": None if one.low is None else one.low * unit,
            "high": None if one.high is None else one.high * unit,
        }
        for one in there
        if covers(living, one.at, seen.sight) and _is_placed(living, one.at, rows)
    ]


def _owners(holds: Iterable[Hold]) -> set[str]:
    return {one.owner for one in holds if one.owner}


def _is_placed(living: Plan, at: Slice, rows: Sequence[str]) -> bool:
    """Whether the order of rows can show where a slice is."""
    return all(set(living.axis(axis).levels) & set(rows) for axis, _ in at.members)


def _reasons(seen: Seen, holds: Iterable[Hold]) -> dict[int, str]:
    with reading(seen.plan.pk) as journal:
        return {one.seq: reason_of(journal, journal.record(one.seq)) for one in holds}


def reason_of(journal: Journal, record: Record) -> str:
    """The reason that was given with an edit, "" for none or one that was erased."""
    return (journal.store.text(record.reason) or "") if record.reason else ""
