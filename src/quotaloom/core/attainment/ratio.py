"""Attainment and pace as exact ratios, and what they still ask for."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

Better = Literal["higher", "lower"]
Light = Literal["green", "yellow", "red"]
YELLOW_FROM, RED_FROM = Fraction(10), Fraction(30)  # points behind; reaching them counts


def attainment(credit: int | Fraction, quota: int | Fraction | None) -> Fraction | None:
    """Credit ÷ quota, both in the same unit; None where the quota is missing, 0 or less."""
    if quota is None or quota <= 0:
        return None
    return Fraction(credit) / Fraction(quota)


def lag(
    attained: Fraction | None, planned: Fraction | None, *, better: Better = "higher"
) -> Fraction | None:
    """How many percentage points attainment is behind the planned share; negative: ahead.

    Where ``lower`` is better (returns, days), being above the plan is being behind.
    """
    if attained is None or planned is None:
        return None
    behind = (planned - attained) * 100
    return behind if better == "higher" else -behind


def light(
    behind: Fraction | None, *, yellow: Fraction = YELLOW_FROM, red: Fraction = RED_FROM
) -> Light | None:
    """The colour of a lag in points: an edge belongs to the graver colour."""
    if behind is None:
        return None
    return "red" if behind >= red else "yellow" if behind >= yellow else "green"


def elapsed_share(elapsed: int, days: int) -> Fraction | None:
    """时间进度: working days gone ÷ working days; None for a period without any."""
    return Fraction(elapsed, days) if days > 0 else None


def needed_a_day(credit: int, quota: int, days_left: int) -> int | None:
    """What each remaining working day must bring, rounded up to whole units; 0 when reached.

    None where something is missing and no day is left.
    """
    missing = quota - credit
    if missing <= 0:
        return 0
    return -(-missing // days_left) if days_left > 0 else None


def run_rate(credit: int, elapsed: int, days: int) -> Fraction | None:
    """Where the period ends if every working day brings what the past ones did; None on day 0."""
    return Fraction(credit * days, elapsed) if elapsed > 0 else None
