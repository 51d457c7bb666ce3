"""Release a plan: its cells as they stand become an edition, which no path can change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse import edition as shelf

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.warehouse.edition import Edition


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be released: under which name, from which period on (label), by whom."""

    name: str
    period: str
    author: str


def release(journal: Journal, editions: Path, plan_name: str, wish: Release) -> Edition:
    """The plan as it stands, released from the first day of a period on."""
    plan = journal.refresh()
    starts = {one.label: one.start for one in plan.periods}
    if wish.period not in starts:
        shown = f"{plan.periods[0].label}–{plan.periods[-1].label}"
        raise UsageRefused([error("edition.no_period", wish.period, periods=shown)])
    cells = leaf_frame(plan)
    head = journal.store.head()
    about = shelf.Edition(
        number=0,
        name=wish.name,
        plan=plan_name,
        position=plan.position,
        head=head.hash,
        effective=starts[wish.period].isoformat(),
        released_by=wish.author,
        released_at=datetime.now(UTC).isoformat(timespec="seconds"),
        digest="",
        totals=_totals(plan),
    )
    return shelf.release(editions, cells, about)


def leaf_frame(plan: Plan) -> pl.DataFrame:
    """A row a given cell: period, one column an axis (ids), measure, layer, amount.

    The amount of money is in 分, of other measures in pieces. Rows go by members, then period.
    """
    order = np.argsort(plan.rank)
    labels = np.array([period.label for period in plan.periods])
    frames = []
    for measure, layer in sorted(plan.columns):
        column = plan.columns[measure, layer]
        given = column.given[order]
        rows, periods = np.nonzero(given)
        unit = plan.measure(measure).unit
        ids = {
            axis.name: np.array([one.id for one in axis.members])[plan.rows[order[rows], place]]
            for place, axis in enumerate(plan.axes)
        }
        frames.append(
            pl.DataFrame(
                {
                    "period": labels[periods],
                    **ids,
                    "measure": [measure] * len(rows),
                    "layer": [layer] * len(rows),
                    "amount": column.values[order][rows, periods] * unit,
                },
            )
        )
    return pl.concat(frames)


def _totals(plan: Plan) -> dict[str, str]:
    """The total of each column, as people write it."""
    return {
        f"{measure}/{layer}": plan.measure(measure).say(int(column.values[column.given].sum()))
        for (measure, layer), column in sorted(plan.columns.items())
    }
