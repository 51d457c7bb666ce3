"""Seasonal profiles: the weight of each period of a year, from a file."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.errors import DataRefused, QuotaLoomError
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.period_labels import parse_period
from quotaloom.warehouse.intake.aliases import PROFILE
from quotaloom.warehouse.intake.named_table import Line, read_named

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.periods import FiscalCalendar, Period
    from quotaloom.warehouse.intake.raw_table import RawOptions

_KINDS: Final = ("half", "quarter", "month", "week")
_TOLERANCE: Final = Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class _Weight:
    period: Period
    value: Fraction
    percent: bool
    line: Line


def read_profile(
    path: Path, calendar: FiscalCalendar, year: int, options: RawOptions | None = None
) -> tuple[Fraction, ...]:
    """The weights of the year's halves, quarters, months or weeks, in the order of the year.

    Each period of one kind must stand in the file once. Raises DataRefused with all faults; a
    column of percents that does not sum to 100 % is refused with its sum.
    """
    named = read_named(path, options, PROFILE, {"period", "weight"})
    faults: list[Finding] = []
    read = [_weight(line, calendar, year, faults) for line in named.lines()]
    weights = [one for one in read if one is not None]
    if not faults:
        faults += _incomplete(weights, calendar, year, named.table.file)
    if faults:
        raise DataRefused(faults)
    return tuple(one.value for one in sorted(weights, key=lambda one: one.period.start))


def _weight(
    line: Line, calendar: FiscalCalendar, year: int, faults: list[Finding]
) -> _Weight | None:
    text = line.cells["weight"].replace("％", "%")
    amount = read_amount(text.removesuffix("%"))
    if not isinstance(amount, Amount):
        faults.append(line.fault(amount.code, "weight"))
        return None
    if amount.value < 0:
        faults.append(line.fault("weights.negative", "weight"))
        return None
    try:
        period = parse_period(line.cells["period"], calendar, year)
    except QuotaLoomError as refusal:
        faults.append(line.fault(refusal.findings[0].code, "period", **refusal.findings[0].params))
        return None
    if period.kind not in _KINDS or period.year != year:
        faults.append(line.fault("profile.period_outside", "period", year=year))
        return None
    return _Weight(period, amount.value, text.endswith("%"), line)


def _incomplete(
    weights: list[_Weight], calendar: FiscalCalendar, year: int, file: str
) -> list[Finding]:
    """Periods of several kinds, twice or missing; percents that are no whole."""
    kinds = sorted({one.period.kind for one in weights})
    if len(kinds) != 1:
        return [error("profile.kinds_mixed", "", file=file, kinds=", ".join(kinds))]
    found: list[Finding] = []
    seen: dict[str, int] = {}
    for one in weights:
        if one.period.label in seen:
            first = seen[one.period.label]
            found.append(one.line.fault("profile.period_twice", "period", first=first))
        seen.setdefault(one.period.label, one.line.row)
    wanted = [period.label for period in calendar.periods(year, weights[0].period.kind)]
    if missing := [label for label in wanted if label not in seen]:
        found.append(error("profile.period_missing", "", file=file, missing=", ".join(missing)))
    return found or _no_whole(weights, file)


def _no_whole(weights: list[_Weight], file: str) -> list[Finding]:
    total = sum((one.value for one in weights), Fraction(0))
    if not total:
        return [error("weights.all_zero", "", file=file)]
    slack = _TOLERANCE * len(weights)
    if any(one.percent for one in weights) and abs(total - 100) > min(slack, Fraction(1)):
        return [error("weights.not_whole", "", file=file, sum=f"{float(total):g}")]
    return []
