"""What stands in one cell of a return, in units of the plan's measure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.core.model.amounts import read_amount
from quotaloom.core.model.findings import Finding, error, info
from quotaloom.core.model.money import MINOR, half_up, plain_amount
from quotaloom.core.model.names import half_width
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from quotaloom.core.model.amounts import Amount
    from quotaloom.cycle.exchange.sheet import Sheet
    from quotaloom.warehouse.outputs import Value

NOISE: Final = Fraction(1, 10**11)  # of the figure: what doubles add to a sum
LARGEST: Final = 10**15  # units; more cannot be told apart in a workbook
CURRENCIES: Final = (None, "CNY")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, in units of the measure; ``notice`` is what was done to read it."""

    units: int
    notice: Finding | None = None


def figure(value: Value, sheet: Sheet) -> Figure | Finding:
    """A number in the sheet's unit, or a text such as 1,200, ￥350, 1.2亿 or 35%; else why not.

    Parts of a unit of money or of a rate are rounded half away from zero, and told unless they are
    noise; of what is counted they are refused.
    """
    if isinstance(value, Odd):
        code = "handout.unsaved" if value is Odd.UNSAVED else "handout.broken"
        return error(code)
    if isinstance(value, str):
        return _of_text(value, sheet)
    if isinstance(value, int) and abs(value) < LARGEST and sheet.size % sheet.unit == 0:
        return Figure(value * (sheet.size // sheet.unit))
    return _rounded(Fraction(value) * sheet.size / sheet.unit, str(value), sheet)


def _of_text(text: str, sheet: Sheet) -> Figure | Finding:
    number = half_width(text).strip().removesuffix("%") if sheet.quantity == "rate" else text
    found = read_amount(number)
    if isinstance(found, Finding):
        return error(found.code, found.subject, **{**found.params, "value": text[:80]})
    if found.currency not in CURRENCIES or (found.currency and sheet.quantity != "money"):
        return error("handout.currency", str(found.currency), value=text[:80])
    read = _rounded(found.value * _size(found, sheet) / sheet.unit, text, sheet)
    if isinstance(read, Finding):
        return read
    code = "handout.text_read" if sheet.quantity == "money" else "handout.text_taken"
    return Figure(read.units, info(code, amount=said(read.units, sheet), value=text[:80]))


def _size(found: Amount, sheet: Sheet) -> int:
    """What a number in a text counts in: a rate is a percentage, a word says its own unit."""
    if sheet.quantity == "rate":
        return RATE // 100
    is_said = found.unit or found.currency
    return MINOR if sheet.quantity == "money" and is_said else sheet.size


def _rounded(exact: Fraction, shown: str, sheet: Sheet) -> Figure | Finding:
    if abs(exact) > LARGEST:
        return error("handout.too_large", value=shown[:80])
    units = half_up(exact)
    if abs(exact - units) <= abs(exact) * NOISE:
        return Figure(units)
    if sheet.quantity == "count":
        return error("handout.not_whole", value=shown[:80])
    code = "handout.rounded" if sheet.quantity == "money" else "handout.rate_rounded"
    return Figure(units, info(code, amount=said(units, sheet), value=shown[:80]))


def said(units: int, sheet: Sheet) -> str:
    """A figure as findings tell it: money in 元, a rate in percent, the rest as it is counted."""
    if sheet.quantity == "rate":
        return f"{plain_amount(Fraction(units * 100 * MINOR, RATE))}%"
    return plain_amount(units * sheet.unit) if sheet.quantity == "money" else str(units)


def same_sum(value: Value, wanted: int, sheet: Sheet) -> bool:
    """Whether a cell shows a sum, as exactly as a workbook adds up."""
    if isinstance(value, str | Odd):
        return False
    if isinstance(value, int) and value * sheet.size == wanted * sheet.unit:
        return True
    exact = Fraction(Decimal(value)) * sheet.size / sheet.unit
    return abs(exact - wanted) <= max(abs(wanted) * NOISE, Fraction(1, 1000))
