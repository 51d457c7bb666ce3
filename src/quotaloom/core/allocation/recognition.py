"""When revenue of a kind is recognised once it is booked: at once, monthly, by milestones (F10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from quotaloom.core.numeric.running import running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Pattern = Literal["point", "monthly", "milestones", "over_time"]
"""A licence at one point, a subscription month by month, a solution by its milestones, a service
over the time in which it is rendered, which begins in the period after the one it is booked in."""
YEAR: Final = 12


def weights_of(pattern: Pattern, months: int, milestones: Sequence[tuple[int, int]]) -> list[int]:
    """What part falls due so many periods after the booking, as weights from period 0 on.

    ``months`` is the term of a subscription or a service; ``milestones`` are (period, weight).
    """
    if pattern == "point":
        return [1]
    if pattern == "milestones":
        found = [0] * (max(after for after, _ in milestones) + 1)
        for after, weight in milestones:
            found[after] += weight
        return found
    lead = [0] if pattern == "over_time" else []
    return [*lead, *[1] * months]


def recognised(booked: Ints, weights: Sequence[int]) -> tuple[Ints, Ints]:
    """Each booking, shape (rows, periods), over the periods from its own on, and what comes later.

    In whole units; nothing is lost: what falls due beyond the last period stands in the second
    answer, one figure a row. The sums so far of each booking stay true (running rounding).
    """
    rows, periods = booked.shape
    span = len(weights)
    starts = np.arange(rows * periods + 1) * span
    parts = running(booked.ravel(), np.tile(weights, rows * periods), starts)
    parts = parts.reshape(rows, periods, span)
    due = np.zeros((rows, periods + span), np.int64)
    for period in range(periods):
        due[:, period : period + span] += parts[:, period]
    return due[:, :periods], due[:, periods:].sum(axis=1)


def yearly_rate(booked: Ints, months: int) -> int:
    """ARR after the last period: a year's worth of the subscriptions that still run then.

    ``booked`` has a column a month; a term of ``months`` from its own month on.
    """
    running_on = booked[:, -min(months, booked.shape[1]) :].sum()
    return int(running_on) * YEAR // months
