"""Pivots of measures whose totals are no sums: rates, balances, distinct counts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.core.model.money import half_up
from quotaloom.report.period_columns import summed
from quotaloom.report.pivot import Pivot

if TYPE_CHECKING:
    from quotaloom.core.model.measures.kind import MeasureKind
    from quotaloom.report.pivot import Ints, Mask


@dataclass(frozen=True, eq=False)
class RatePivot(Pivot):
    """A ratio, in millionths: ``quota`` over ``under``, both added up before they are divided.

    Half away from zero. There is no figure where nothing is given above, or nothing lies below.
    """

    adds: ClassVar[bool] = False
    under: Ints = field(kw_only=True)

    @cached_property
    def under_by_column(self) -> Ints:
        """``[tuple, column]`` of the denominator, in 分."""
        return summed(self.under, self.columns)

    def _figures(self, inside: Ints, starts: Ints) -> tuple[Ints, Mask | None]:
        above, given = super()._figures(inside, starts)
        below = np.add.reduceat(self.under_by_column[inside], starts, axis=0)
        known = below != 0 if given is None else given & (below != 0)
        pairs = zip(above[known].tolist(), below[known].tolist(), strict=True)
        values = np.zeros(above.shape, np.int64)
        values[known] = [half_up(Fraction(part * RATE, whole)) for part, whole in pairs]
        return values, known


@dataclass(frozen=True, eq=False)
class BalancePivot(Pivot):
    """A balance: a wider period shows what its last period does."""

    @cached_property
    def by_column(self) -> Ints:
        """``[tuple, column]`` in 分."""
        return self.quota[:, [column.leaves[-1] for column in self.columns]]


@dataclass(frozen=True, eq=False)
class DistinctPivot(Pivot):
    """A distinct count: it adds up over nothing, so only single cells have a figure."""

    adds: ClassVar[bool] = False

    def _figures(self, inside: Ints, starts: Ints) -> tuple[Ints, Mask | None]:
        values, given = super()._figures(inside, starts)
        alone = np.diff(starts, append=len(inside)) == 1
        known = alone[:, None] & np.array([len(one.leaves) == 1 for one in self.columns])
        return values, known if given is None else known & given


def measured(pivot: Pivot, kind: MeasureKind, under: Ints | None = None) -> Pivot:
    """The pivot with the figures that a measure of a kind shows; ``under`` is what a ratio is of.

    A ratio has no history of its own.
    """
    told = {one.name: getattr(pivot, one.name) for one in fields(Pivot)}
    if kind == "ratio":
        if under is None:
            raise ValueError("a ratio is of something")
        bare = {"basis": np.zeros_like(pivot.basis), "last_year": None}
        return RatePivot(**{**told, **bare}, under=under)
    if kind == "balance":
        return BalancePivot(**told)
    return DistinctPivot(**told) if kind == "distinct" else pivot
