"""What a workbook stores for a number or a date, as the shortest exact text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

STORED = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
LARGEST = 10**15  # from here on Excel no longer keeps every digit of a whole number
LAST_DAY = 2_958_466  # 10000-01-01 in the 1900 system
EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - calendar days
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
TIMES_ONLY = frozenset([18, 19, 20, 21, 45, 46, 47])
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def number_text(stored: str) -> str | None:
    """1.0 is "1", 0.1 "0.1", 1.5E-7 "0.00000015"; None where it is no finite number."""
    plain = stored.strip()
    if STORED.fullmatch(plain) is None:
        return None
    number = float(plain)
    if number in {float("inf"), float("-inf")}:
        return None
    text = repr(number)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0").replace("-0", "0") if number == 0 else text.removesuffix(".0")


def is_rounded(text: str) -> bool:
    """A whole number of 16 digits or more, whose last digits Excel has already lost."""
    return len(text) > 15 and abs(Decimal(text)) >= LARGEST


@lru_cache(maxsize=1 << 16)
def serial_text(stored: str, *, from_1904: bool) -> str | None:
    """A date serial as ISO text, a time of day below 1 as ``hh:mm:ss``; None for no such day.

    In the 1900 system 60 is the 29 February 1900 that never was, and 0 is no day at all.
    """
    text = number_text(stored)
    if text is None:
        return None
    serial = Decimal(text)
    if serial < 0 or serial >= LAST_DAY - (1462 if from_1904 else 0):
        return None
    moment = (EPOCH_1904 if from_1904 else EPOCH_1900) + _span(serial)
    if not from_1904:
        if int(serial) == 60 or serial == 0:
            return None
        if serial < 1:
            return moment.time().isoformat("seconds")
        if serial < 60:
            moment += timedelta(days=1)
    return moment_text(moment)


def _span(serial: Decimal) -> timedelta:
    """Days and a fraction, down to the second; what is within half a millisecond is noise."""
    return timedelta(seconds=round(serial * 86_400_000) // 1000)


def moment_text(moment: date) -> str:
    """ISO: the day alone at midnight, else with its time."""
    if isinstance(moment, datetime):
        if moment.time().isoformat("seconds") == "00:00:00":
            return moment.date().isoformat()
        return moment.replace(microsecond=0).isoformat()
    return moment.isoformat()


def is_date_format(code: str) -> bool:
    """Whether a number format code shows a day or a time of day (not an elapsed time)."""
    first = LITERAL.sub("", code).split(";")[0].lower()
    if ELAPSED.search(first) or "general" in first:
        return False
    return bool(set(first) & set("ymdhs"))
