"""One computed target: the amount, the growth over its base, and how both came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Target:
    """What one formula gives, exactly; nothing is rounded here.

    ``amount`` has the base's own unit. ``growth`` is over the base (0.14 is +14 %). ``trace`` names
    the reading first, then every figure that took part, in the order of the formula.
    """

    subject: str
    amount: Fraction
    growth: Fraction
    trace: Mapping[str, Fraction | str]
    findings: tuple[Finding, ...] = ()


def in_units(amount: Fraction, unit: int = 1) -> int:
    """The multiple of ``unit`` nearest to the amount; a tie goes away from zero."""
    steps, rest = divmod(abs(amount), unit)
    rounded = (int(steps) + (2 * rest >= unit)) * unit
    return rounded if amount >= 0 else -rounded


def plain(value: Fraction) -> str:
    """The decimal number where it ends within twelve places, else the fraction."""
    scaled = value * 10**12
    if scaled.denominator != 1:
        return str(value)
    whole, rest = divmod(abs(scaled.numerator), 10**12)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:012d}".rstrip("0").rstrip(".")
