"""A living plan as a decomposition: what the pages of a plan that was copied from it begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.decomposition import Decomposition
from quotaloom.report.living import living_levels

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Ints, Key
    from quotaloom.core.allocation.journal.plan import Plan

SCALE: Final = 2  # its basis is in 分 as well
PAST: Final = pl.Schema(
    {"hierarchy": pl.String(), "path": pl.List(pl.String), "last_year": pl.Int64()}
)


def as_decomposition(plan: Plan, key: Key, past: Ints) -> Decomposition:
    """The leaves of one column, row by row as the plan has them, beside figures of the year before.

    ``past`` has the shape of the plan, in units of the measure. Names stand beside their codes.
    """
    unit = plan.measure(key[0]).unit
    quota, basis = plan.column(key).values * unit, past * unit
    leaves, label_of = _leaves(plan, quota, basis)
    return Decomposition(
        leaves=leaves,
        hierarchies=tuple((axis.name, axis.levels) for axis in plan.axes),
        label_of=label_of,
        periods=plan.periods,
        rollups=plan.rollups,
        total=int(quota.sum()),
        unit=unit,
        basis_scale=SCALE,
        last_year=int(basis.sum()),
        node_last_year=pl.DataFrame(schema=PAST),
        margins=(),
        checks=(),
        derivations=(),
        findings=(),
        parameters={},
        seconds=0.0,
        tuple_last_year=basis.sum(axis=1),
    )


def _leaves(plan: Plan, quota: Ints, basis: Ints) -> tuple[pl.DataFrame, dict[str, str]]:
    """A row a leaf and period, and which column names the members of which."""
    span = len(plan.periods)
    columns: dict[str, list[str] | list[int]] = {
        "period": [period.label for period in plan.periods] * len(plan.rows)
    }
    label_of = {}
    for header, level in living_levels(plan).items():
        codes = np.repeat(level.codes, span).tolist()
        columns[header] = [level.texts[one] for one in codes]
        names = [name.partition(" · ")[2] for name in level.names]
        if any(names):
            label_of[header] = f"{header} name"
            columns[label_of[header]] = [names[one] for one in codes]
    columns |= {"basis": basis.ravel().tolist(), "quota": quota.ravel().tolist()}
    return pl.DataFrame(columns), label_of
