"""The quotas of the editions in force: each period counts by the edition of its first day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan.edition import released_plan
from quotaloom.warehouse.edition import editions, folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Ints, Mask
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.model.periods import Period
    from quotaloom.warehouse.edition import Edition

QUOTA, CHALLENGE = "quota", "challenge"
_LAYERS: Final = ("agreed", "issued")  # the first that is given


@dataclass(frozen=True, slots=True, eq=False)
class Quotas:
    """Cells in force: the levels of all ``axes``, ``period``, ``start``, ``end``, quota, challenge.

    ``axes`` hold the levels of each, top first; ``names`` what the members of a level are called.
    ``periods`` are those of the cells, ``sources`` the editions in force, the last one last.
    """

    frame: pl.DataFrame
    axes: tuple[tuple[str, ...], ...]
    names: Mapping[str, Mapping[str, str]]
    periods: tuple[Period, ...]
    measure: PlanMeasure
    sources: tuple[Edition, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of all axes, one axis after the other."""
        return tuple(level for axis in self.axes for level in axis)

    def places_digest(self) -> str:
        """A digest of where the members stand and what they are called."""
        places = self.frame.select(self.levels).unique(maintain_order=True).write_csv()
        names = {level: dict(told) for level, told in self.names.items()}
        return hashlib.sha256(repr((self.axes, places, names)).encode()).hexdigest()


def plan_of(folder: Path) -> Plan:
    """The plan of an edition, which nothing changes any more."""
    return released_plan(folder)[0]


def quotas_in_force(
    folder: Path, day: date, measure: str = "", *, read: Callable[[Path], Plan] = plan_of
) -> Quotas:
    """The quotas of a folder of editions, its members placed as on a day.

    ``measure`` is the first of the plan unless said; the challenge is the measure that is never
    below it; ``read`` may keep what it has read. Raises DataRefused where no edition was released,
    or one is not what was released.
    """
    found = list(editions(folder))
    if not found:
        raise DataRefused([error("track.no_edition", folder.name)])
    plans = [read(folder_of(folder, one.number)) for one in found]
    newest = plans[-1]
    base = newest.measure(measure) if measure else next(iter(newest.measures.values()))
    begins = [date.fromisoformat(one.effective) for one in found]
    cells = [_cells(plan, base.code, day) for plan in plans]
    frames = [
        frame.filter(pl.col("start") >= start, pl.col("start") < end)
        for frame, start, end in zip(cells, begins, [*begins[1:], date.max], strict=True)
    ]
    in_force = pl.concat(frames)
    starts = set(in_force["start"])
    known = {period.start: period for plan in plans for period in plan.periods}
    return Quotas(
        in_force,
        tuple(axis.levels for axis in newest.axes),
        {level: names for axis in newest.axes for level, names in _names(axis, day).items()},
        tuple(known[start] for start in sorted(starts)),
        base,
        tuple(found),
    )


def _cells(plan: Plan, base: str, day: date) -> pl.DataFrame:
    """A row a leaf and period in which a quota or a challenge is given."""
    figures = {QUOTA: _figures(plan, base)}
    for one in [code for code, measure in plan.measures.items() if measure.at_least == base][:1]:
        figures[CHALLENGE] = _figures(plan, one)
    given = np.logical_or.reduce([mask for _, mask in figures.values()])
    rows, places = np.nonzero(given)
    columns: dict[str, pl.Series] = {}
    for number, axis in enumerate(plan.axes):
        paths = paths_of(axis, day)
        leaves = plan.rows[rows, number]
        for depth, level in enumerate(axis.levels):
            ids = pl.Series(level, [path[depth] for path in paths], dtype=pl.String)
            columns[level] = ids.gather(leaves)
    for name, (values, mask) in figures.items():
        shown = pl.Series(mask[rows, places])
        columns[name] = pl.Series(values[rows, places]).set(~shown, None).rename(name)
    if CHALLENGE not in columns:
        columns[CHALLENGE] = pl.Series([None], dtype=pl.Int64).new_from_index(0, len(rows))
    spans = [(one.label, one.start, one.end) for one in plan.periods]
    for name, texts in zip(("period", "start", "end"), zip(*spans, strict=True), strict=True):
        columns[name] = pl.Series(name, list(texts)).gather(places)
    return pl.DataFrame(columns)


def _figures(plan: Plan, code: str) -> tuple[Ints, Mask]:
    """The amounts (分, or pieces) of a measure as they count, and where one is given."""
    column = next(plan.columns[code, layer] for layer in _LAYERS if (code, layer) in plan.columns)
    return column.values * plan.measure(code).unit, column.given


def paths_of(axis: Axis, day: date) -> list[tuple[str, ...]]:
    """The ids above and with each member on a day, top first; a short path ends in its leaf."""
    by_id = {member.id: member for member in axis.members}
    found = []
    for member in axis.members:
        path = [member.id]
        while above := by_id[path[-1]].parent(day):
            path.append(above)
        path.reverse()
        found.append(tuple(path + [member.id] * (len(axis.levels) - len(path))))
    return found


def _names(axis: Axis, day: date) -> Mapping[str, Mapping[str, str]]:
    """What the members are called, by level."""
    named = {member.id: member.name(day) for member in axis.members}
    found: dict[str, dict[str, str]] = {level: {} for level in axis.levels}
    for path in paths_of(axis, day):
        for level, one in zip(axis.levels, path, strict=False):
            found[level][one] = named.get(one, one)
    return found


def rows_of(quotas: Quotas, levels: Sequence[str]) -> pl.DataFrame:
    """The quotas by some of the levels and first day, as a tracking reads them."""
    keys = [*levels, "start", "end"]
    return quotas.frame.group_by(keys).agg(pl.col(QUOTA).sum()).sort(keys)
