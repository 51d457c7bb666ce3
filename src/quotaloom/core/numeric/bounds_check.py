"""What bounds, holds and weights leave free, and whether each total can be reached with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.exact import QUICK_SUM, QUICK_TOTAL, exact_sums
from quotaloom.core.numeric.groups import whole
from quotaloom.core.numeric.refusal import bad_cells, bad_groups

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.groups import Groups, Ints, Mask

NONE = QUICK_TOTAL  # bounds from here on (or from -NONE down) bind nothing


@dataclass(frozen=True, slots=True)
class Bounds:
    """What each cell must keep. ``low`` and ``high`` are inclusive; a held cell keeps ``kept``.

    Without ``low`` no cell of a group whose total is >= 0 falls below 0; without ``high`` none of
    a group whose total is negative rises above it. A bound of 2**50 or more binds nothing.
    """

    low: Ints | None
    high: Ints | None
    held: Mask | None
    kept: Ints | None

    @classmethod
    def of(
        cls,
        *,
        low: ArrayLike | None = None,
        high: ArrayLike | None = None,
        held: ArrayLike | None = None,
        kept: ArrayLike | None = None,
    ) -> Bounds:
        """Bounds from anything that is an array. ``held`` and ``kept`` come together."""
        if (held is None) != (kept is None):
            raise ValueError("held and kept come together")
        return cls(
            low=None if low is None else whole(low),
            high=None if high is None else whole(high),
            held=None if held is None else np.ascontiguousarray(held, np.bool_),
            kept=None if kept is None else whole(kept),
        )

    def cut(self, cells: slice) -> Bounds:
        """The bounds of a run of cells."""
        return Bounds(
            low=None if self.low is None else self.low[cells],
            high=None if self.high is None else self.high[cells],
            held=None if self.held is None else self.held[cells],
            kept=None if self.kept is None else self.kept[cells],
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """Every cell's bounds, ``low == high`` and weight 0 where nothing is free; what is wrong."""

    low: Ints
    high: Ints
    weights: Ints
    idle: Ints  # the places of the cells without weight
    crossed: Mask  # a cell
    hollow: Mask  # a group that has a total to place but no weight for it
    vast: Mask  # a group whose figures pass what is computed exactly
    least: Ints  # a group
    most: Ints
    bottomless: Mask  # a group where some free cell has no lower bound
    topless: Mask

    def unreached(self, totals: Ints) -> Mask:
        """The groups whose total lies outside of what their cells allow."""
        short = (totals < self.least) & ~self.bottomless
        return short | ((totals > self.most) & ~self.topless)

    def fit(self, totals: Ints) -> bool:
        """Whether nothing at all is wrong."""
        wrong = (self.hollow, self.vast, self.crossed, self.unreached(totals))
        return not any(mask.any() for mask in wrong)


def limits(totals: Ints, weights: Ints, groups: Groups, bounds: Bounds, *, equal: bool) -> Limits:
    """The bounds of every cell. A cell without weight is fixed at 0, or at the bound next to it.

    With ``equal`` a group without any weight takes 1 on each cell that is not held.
    """
    low, high = _edges(totals, groups, bounds)
    crossed = low > high
    drivers = weights if bounds.held is None else _cleared(weights, bounds.held)
    sums, wide = exact_sums(drivers, groups)
    hollow = sums == 0
    if hollow.any():
        still = np.minimum(np.maximum(low, 0), high)
        hollow &= (groups.sums(still) != totals) & (_solving(groups, bounds) > 0)
    if equal and hollow.any():
        free = groups.each(hollow) if bounds.held is None else groups.each(hollow) & ~bounds.held
        drivers, hollow = np.where(free, 1, drivers), np.zeros_like(hollow)
    idle = np.flatnonzero(drivers == 0)
    low[idle] = high[idle] = np.minimum(np.maximum(low[idle], 0), high[idle])
    least, bottomless = _ended(low, low <= -NONE, idle, groups)
    most, topless = _ended(high, high >= NONE, idle, groups)
    vast = wide | (sums >= QUICK_SUM) | (totals >= QUICK_TOTAL) | (totals <= -QUICK_TOTAL)
    vast |= _vast(least, groups) | _vast(most, groups)
    return Limits(
        low=low,
        high=high,
        weights=drivers,
        idle=idle,
        crossed=crossed,
        hollow=hollow,
        vast=vast,
        least=groups.sums(least),
        most=groups.sums(most),
        bottomless=bottomless,
        topless=topless,
    )


