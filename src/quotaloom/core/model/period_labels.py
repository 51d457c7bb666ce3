"""Periods as people write them: 2027年1月, 2027Q4, 四季度, 上半年, FY25-P01, 2027W05."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import half_width
from quotaloom.core.model.periods import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from re import Match

    from quotaloom.core.model.periods import FiscalCalendar, Kind, Period

LONGEST: Final = 32
_NUMERALS: Final = dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
_NUMBER: Final = r"(?P<index>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_YEAR: Final = r"(?:(?:FY)?(?P<year>[0-9]{4}|[0-9]{2})(?:财?年度?)?-?)?"
_YEAR_WORD: Final = (
    r"(?:(?:FY)?(?P<year>[0-9]{4})(?:财?年度?)?-?"
    r"|FY(?P<fiscal>[0-9]{2})-|(?:FY)?(?P<short>[0-9]{2})(?:财?年度?|(?=[第上下])))?"
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way to write a kind of period; ``is_calendar_month`` where the index is a month's name."""

    kind: Kind
    pattern: re.Pattern[str]
    is_calendar_month: bool = False


def _shape(kind: Kind, pattern: str, *, is_calendar_month: bool = False) -> _Shape:
    return _Shape(kind, re.compile(pattern), is_calendar_month)


_SHAPES: Final = (
    _shape("year", r"(?:FY)?(?P<year>[0-9]{4})(?:财?年度?|年?全年)?"),
    _shape("year", r"(?:FY(?P<year>[0-9]{2})|(?:FY)?(?P<short>[0-9]{2})财?年度?)(?:全年)?"),
    _shape(
        "month",
        r"(?P<year>[0-9]{4})(?:[-/.年]|M)(?P<index>[0-9]{1,2})月?份?",
        is_calendar_month=True,
    ),
    _shape("month", r"(?P<year>[0-9]{4})(?P<index>[0-9]{2})", is_calendar_month=True),
    _shape("month", rf"{_YEAR_WORD}{_NUMBER}月份?", is_calendar_month=True),
    _shape("month", rf"{_YEAR}P(?P<index>[0-9]{{1,2}})"),
    _shape("quarter", rf"{_YEAR}Q(?P<index>[0-9])"),
    _shape("quarter", r"Q(?P<index>[0-9])[-/]?(?:FY)?(?P<year>[0-9]{4})"),
    _shape("quarter", rf"{_YEAR_WORD}第?{_NUMBER}季度?"),
    _shape("half", rf"{_YEAR}H(?P<index>[0-9])"),
    _shape("half", r"H(?P<index>[0-9])[-/]?(?:FY)?(?P<year>[0-9]{4})"),
    _shape("half", rf"{_YEAR_WORD}(?P<index>[上下])半年"),
    _shape("week", rf"{_YEAR}W(?P<index>[0-9]{{1,2}})"),
    _shape("week", rf"{_YEAR_WORD}第?{_NUMBER}周"),
)


def parse_period(text: str, calendar: FiscalCalendar, year: int | None = None) -> Period:
    """The period that the text names; ``year`` is the fiscal year where the text has none.

    Quarters, halves, weeks and P01 count in fiscal years; a month's name is the calendar's, so
    1月 of a year that starts in April is its tenth month. Raises UsageRefused: ``unreadable``,
    ``year_missing``, or ``not_in_year`` where the year has no such period.
    """
    plain = _plain(text)
    for shape in _SHAPES:
        match = shape.pattern.fullmatch(plain)
        if match:
            return _period(text, shape, match, calendar, year)
    raise UsageRefused([error("period.unreadable", value=text[:LONGEST])])


def _plain(text: str) -> str:
    """Upper case without blanks; a blank between digits is a dash, as it parts a year."""
    if len(text) > LONGEST:
        return ""
    return re.sub("(?<=[0-9]) +(?=[0-9])", "-", half_width(text).upper()).replace(" ", "")


def _period(
    text: str, shape: _Shape, match: Match[str], calendar: FiscalCalendar, year: int | None
) -> Period:
    words = match.groupdict()
    written = words.get("year") or words.get("fiscal") or words.get("short")
    if written is None and year is None:
        raise UsageRefused([error("period.year_missing", value=text)])
    whole = _year(written) if written else year or 0
    index = _index(words.get("index") or "1")
    if shape.is_calendar_month and 1 <= index <= 12:
        is_fiscal = written is None or "FY" in match[0] or "财" in match[0]
        whole = whole if is_fiscal else calendar.year_of_month(whole, index)
        index = calendar.month_index(index)
    if not FIRST_YEAR <= whole <= LAST_YEAR:
        raise UsageRefused([error("period.out_of_range", value=text)])
    found = calendar.periods(whole, shape.kind)
    if not 1 <= index <= len(found):
        raise UsageRefused([error("period.not_in_year", value=text, year=whole, count=len(found))])
    return found[index - 1]


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _index(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word in ("上", "下"):
        return "上下".index(word) + 1
    return sum(_NUMERALS[sign] for sign in word)
