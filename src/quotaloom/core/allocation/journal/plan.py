"""A plan at one position of its journal: axes, leaf table, columns of cells, holds and bounds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from quotaloom.core.allocation.journal.place import Region, Slice
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR, plain_amount

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Ints, Key, Mask
    from quotaloom.core.model.measures.kind import MeasureKind, Side
    from quotaloom.core.model.periods import Period

    Codes = NDArray[np.int32]

HoldKind = Literal["cells", "total"]
Better = Literal["higher", "lower"]
RATE: Final = 10**6
"""A ratio is typed and shown in millionths: 352000 is 35.2 %."""
Status = Literal["draft", "submitted", "accepted", "returned"]


@dataclass(frozen=True, slots=True)
class PlanMeasure:
    """A measure in a plan. Cells count whole ``unit``s: 分 of money, or pieces.

    ``at_least`` names the measure that this one is never below, leaf by leaf (挑战 >= 基础).
    ``name`` and ``name_en`` are what people call it, ``counted_in`` the word behind its figures
    (家, 件). ``weight`` is its part of a total score, in percent; 0 where it has none.
    """

    code: str
    kind: MeasureKind = "additive"
    unit: int = 100
    is_money: bool = True
    numerator: str = ""
    denominator: str = ""
    declared: Side = "numerator"
    at_least: str = ""
    name: str = ""
    name_en: str = ""
    counted_in: str = ""
    is_financial: bool = True
    better: Better = "higher"
    weight: int = 0

    def say(self, amount: int) -> str:
        """An amount of cell units as people write it: in 元 without grouping, pieces, or 35.2%."""
        if self.kind == "ratio":
            return f"{plain_amount(Fraction(amount, RATE) * 100 * MINOR)}%"
        return plain_amount(amount * self.unit) if self.is_money else str(amount)


@dataclass(frozen=True, eq=False)
class Column:
    """The cells of one measure in one layer, shape (rows, periods), in units of the measure.

    ``given`` is False where there is no figure yet, which is not 0; such a cell reads 0.
    ``writer`` is the number of the last edit that wrote the cell, 0 for the figures it began with.
    """

    values: Ints
    given: Mask
    writer: Codes

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> Column:
        """Cells of which none is given."""
        return cls(np.zeros(shape, np.int64), np.zeros(shape, np.bool_), np.zeros(shape, np.int32))

    @classmethod
    def of(cls, values: Ints, given: Mask | None = None) -> Column:
        """Figures to begin with."""
        there = np.ones(values.shape, np.bool_) if given is None else given
        return cls(np.where(there, values, 0), there, np.zeros(values.shape, np.int32))

    def widened(self, rows: int) -> Column:
        """The column with as many empty rows at its end."""
        more = Column.empty((rows, self.values.shape[1]))
        return Column(
            np.concatenate([self.values, more.values]),
            np.concatenate([self.given, more.given]),
            np.concatenate([self.writer, more.writer]),
        )

    def written(self, region: Region, live: Mask, after: Ints, seq: int) -> Column:
        """The column after edit ``seq`` wrote the live cells of a region (a rectangle each)."""
        if region.shape == self.values.shape:
            values = np.where(live, after, self.values)
            return Column(values, self.given | live, np.where(live, np.int32(seq), self.writer))
        where = np.ix_(region.rows, region.periods)
        values, given, writer = self.values.copy(), self.given.copy(), self.writer.copy()
        values[where] = np.where(live, after, values[where])
        given[where] |= live
        writer[where] = np.where(live, np.int32(seq), writer[where])
        return Column(values, given, writer)


@dataclass(frozen=True, slots=True)
class Hold:
    """Cells that no edit moves, or a total that every edit keeps. ``seq`` is the edit's number."""

    seq: int
    at: Slice
    kind: HoldKind
    owner: str
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """The sum of a slice lies in ``[low, high]``, in units; None leaves an end open."""

    seq: int
    at: Slice
    low: int | None
    high: int | None


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan at a position: how many edits it has seen. Nothing in it ever changes in place.

    ``rows`` holds one member place an axis, shape (rows, axes); rows only ever come to the end.
    ``rollups`` gives each period's labels above it. ``references`` are read-only figures over the
    first rows (last year, potential). ``elapsed`` periods, from the first, are locked.
    ``reverts`` are the numbers of the edits that took others back, ``editions`` those of releases,
    each with how many periods were over by then.
    """

    axes: tuple[Axis, ...]
    periods: tuple[Period, ...]
    rollups: Mapping[str, tuple[str, ...]]
    measures: Mapping[str, PlanMeasure]
    layers: tuple[str, ...]
    rows: Codes
    columns: Mapping[Key, Column]
    references: Mapping[str, Ints] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()
    bounds: tuple[Bound, ...] = ()
    states: Mapping[Slice, Status] = field(default_factory=dict)
    elapsed: int = 0
    reverts: frozenset[int] = frozenset()
    editions: Mapping[int, int] = field(default_factory=dict)
    position: int = 0

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and periods each column has."""
        return len(self.rows), len(self.periods)

    @cached_property
    def axis_places(self) -> dict[str, int]:
        """The place of each axis by name."""
        return {axis.name: place for place, axis in enumerate(self.axes)}

    def axis(self, name: str) -> Axis:
        """The axis of this name; UsageRefused where there is none."""
        if name not in self.axis_places:
            shown = "、".join(self.axis_places)
            raise UsageRefused([error("edit.unknown_axis", name, axes=shown)])
        return self.axes[self.axis_places[name]]

    def with_axis(self, axis: Axis) -> Plan:
        """The plan with one axis changed."""
        return replace(self, axes=tuple(axis if a.name == axis.name else a for a in self.axes))

    def with_column(self, key: Key, column: Column) -> Plan:
        """The plan with one column changed."""
        return self.ranked(replace(self, columns={**self.columns, key: column}))

    def ranked(self, after: Plan) -> Plan:
        """A later plan of the same rows, spared the work of ordering them again."""
        if after.rows is self.rows and after.axes is self.axes:
            vars(after)["rank"] = self.rank
        return after

    def measure(self, code: str) -> PlanMeasure:
        """The measure of this code; UsageRefused where the plan has none."""
        if code not in self.measures:
            raise UsageRefused(
                [error("edit.unknown_measure", code, measures="、".join(self.measures))]
            )
        return self.measures[code]

    def column(self, key: Key) -> Column:
        """The cells of a measure in a layer; nothing given where none was ever written."""
        self.measure(key[0])
        if key[1] not in self.layers:
            raise UsageRefused([error("edit.unknown_layer", key[1], layers="、".join(self.layers))])
        return self.columns.get(key) or Column.empty(self.shape)

    @cached_property
    def rank(self) -> Ints:
        """The order of the rows by their members' ids, which breaks every tie."""
        keys = [
            axis.rank[self.rows[:, place]] for place, axis in reversed(list(enumerate(self.axes)))
        ]
        order = np.lexsort(keys) if keys else np.arange(len(self.rows))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return rank

    def period_places(self, label: str) -> Ints:
        """The plan's periods that add up to a label; all of them for ""."""
        if not label:
            return np.arange(len(self.periods))
        found = [
            place
            for place, period in enumerate(self.periods)
            if label == period.label or label in self.rollups.get(period.label, ())
        ]
        if not found:
            ends = {"first": self.periods[0].label, "last": self.periods[-1].label}
            raise UsageRefused([error("edit.unknown_period", label, **ends)])
        return np.array(found)

    def region(self, at: Slice, as_of: date | None = None) -> Region:
        """The cells of a slice: 按当时组织, or with the trees of one day throughout (按现组织)."""
        periods = self.period_places(at.period)
        days = [as_of or self.periods[place].start for place in periods.tolist()]
        masks = [self._members(axis, member, days) for axis, member in at.members]
        still = [mask for mask in masks if mask.ndim == 1]
        rows = np.flatnonzero(np.logical_and.reduce(still)) if still else np.arange(len(self.rows))
        turning = [mask[rows] for mask in masks if mask.ndim == 2]
        if not turning:
            return Region(rows, periods)
        inside = np.logical_and.reduce(turning)
        some = inside.any(axis=1)
        return Region(rows[some], periods, inside[some])

    def _members(self, name: str, member: str, days: list[date]) -> Mask:
        """The rows below a member, shape (rows,), or (rows, days) where its tree turns."""
        axis = self.axis(name)
        codes = self.rows[:, self.axis_places[name]]
        spans = {sum(turn <= day for turn in axis.turns): day for day in days}
        below = {span: axis.below(member, day) for span, day in spans.items()}
        if len(below) == 1:
            return next(iter(below.values()))[codes]
        columns = [below[sum(turn <= day for turn in axis.turns)][codes] for day in days]
        return np.stack(columns, axis=1)

    def total(self, at: Slice, as_of: date | None = None) -> int:
        """The sum of a slice, in units of its measure. A balance counts its last period alone."""
        return self.counted(at, as_of).total(self.column(at.key).values)

    def counted(self, at: Slice, as_of: date | None = None) -> Region:
        """The cells that make up the total of a slice: of a balance those of its last period."""
        region = self.region(at, as_of)
        if self.measure(at.measure).kind != "balance":
            return region
        last = None if region.inside is None else region.inside[:, -1:]
        return Region(region.rows, region.periods[-1:], last)

    def writable(self, region: Region) -> Mask:
        """Which cells of a region take figures: not elapsed, members open, no 加码 by accident."""
        live: Mask = region.mask & (region.periods >= self.elapsed)
        days = [self.periods[place].start for place in region.periods.tolist()]
        for place, axis in enumerate(self.axes):
            opened = axis.opened(days)
            if opened is not None:
                live &= opened[self.rows[region.rows, place]]
        return live