def held_only(
    totals: Ints, weights: Ints, groups: Groups, bounds: Bounds
) -> tuple[Ints, Ints] | None:
    """Kept cells and free weights where holds are all there is, and nothing is unusual."""
    fixed, free = np.zeros_like(weights), weights
    if bounds.held is not None and bounds.kept is not None:
        fixed, free = bounds.kept * bounds.held, weights * ~bounds.held
    sums, wide = exact_sums(free, groups)
    rest = totals - groups.sums(fixed)
    vast = wide | (sums >= QUICK_SUM) | _vast(fixed, groups) | (np.abs(totals) >= QUICK_TOTAL)
    stuck = (rest != 0) & ((sums == 0) | ((rest < 0) != (totals < 0)))
    return None if (vast | stuck).any() else (fixed, free)


def _edges(totals: Ints, groups: Groups, bounds: Bounds) -> tuple[Ints, Ints]:
    """Lower and upper bound of each cell as wished; what is not wished by the total's sign."""
    negative = totals < 0
    low, high = bounds.low, bounds.high
    if low is None:
        low = groups.each(np.where(negative, -NONE, 0))
    if high is None:
        high = groups.each(np.where(negative, 0, NONE))
    low = np.maximum(low, -NONE) if low.min(initial=0) < -NONE else low.copy()
    high = np.minimum(high, NONE) if high.max(initial=0) > NONE else high.copy()
    if bounds.held is not None and bounds.kept is not None:
        stay = np.flatnonzero(bounds.held)
        low[stay] = high[stay] = bounds.kept[stay]
    return low, high


def _cleared(weights: Ints, held: Mask) -> Ints:
    """The weights with 0 on each cell that is held."""
    drivers = weights.copy()
    drivers[np.flatnonzero(held)] = 0
    return drivers


def _ended(edge: Ints, endless: Mask, idle: Ints, groups: Groups) -> tuple[Ints, Mask]:
    """The bounds with 0 where a free cell has none, and the groups that own such a cell."""
    endless[idle] = False
    if not endless.any():
        return edge, np.zeros(len(groups), np.bool_)
    return np.where(endless, 0, edge), groups.sums(endless) > 0


def _solving(groups: Groups, bounds: Bounds) -> Ints:
    """How many cells of each group are not held."""
    return groups.sizes if bounds.held is None else groups.sums(~bounds.held)


def _vast(values: Ints, groups: Groups) -> Mask:
    """Groups where a bound reaches 2**50, or all of them together 2**61."""
    top = max(int(values.max(initial=0)), -int(values.min(initial=0)))
    if top < NONE and top * int(groups.sizes.max(initial=0)) < QUICK_SUM:
        return np.zeros(len(groups), np.bool_)
    sizes = np.abs(values)
    beyond = groups.sums(sizes >= NONE) > 0
    sums, wide = exact_sums(np.minimum(sizes, NONE), groups)
    return beyond | wide | (sums >= QUICK_SUM)


def refusals(
    totals: Ints, weights: Ints, groups: Groups, bounds: Bounds, *, equal: bool
) -> list[Finding]:
    """Everything that forbids to spread, cell by cell, then group by group."""
    asked = limits(totals, np.maximum(weights, 0), groups, bounds, equal=equal)
    low, high = asked.low, asked.high
    findings = bad_cells("apportion.weight_negative", weights < 0, groups, value=weights)
    findings += bad_cells("spread.bounds_crossed", asked.crossed, groups, low=low, high=high)
    findings += bad_groups("apportion.too_large", asked.vast, total=totals)
    findings += bad_groups("apportion.no_weight", asked.hollow & ~asked.vast, total=totals)
    bare = (groups.sizes == 0) & (totals != 0)
    findings += bad_groups("apportion.no_cell", bare & ~asked.vast, total=totals)
    named = asked.hollow | asked.vast | bare | (groups.sums(asked.crossed) > 0)
    unreached = asked.unreached(totals) & ~named
    least = np.where(asked.bottomless, "-∞", asked.least.astype(object))
    most = np.where(asked.topless, "∞", asked.most.astype(object))
    findings += bad_groups("spread.out_of_bounds", unreached, total=totals, least=least, most=most)
    return findings
