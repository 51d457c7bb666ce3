"""The spreading methods that share a total out: each says by which weights."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.findings import warning
from quotaloom.core.model.money import half_up
from quotaloom.core.numeric.apportion import apportion, apportion_fractions
from quotaloom.core.numeric.refusal import bad_groups, refuse
from quotaloom.core.numeric.spread_wish import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.groups import Ints, Mask
    from quotaloom.core.numeric.spread_wish import Cells, Wish

GRID = 10**12  # parts into which a blend cuts the whole of its drivers


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a total is shared out; a cell whose weight is not given keeps out.

    ``totals`` where the method itself says how much.
    """

    weights: Column
    totals: Ints | None = None
    findings: tuple[Finding, ...] = ()


def proportional(cells: Cells, wish: Wish, live: Mask) -> Basis:
    """By what the cells hold now."""
    del wish, live
    return Basis(cells.now)


def equal(cells: Cells, wish: Wish, live: Mask) -> Basis:
    """The same for every cell, given or not."""
    del wish, live
    return Basis(Column.of(np.ones(cells.groups.cells, np.int64)))


def by_driver(cells: Cells, wish: Wish, live: Mask) -> Basis:
    """By another slice, year, edition or measure, or by typed weights."""
    del cells, live
    (driver,) = wish.drivers
    return Basis(driver)


def blend(cells: Cells, wish: Wish, live: Mask) -> Basis:
    """By several drivers, each first cut into parts of its own whole, then mixed.

    A driver that is empty in a group leaves the mix there. A cell that one driver does not know
    keeps out.
    """
    groups = cells.groups
    known = np.logical_and.reduce([live, *(driver.given for driver in wish.drivers)])
    weights = np.zeros(groups.cells, np.int64)
    findings = list(_odd_mix(wish))
    for place, units in enumerate(apportion_fractions(GRID, wish.mix)):
        own = np.where(known, wish.drivers[place].values, 0)
        there = groups.sums(own != 0) > 0
        parts = np.where(there, units, 0)
        weights += apportion(parts, own, groups.starts, rank=cells.rank)
        findings += _silent(~there & (groups.sums(known) > 0), place)
    return Basis(Column(weights, known), findings=tuple(findings))


def _odd_mix(wish: Wish) -> tuple[Finding, ...]:
    """A warning where the mix does not add up to 1; it is normalised."""
    total = sum(Fraction(weight) for weight in wish.mix)
    return () if total == 1 else (warning("spread.mix_normalised", sum=str(total)),)


def _silent(groups: Mask, driver: int) -> list[Finding]:
    """A warning for each driver that says nothing in some groups."""
    count = int(groups.sum())
    return [warning("spread.driver_empty", driver=driver + 1, groups=count)] if count else []


def percent(cells: Cells, wish: Wish, live: Mask) -> Basis:
    """So many percent of each cell, or of another column's cell; their sum is rounded once."""
    source = wish.drivers[0] if wish.drivers else cells.now
    rate = Fraction(wish.rate)
    sums = cells.groups.sums(np.where(live, source.values, 0))
    totals = [half_up(rate * total) for total in sums.tolist()]
    return Basis(source, np.array(totals, np.int64))


def pattern(cells: Cells, wish: Wish, live: Mask) -> Basis:
    """By position: 4-4-5 again and again, or all to the first or the last cell of the group."""
    del live
    groups = cells.groups
    place = np.arange(groups.cells) - groups.each(groups.starts[:-1])
    if wish.pattern == "first":
        return Basis(Column.of((place == 0).astype(np.int64)))
    if wish.pattern == "last":
        return Basis(Column.of((place == groups.each(groups.sizes) - 1).astype(np.int64)))
    steps = np.array(wish.pattern, np.int64)
    uneven = groups.sizes % len(steps) != 0
    figures = {"size": groups.sizes, "length": np.full(len(groups), len(steps))}
    refuse(bad_groups("spread.pattern_length", uneven, **figures))
    return Basis(Column.of(steps[place % len(steps)]))


SHARES: Mapping[str, Callable[[Cells, Wish, Mask], Basis]] = {
    "proportional": proportional,
    "equal": equal,
    "by_reference": by_driver,
    "by_weights": by_driver,
    "blend": blend,
    "percent": percent,
    "pattern": pattern,
}
