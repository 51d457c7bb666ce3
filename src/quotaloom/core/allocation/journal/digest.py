"""Digests of cells, the same on every machine: little-endian, with the members and periods."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Region
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.transfer import Written


def written_digest(plan: Plan, written: Sequence[Written]) -> str:
    """SHA-256 of the cells of these regions as the plan has them: figures and what is given."""
    found = hashlib.sha256()
    for key, region, live in written:
        found.update(repr(key).encode())
        _add_region(found, plan, region)
        column = plan.column(key)
        known = region.rows < plan.shape[0]
        where = np.ix_(region.rows[known], region.periods)
        found.update(np.where(live[known], column.values[where], 0).astype("<i8").tobytes())
        found.update(np.packbits(column.given[where] & live[known]).tobytes())
    return found.hexdigest()


def plan_digest(plan: Plan) -> str:
    """SHA-256 of everything that a reader of the plan sees, in an order that only ids decide.

    Rows in which nothing is given do not count, nor members that were taken back.
    """
    found = hashlib.sha256()
    for axis in plan.axes:
        lines = sorted(
            repr((one.id, one.parents, one.names, one.closed, one.part))
            for one in axis.members
            if not axis.is_void(one.id)
        )
        found.update("\n".join([axis.name, *lines]).encode())
    ids = [[member.id for member in axis.members] for axis in plan.axes]
    order = np.argsort(plan.rank)
    for key in sorted(plan.columns):
        column = plan.columns[key]
        rows = order[column.given[order].any(axis=1)]
        if not len(rows):
            continue
        names = [
            "\x1f".join(ids[place][code] for place, code in enumerate(row))
            for row in plan.rows[rows].tolist()
        ]
        found.update("\x1e".join([*key, *names]).encode())
        found.update(column.values[rows].astype("<i8").tobytes())
        found.update(np.packbits(column.given[rows]).tobytes())
    rules = [repr((one.at, one.kind, one.owner)) for one in plan.holds]
    rules += [repr((one.at, one.low, one.high)) for one in plan.bounds]
    rules += [repr(one) for one in plan.states.items()]
    found.update("\n".join(sorted(rules)).encode())
    return found.hexdigest()


def _add_region(found: hashlib._Hash, plan: Plan, region: Region) -> None:
    rows = plan.rows[region.rows[region.rows < plan.shape[0]]]
    found.update(rows.astype("<i4").tobytes())
    found.update(region.periods.astype("<i4").tobytes())
