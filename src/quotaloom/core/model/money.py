"""Money in whole minor units (分), and the plan's unit of which every leaf is a multiple."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MINOR: Final = 100
"""Minor units in a unit of currency: 分 in 元."""
FACT_SCALE: Final = 4
"""Facts are whole numbers of 10**-4 of the currency unit."""
_FACTS_PER_MINOR: Final = 10**FACT_SCALE // MINOR
_LARGEST: Final = 2**63 - 1


def half_up(value: Fraction | int) -> int:
    """The nearest whole number; halves go away from zero, the one rounding rule of the house."""
    exact = Fraction(value)
    away = (2 * abs(exact) + 1) // 2
    return away if exact >= 0 else -away


def to_minor(amount: Fraction | int) -> int:
    """A typed amount in currency units as whole 分. Refuses parts of a 分 and more than int64."""
    return to_units(amount * MINOR, 1)


def to_units(minor: Fraction | int, unit: int) -> int:
    """How many plan units (of ``unit`` 分) a typed amount in 分 is.

    Refuses an amount that is no multiple, naming the two nearest, and one that int64 cannot hold.
    """
    exact = Fraction(minor)
    if abs(exact) > _LARGEST:
        raise UsageRefused([error("amount.too_large", value=plain_amount(exact))])
    count = exact // unit
    if count * unit == exact:
        return count
    raise UsageRefused(
        [
            error(
                "amount.no_multiple",
                value=plain_amount(exact),
                unit=plain_amount(unit),
                below=plain_amount(count * unit),
                above=plain_amount((count + 1) * unit),
            )
        ]
    )


def nearest_multiple(minor: Fraction | int, unit: int) -> int:
    """A derived amount in 分 (+15 %, 35 %) at the nearest multiple of ``unit`` 分, halves up."""
    rounded = half_up(Fraction(minor) / unit) * unit
    if abs(rounded) > _LARGEST:
        raise UsageRefused([error("amount.too_large", value=plain_amount(rounded))])
    return rounded


def facts_to_minor(facts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Aggregated facts (scale 4) as whole 分: rounded once, halves away from zero."""
    away = facts // _FACTS_PER_MINOR
    rest = facts - away * _FACTS_PER_MINOR
    half = _FACTS_PER_MINOR // 2
    up = (rest > half) | ((rest == half) & (facts > 0))
    result: NDArray[np.int64] = away + up
    return result


def plain_amount(minor: Fraction | int) -> str:
    """分 written in 元 without grouping: 109402644.29, and 500000000 where it is whole.

    Parts of a 分, which only a refused amount has, are shown to four decimals of 元.
    """
    parts = half_up(Fraction(minor) * _FACTS_PER_MINOR)
    whole, rest = divmod(abs(parts), 10**FACT_SCALE)
    sign = "-" if parts < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    if rest % _FACTS_PER_MINOR == 0:
        return f"{sign}{whole}.{rest // _FACTS_PER_MINOR:02}"
    return f"{sign}{whole}.{rest:04}"
