"""The calendar and the measures of a definition, as clauses."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING, Final, get_args

from quotaloom.core.allocation.journal.plan import Better, PlanMeasure
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.measures.kind import MeasureKind, Side
from quotaloom.core.model.money import MINOR, plain_amount
from quotaloom.core.model.periods import Alignment, FiscalCalendar, Pattern
from quotaloom.planfile.clause import Said
from quotaloom.planfile.number import read_count, read_number
from quotaloom.planfile.piece import read_name, word
from quotaloom.planfile.reading import one_of

if TYPE_CHECKING:
    from quotaloom.planfile.reading import Reading

_CALENDAR: Final = FiscalCalendar()
_MEASURE: Final = PlanMeasure("")
_YES_NO: Final = ("yes", "no")


def say_calendar(calendar: FiscalCalendar) -> Said:
    """The settings of a calendar that are not as usual."""
    settings = [(one.name, getattr(calendar, one.name)) for one in fields(calendar)]
    unusual = [(key, str(value)) for key, value in settings if value != getattr(_CALENDAR, key)]
    return Said("calendar", (), unusual)


def read_calendar(reading: Reading) -> FiscalCalendar:
    """The calendar of a clause."""
    settings = (
        reading.option("start_month", read_count, _CALENDAR.start_month),
        reading.option("cutoff_day", read_count, _CALENDAR.cutoff_day),
        reading.option("pattern", one_of(get_args(Pattern)), None),
        reading.option("week_start", read_count, _CALENDAR.week_start),
        reading.option("year_end", one_of(get_args(Alignment)), _CALENDAR.year_end),
        reading.option("year_name", one_of(("end", "start")), _CALENDAR.year_name),
    )
    try:
        return FiscalCalendar(*settings)
    except UsageRefused as refused:
        reading.findings += [reading.clause.verb.placed(one) for one in refused.findings]
        return _CALENDAR


def say_measure(measure: PlanMeasure) -> Said:
    """The clause of a measure; its unit stands in 元, or as a count where it is no money."""
    unit = plain_amount(measure.unit) if measure.is_money else str(measure.unit)
    options = [
        ("unit", unit),
        ("money", "" if measure.is_money else "no"),
        ("kind", "" if measure.kind == _MEASURE.kind else measure.kind),
        *_names_of(measure),
        ("declared", "" if measure.declared == _MEASURE.declared else measure.declared),
        *_meaning_of(measure),
    ]
    return Said("measure", [word(measure.code)], options)


def _names_of(measure: PlanMeasure) -> list[tuple[str, str]]:
    keys = ("numerator", "denominator", "at_least")
    return [(key, word(name)) for key in keys if (name := getattr(measure, key))]


def _meaning_of(measure: PlanMeasure) -> list[tuple[str, str]]:
    """What the figures of a measure are to people."""
    keys = ("name", "name_en", "counted_in")
    return [
        *((key, word(name)) for key in keys if (name := getattr(measure, key))),
        ("financial", "" if measure.is_financial else "no"),
        ("better", "" if measure.better == _MEASURE.better else measure.better),
        ("weight", str(measure.weight) if measure.weight else ""),
    ]


def read_measure(reading: Reading) -> PlanMeasure:
    """The measure of a clause."""
    is_money = reading.option("money", one_of(_YES_NO), "yes") == "yes"
    unit = reading.needed("unit", read_number, Fraction(1)) * (MINOR if is_money else 1)
    if unit.denominator != 1 or not 0 < unit < 2**63:
        reading.findings.append(reading.clause.verb.fault("planfile.unit_unreadable"))
    return PlanMeasure(
        code=reading.about(read_name, ""),
        kind=reading.option("kind", one_of(get_args(MeasureKind)), _MEASURE.kind),
        unit=int(unit),
        is_money=is_money,
        numerator=reading.option("numerator", read_name, ""),
        denominator=reading.option("denominator", read_name, ""),
        declared=reading.option("declared", one_of(get_args(Side)), _MEASURE.declared),
        at_least=reading.option("at_least", read_name, ""),
        name=reading.option("name", read_name, ""),
        name_en=reading.option("name_en", read_name, ""),
        counted_in=reading.option("counted_in", read_name, ""),
        is_financial=reading.option("financial", one_of(_YES_NO), "yes") == "yes",
        better=reading.option("better", one_of(get_args(Better)), _MEASURE.better),
        weight=reading.option("weight", read_count, 0),
    )
