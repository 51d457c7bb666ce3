"""Spread a wish over cells: each method, added, subtracted or in place of what is there.

Null is not 0: a cell whose basis is not given yet keeps out and is reported; a basis of 0 gets 0.
Fixed cells keep their value; it counts inside the total and leaves the denominator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.findings import info, warning
from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from quotaloom.core.numeric.spread_series import SERIES
from quotaloom.core.numeric.spread_shares import SHARES
from quotaloom.core.numeric.spread_wish import Cells, Column, Spreading, Wish

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.groups import Ints, Mask
    from quotaloom.core.numeric.spread_shares import Basis

__all__ = ["METHODS", "Cells", "Column", "Spreading", "Wish", "spread"]

METHODS = (*SHARES, *SERIES)


def spread(cells: Cells, wish: Wish) -> Spreading:
    """The cells after the wish, in whole units.

    A method that shares out meets the total of each group exactly: of the group after ``replace``,
    of what is added or taken after ``add`` and ``subtract``. Raises DataRefused as ``apportion``
    and ``spread_bounded`` do; ValueError for an unknown method or what the method is not given.
    """
    live = ~cells.fixed
    if wish.scope == "populated":
        live &= cells.now.given & (cells.now.values != 0)
    if wish.method in SERIES:
        return _applied(cells, wish, live, SERIES[wish.method](cells.groups, wish), [])
    if wish.method not in SHARES:
        raise ValueError(f"{wish.method!r} is none of {', '.join(METHODS)}")
    basis = SHARES[wish.method](cells, wish, live)
    findings = [*basis.findings, *_kept_out(live & ~basis.weights.given)]
    live &= basis.weights.given
    parts = _shared_out(cells, wish, live, basis)
    return _applied(cells, wish, live, parts, findings + _levelled(cells, live, basis, parts))


def _shared_out(cells: Cells, wish: Wish, live: Mask, basis: Basis) -> Ints:
    """What each live cell gets; the others keep what they hold (0 where nothing is replaced)."""
    kept = np.where(live, 0, cells.now.values if wish.operation == "replace" else 0)
    totals = wish.amounts
    if basis.totals is not None:
        totals = basis.totals + cells.groups.sums(kept)
    if totals is None:
        raise ValueError(f"{wish.method} needs amounts")
    weights = np.where(live, basis.weights.values, 0)
    bounds = Bounds.of(held=~live, kept=kept)
    starts = cells.groups.starts
    return spread_bounded(totals, weights, starts, bounds, rank=cells.rank, on_zero=wish.on_zero)


def _applied(
    cells: Cells, wish: Wish, live: Mask, parts: Ints, findings: list[Finding]
) -> Spreading:
    """Put the parts in place of what live cells hold, or on top of it, or take them off."""
    now = cells.now.values
    after = {"replace": parts, "add": now + parts, "subtract": now - parts}[wish.operation]
    column = Column(np.where(live, after, now), cells.now.given | live)
    return Spreading(column, tuple(findings))


def _kept_out(missing: Mask) -> list[Finding]:
    """How many cells have no basis yet."""
    count = int(missing.sum())
    return [info("spread.null_basis", cells=count)] if count else []


def _levelled(cells: Cells, live: Mask, basis: Basis, parts: Ints) -> list[Finding]:
    """How many groups were shared out equally for want of any weight."""
    groups = cells.groups
    weight = groups.sums(live & (basis.weights.values != 0))
    got = groups.sums(live & (parts != 0))
    count = int(((weight == 0) & (got > 0)).sum())
    return [warning("spread.zero_basis", groups=count)] if count else []
