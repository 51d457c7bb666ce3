"""The shape of the year over the plan's periods: from history, typed, even, or by working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error, warning
from quotaloom.core.numeric.apportion import apportion_fractions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.periods import FiscalCalendar, Kind, Period

FINE = 10**6  # parts of a typed weight that its inner periods share
COARSE = 10**12  # typed weights of more digits are put on a grid of this many parts
INSIDE = timedelta(3)  # a week belongs to what holds its fourth day


@dataclass(frozen=True)
class Typed:
    """Weights as typed: raw, as shares of their sum, and the kind of period they stand for."""

    kind: Kind
    raw: tuple[Fraction, ...]

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The normalised weights; they sum to 1."""
        whole = sum(self.raw, Fraction(0))
        return tuple(weight / whole for weight in self.raw)


def typed_weights(raw: Sequence[Fraction], year: int, calendar: FiscalCalendar) -> Typed:
    """Read typed weights by how many there are: 2 halves, 4 quarters, 12 months, or the weeks.

    Raises UsageRefused for another count, a negative weight or a sum of 0.
    """
    kinds: tuple[Kind, ...] = ("half", "quarter", "month", "week")
    counts = {len(calendar.periods(year, kind)): kind for kind in kinds}
    if len(raw) not in counts:
        allowed = ", ".join(str(count) for count in sorted(counts))
        raise UsageRefused([error("seasonality.wrong_count", str(len(raw)), allowed=allowed)])
    if any(weight < 0 for weight in raw) or not any(raw):
        raise UsageRefused([error("seasonality.bad_weights", ", ".join(map(decimal_text, raw)))])
    return Typed(counts[len(raw)], tuple(raw))


def typed_findings(typed: Typed) -> list[Finding]:
    """Tell the reader where typed weights do not add up to 100 % and were normalised."""
    whole = sum(typed.raw, Fraction(0))
    if whole in (1, 100):
        return []
    raw = ", ".join(decimal_text(weight) for weight in typed.raw)
    shares = ", ".join(f"{float(share):.4%}" for share in typed.shares)
    return [warning("seasonality.normalised", decimal_text(whole), raw=raw, shares=shares)]


def decimal_text(value: Fraction) -> str:
    """A weight as it was typed, to at most twelve decimals."""
    return f"{float(value):.12f}".rstrip("0").rstrip(".")


def over_periods(
    slots: NDArray[np.int64], finer: Sequence[Period], periods: Sequence[Period]
) -> NDArray[np.int64]:
    """Profiles by month or week added up to the plan's periods, row by row."""
    if len(finer) == len(periods):
        return slots[:, : len(periods)]
    place = [_holder(slot, periods) for slot in finer]
    result = np.zeros((len(slots), len(periods)), dtype=np.int64)
    np.add.at(result, (np.arange(len(slots))[:, None], np.array(place)[None, :]), slots)
    return result


def _holder(slot: Period, periods: Sequence[Period]) -> int:
    """The place of the period that a finer one belongs to; weeks may reach over its edges."""
    day = slot.start + INSIDE
    return next(place for place, period in enumerate(periods) if day in period)


def with_typed(
    profiles: NDArray[np.int64], periods: Sequence[Period], outer: Sequence[Period], typed: Typed
) -> NDArray[np.int64]:
    """Profiles whose outer periods have the typed shares exactly and keep their inner shape.

    An outer period that the profile leaves empty is filled evenly. Where the typed weights are
    finer than the plan's periods they are added up.
    """
    if len(outer) > len(periods):
        place = [_holder(inner, periods) for inner in outer]
        sums = [Fraction(0)] * len(periods)
        for where, weight in zip(place, typed.raw, strict=True):
            sums[where] += weight
        return np.array([_whole(sums)] * len(profiles), dtype=np.int64)
    scale = _whole(typed.raw)
    inner = np.array([_holder(period, outer) for period in periods])
    rows = [_nested(row, inner, scale) for row in profiles]
    return np.array(rows, dtype=np.int64)


def _nested(row: NDArray[np.int64], place: NDArray[np.int64], scale: Sequence[int]) -> list[int]:
    filled = [0] * len(row)
    for outer, weight in enumerate(scale):
        inside = np.flatnonzero(place == outer)
        shape = [Fraction(int(value)) for value in row[inside]]
        parts = apportion_fractions(
            weight * FINE, shape if any(shape) else [Fraction(1)] * len(shape)
        )
        for where, part in zip(inside.tolist(), parts, strict=True):
            filled[where] = int(part)
    return filled


def _whole(weights: Sequence[Fraction]) -> list[int]:
    """The weights as whole numbers in the same proportions, the smallest where they are exact."""
    scale = lcm(*(weight.denominator for weight in weights))
    exact = [int(weight * scale) for weight in weights]
    return exact if sum(exact) <= COARSE else apportion_fractions(COARSE, weights)


def even(count: int) -> NDArray[np.int64]:
    """One profile of equal weights."""
    return np.ones((1, count), dtype=np.int64)
