"""What stands in one cell of a return, in units of the plan's measure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.amounts import read_amount
from quotaloom.core.model.findings import Finding, error, info
from quotaloom.core.model.money import MINOR, half_up, plain_amount
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from quotaloom.cycle.exchange.handout import Handout
    from quotaloom.warehouse.outputs import Value

NOISE: Final = Fraction(1, 10**11)  # of the figure: what doubles add to a sum
LARGEST: Final = 10**15  # units; more cannot be told apart in a workbook
CURRENCIES: Final = (None, "CNY")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, in units of the measure; ``notice`` is what was done to read it."""

    units: int
    notice: Finding | None = None


def figure(value: Value, handout: Handout) -> Figure | Finding:
    """A number in the sheet's unit, or a text such as 1,200, ￥350 or 1.2亿; else why not.

    Parts of a unit are rounded half away from zero, and told unless they are noise.
    """
    if isinstance(value, Odd):
        code = "handout.unsaved" if value is Odd.UNSAVED else "handout.broken"
        return error(code)
    if isinstance(value, str):
        return _of_text(value, handout)
    if isinstance(value, int) and abs(value) < LARGEST and handout.size % handout.unit == 0:
        return Figure(value * (handout.size // handout.unit))
    return _rounded(Fraction(value) * handout.size / handout.unit, str(value), handout)


def _of_text(text: str, handout: Handout) -> Figure | Finding:
    found = read_amount(text)
    if isinstance(found, Finding):
        return error(found.code, found.subject, **{**found.params, "value": text[:80]})
    if found.currency not in CURRENCIES:
        return error("handout.currency", str(found.currency), value=text[:80])
    size = MINOR if found.unit or found.currency else handout.size
    read = _rounded(found.value * size / handout.unit, text, handout)
    if isinstance(read, Finding):
        return read
    told = plain_amount(read.units * handout.unit)
    return Figure(read.units, info("handout.text_read", amount=told, value=text[:80]))


def _rounded(exact: Fraction, shown: str, handout: Handout) -> Figure | Finding:
    if abs(exact) > LARGEST:
        return error("handout.too_large", value=shown[:80])
    units = half_up(exact)
    if abs(exact - units) <= abs(exact) * NOISE:
        return Figure(units)
    told = plain_amount(units * handout.unit)
    return Figure(units, info("handout.rounded", amount=told, value=shown[:80]))


def same_sum(value: Value, wanted: int, handout: Handout) -> bool:
    """Whether a cell shows a sum, as exactly as a workbook adds up."""
    if isinstance(value, str | Odd):
        return False
    if isinstance(value, int) and value * handout.size == wanted * handout.unit:
        return True
    exact = Fraction(Decimal(value)) * handout.size / handout.unit
    return abs(exact - wanted) <= max(abs(wanted) * NOISE, Fraction(1, 1000))
