"""Header texts cleaned of what nobody sees, and the words that make a header."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
SPACES = re.compile(r"\s+")
WIDE = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BESIDE_WIDE = re.compile(rf"(?<=[{WIDE}()\[\]:/]) | (?=[{WIDE}()\[\]:/])")
YEAR = r"((FY)?(19|20)\d\d(年度?|财年)?|FY\d\d|\d\d(年度?|财年))"
QUARTER = r"([QH][1-4]|第?[一二三四1-4]季度?|[上下]半年)"
MONTH = r"(0?[1-9]|1[0-2])月份?"
STAMP = r"(19|20)\d\d([-/.](0?[1-9]|1[0-2])|-?[PMW]\d\d?)"
PERIOD = re.compile(rf"{YEAR}|({YEAR}|\d\d)?[-/. ]?{QUARTER}|{YEAR}?{MONTH}|{STAMP}", re.IGNORECASE)
NUMBER = re.compile(
    r"[(（]?[-+−－]?[￥¥$€£]?\s*\.?\d[^a-zA-Z\u4e00-\u9fff]*(万|亿|元|万元|亿元|[eE][+-]?\d+)?"
)
DATE = re.compile(r"\d{2,4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([T\s].*)?|\d{8}")
ERROR = re.compile(r"#[A-Z/0!?]+")
LATIN = re.compile("[A-Za-z]")
LOOK_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")


def clean_header(text: str) -> str:
    """Half-width, without zero-width and direction signs, spaces and line breaks made one.

    A space beside a Chinese character or a bracket says nothing and goes.
    """
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return BESIDE_WIDE.sub("", SPACES.sub(" ", plain).strip())


def is_period(text: str) -> bool:
    """A year, quarter or month, which may head a column: 2026, 1月, Q3, 2026年, FY25Q1."""
    return PERIOD.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """A number, an amount or a date: what stands in a body rather than in a header."""
    folded = unicodedata.normalize("NFKC", text).strip()
    patterns = (NUMBER, DATE, ERROR)
    return any(pattern.fullmatch(folded) for pattern in patterns)


def is_look_alike(text: str) -> bool:
    """Latin letters mixed with Greek or Cyrillic ones, which look the same."""
    return bool(LATIN.search(text) and LOOK_ALIKE.search(text))
