"""The unit in which a page shows money, and amounts written in it.

Amounts are whole 分. What is shown is rounded half away from zero and never added up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """How many 分 one is, how many decimals a grid and a tile show, and its words."""

    code: str
    size: int
    decimals: int
    zh: str
    en: str


UNITS: Final = {
    "yuan": Unit("yuan", 100, 0, "元", "CNY"),
    "wan": Unit("wan", 10_000 * 100, 0, "万元", "10k CNY"),
    "yi": Unit("yi", 100_000_000 * 100, 2, "亿元", "100M CNY"),
    "k": Unit("k", 1_000 * 100, 0, "千元", "K CNY"),
    "m": Unit("m", 1_000_000 * 100, 2, "百万元", "M CNY"),
}


def shown(amount: int, unit: Unit, decimals: int | None = None) -> str:
    """``amount`` 分 in the unit, with separators and the unit's decimals unless said.

    An amount that would read as 0 has as many more decimals as show its first digit.
    """
    places = unit.decimals if decimals is None else decimals
    while not (scaled := _scaled(amount, unit, places)) and amount:
        places += 1
    whole, part = divmod(scaled, 10**places)
    sign = "-" if amount < 0 and scaled else ""
    return f"{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")


def _scaled(amount: int, unit: Unit, places: int) -> int:
    """The size of an amount in units, times ten for each decimal, halves up."""
    digits: int = abs(amount) * 10**places
    scaled, rest = divmod(digits, unit.size)
    return scaled + (2 * rest >= unit.size)


def in_full(amount: int) -> str:
    """``amount`` 分 as 元 to the last 分, for a tooltip."""
    whole, part = divmod(abs(amount), 100)
    return ("-" if amount < 0 else "") + f"{whole:,}" + (f".{part:02d}" if part else "")


def percent(part: int, whole: int, places: int = 1) -> str:
    """``part`` as a percentage of ``whole``; a dash where ``whole`` is not above zero."""
    if whole <= 0:
        return "—"
    scale = 100 * 10**places
    scaled, rest = divmod(abs(part) * scale, whole)
    scaled += 2 * rest >= whole
    head, tail = divmod(scaled, 10**places)
    sign = "-" if part < 0 and scaled else ""
    return f"{sign}{head:,}" + (f".{tail:0{places}d}" if places else "") + "%"


def grouped(text: str) -> str:
    """An exact decimal text with separators in its whole part."""
    sign = "-" if text.startswith("-") else ""
    head, _, tail = text.removeprefix("-").partition(".")
    return f"{sign}{int(head):,}" + (f".{tail}" if tail else "")
