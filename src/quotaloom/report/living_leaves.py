"""A living plan as a decomposition: what the pages of a plan that was copied from it begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.decomposition import Decomposition
from quotaloom.report.living import living_levels

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Ints, Key
    from quotaloom.core.allocation.journal.plan import Plan

SCALE = 2  # its basis is in 分 as well


def as_decomposition(plan: Plan, key: Key, past: Ints) -> Decomposition:
    """The leaves of one column, row by row as the plan has them, beside figures of the year before.

    ``past`` has the shape of the plan, in units of the measure. Names stand beside their codes.
    """
    unit = plan.measure(key[0]).unit
    span = len(plan.periods)
    levels = living_levels(plan)
    columns: dict[str, list[str] | list[int]] = {
        "period": [period.label for period in plan.periods] * len(plan.rows)
    }
    label_of = {}
    for header, level in levels.items():
        codes = np.repeat(level.codes, span).tolist()
        columns[header] = [level.texts[one] for one in codes]
        names = [name.partition(" · ")[2] for name in level.names]
        if any(names):
            label_of[header] = f"{header} name"
            columns[label_of[header]] = [names[one] for one in codes]
    columns["basis"] = (past * unit).ravel().tolist()
    columns["quota"] = (plan.column(key).values * unit).ravel().tolist()
    rows = (past * unit).sum(axis=1)
    return Decomposition(
        leaves=pl.DataFrame(columns),
        hierarchies=tuple((axis.name, axis.levels) for axis in plan.axes),
        label_of=label_of,
        periods=plan.periods,
        rollups=plan.rollups,
        total=int(plan.column(key).values.sum()) * unit,
        unit=unit,
        basis_scale=SCALE,
        last_year=int(rows.sum()),
        node_last_year=pl.DataFrame(
            schema={"hierarchy": pl.String, "path": pl.List(pl.String), "last_year": pl.Int64}
        ),
        margins=(),
        checks=(),
        derivations=(),
        findings=(),
        parameters={},
        seconds=0.0,
        tuple_last_year=rows,
    )
