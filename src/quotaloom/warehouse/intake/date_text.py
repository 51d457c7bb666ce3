"""One text of a date as people and programs write it, read as a day or refused by a code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.names import clean_name, half_width
from quotaloom.core.model.period_labels import parse_period

if TYPE_CHECKING:
    from quotaloom.core.model.periods import FiscalCalendar

DateOrder = Literal["dmy", "mdy"]
Precision = Literal["day", "month", "quarter", "year", "serial", "zone"]

_LONGEST: Final = 40
_FIRST_YEAR: Final = 1950
_LAST_YEAR: Final = 2150
_SERIALS: Final = range(1, 100_000)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_WEEKDAY: Final = re.compile(r"[ ,(]*(?:星期|周|礼拜)[一二三四五六日天]\)?(?= |$)")
_TIME: Final = re.compile(
    r"(?P<day>[^:]{4,20}?)(?:T| +|(?<=日))(?:上午|下午)? *(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::\d{2}(?:\.\d{1,9})?)? *(?:AM|PM)? *(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_YMD: Final = re.compile(
    r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII
)
_PARTS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_NAMED: Final = re.compile(
    r"(?P<d1>\d{1,2})[-/ ]?(?P<m1>[a-z]{3,9})\.?[-/, ]{0,2}(?P<y1>\d{4})"
    r"|(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4})",
    re.IGNORECASE | re.ASCII,
)
_MONTH: Final = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})月?份?|(\d{4})(0[1-9]|1[0-2])", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})年?度?", re.ASCII)
_SERIAL: Final = re.compile(r"([+-]?\d+)(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes dates: the order of 03/04/2025, the plan's zone and its calendar.

    ``from_1904`` where the workbook counts its days from 1904.
    """

    calendar: FiscalCalendar
    order: DateOrder | None = None
    zone: str = "Asia/Shanghai"
    from_1904: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was read, and how exactly the text names it."""

    day: date
    precision: Precision = "day"


def read_day(text: str, habits: Habits) -> Day | str:
    """The day, or the code of the refusal. A month or a quarter means its first day."""
    plain = _WEEKDAY.sub("", half_width(clean_name(text))).strip()
    if len(plain) > _LONGEST:
        return "intake.date_unreadable"
    if not plain:
        return "intake.date_blank"
    timed = _TIME.fullmatch(plain)
    if timed is None:
        return _read_plain(plain, habits)
    found = _read_plain(timed["day"].strip(), habits)
    if isinstance(found, str) or not timed["zone"]:
        return found
    return _in_zone(found.day, timed, habits.zone)


def order_shown(text: str) -> DateOrder | Literal["either"] | None:
    """Which order a text such as 13/04/2025 proves; ``either`` where it proves none."""
    found = _PARTS.match(half_width(clean_name(text)).strip())
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12:
        return "dmy"
    if second > 12:
        return "mdy"
    return "either" if first != second else None


def _read_plain(plain: str, habits: Habits) -> Day | str:
    if found := _YMD.fullmatch(plain):
        return _day(*(part for part in found.groups() if part))
    if found := _PARTS.fullmatch(plain):
        return _ordered(found[1], found[3], found[4], habits.order)
    if found := _NAMED.fullmatch(plain):
        return _named(found)
    return _read_coarse(plain, habits)


def _read_coarse(plain: str, habits: Habits) -> Day | str:
    """A month, a year, a workbook's count of days, or a period of the plan's calendar."""
    if found := _MONTH.fullmatch(plain):
        year, month = (part for part in found.groups() if part)
        return _as(_day(year, month, "1"), "month")
    if found := _YEAR.fullmatch(plain):
        return _as(_day(found[1], "1", "1"), "year")
    if found := _SERIAL.fullmatch(plain):
        return _serial(int(found[1]), date(1904, 1, 1) if habits.from_1904 else date(1899, 12, 30))
    return _period(plain, habits)


def _day(year: str, month: str, day: str) -> Day | str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return "intake.date_impossible"
    return Day(found) if _FIRST_YEAR <= found.year <= _LAST_YEAR else "intake.date_far"


def _as(found: Day | str, precision: Precision) -> Day | str:
    return found if isinstance(found, str) else Day(found.day, precision)


def _ordered(first: str, second: str, year: str, order: DateOrder | None) -> Day | str:
    if order is None and int(first) <= 12 and int(second) <= 12 and first != second:
        return "intake.date_ambiguous"
    shown = "dmy" if int(first) > 12 else "mdy"
    return _day(year, *((second, first) if (order or shown) == "dmy" else (first, second)))


def _named(found: re.Match[str]) -> Day | str:
    month = _MONTHS.get((found["m1"] or found["m2"])[:3].lower())
    if month is None:
        return "intake.date_unreadable"
    return _day(found["y1"] or found["y2"], str(month), found["d1"] or found["d2"])


def _serial(number: int, epoch: date) -> Day | str:
    """A workbook's count of days; 60 is a day that never was, and what is far off is no date."""
    found = epoch + timedelta(days=number) if number in _SERIALS else epoch
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return "intake.date_serial"
    return Day(found, "serial")


def _period(plain: str, habits: Habits) -> Day | str:
    try:
        found = parse_period(plain, habits.calendar)
    except QuotaLoomError as refusal:
        missing = refusal.findings[0].code == "period.year_missing"
        return "intake.date_no_year" if missing else "intake.date_unreadable"
    return Day(found.start, "month" if found.kind in ("month", "week") else "quarter")


def _in_zone(day: date, timed: re.Match[str], zone: str) -> Day | str:
    """The plan's day of an instant with a zone: 23:30Z on 31 December is 1 January in Shanghai."""
    hour, minute = int(timed["hour"]), int(timed["minute"])
    if hour > 23 or minute > 59:
        return "intake.date_impossible"
    sign = timed["zone"].upper()
    offset = timedelta(0)
    if sign not in ("Z", "UTC"):
        offset = timedelta(hours=int(sign[1:3]), minutes=int(sign[-2:]))
        offset = -offset if sign[0] == "-" else offset
    if abs(offset) >= timedelta(hours=24):
        return "intake.date_impossible"
    instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(offset))
    return Day(instant.astimezone(ZoneInfo(zone)).date(), "zone")
