"""Whole 分 as people read them: 元 and 万元, growth and shares that add up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Final

from quotaloom.core.numeric.apportion import apportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.report.wording import Lang

FEN: Final = 100
LARGE: Final = 10**9  # a total of 1,000 万元 and more is read in 万元
MILLE: Final = 1000


@dataclass(frozen=True, slots=True)
class Display:
    """How amounts are shown: ``divisor`` in 分, ``decimals``, and a number format of Excel.

    The format only shows: cells always hold 元.
    """

    word: str
    divisor: int
    decimals: int
    number_format: str

    def text(self, fen: int) -> str:
        """The amount without its unit, rounded half up away from zero, with separators."""
        scaled = Fraction(abs(fen) * 10**self.decimals, self.divisor)
        whole = int(scaled + Fraction(1, 2))
        sign = "-" if fen < 0 and whole else ""
        return f"{sign}{Decimal(whole).scaleb(-self.decimals):,}"


# Excel has no "divide by 10,000": one comma divides by 1,000, a literal point stands before the
# last digit, and separators are literals too, as the built-in ones would count from the wrong end.
WAN: Final = Display(
    "万元", 10_000 * FEN, 1, '[>=9999950000]#","###","##0"."0,;[>=9999950]#","##0"."0,;0"."0,'
)
THOUSAND: Final = Display("CNY thousand", 1000 * FEN, 1, "#,##0.0,")
YUAN: Final = {"zh": Display("元", FEN, 0, "#,##0"), "en": Display("CNY", FEN, 0, "#,##0")}
CENTS: Final = {"zh": Display("元", FEN, 2, "#,##0.00"), "en": Display("CNY", FEN, 2, "#,##0.00")}


def display(total: int, unit: int, lang: Lang) -> Display:
    """万元 (thousands in English) for a large total, else 元 with 分 only where they occur."""
    if abs(total) >= LARGE:
        return WAN if lang == "zh" else THOUSAND
    return (CENTS if unit % FEN else YUAN)[lang]


def yuan(fen: int) -> int | float:
    """The amount in 元 as a cell holds it: whole where it is whole, else the nearest double."""
    return fen // FEN if fen % FEN == 0 else fen / FEN


def yuan_text(fen: int) -> str:
    """The amount in 元 as exact text: ``500000000`` or ``109402644.29``."""
    return scaled_text(fen, 2)


def scaled_text(value: int, scale: int) -> str:
    """``value`` of ``10**-scale`` as exact text, with at least two decimals where not whole."""
    whole, rest = divmod(abs(value), 10**scale)
    sign = "-" if value < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{f'{rest:0{scale}}'.rstrip('0').ljust(2, '0')}"


def scaled(value: int, scale: int) -> int | float:
    """``value`` of ``10**-scale`` as a cell holds it."""
    step: int = 10**scale
    return value // step if value % step == 0 else value / step


def growth(quota: int, last_year: int | None) -> Fraction | None:
    """Growth over last year; None where last year was nothing or less, or is not known."""
    if last_year is None or last_year <= 0:
        return None
    return Fraction(quota - last_year, last_year)


def growth_mille(quota: int, last_year: int | None) -> int | None:
    """Growth in thousandths, half away from zero; None as ``growth`` is."""
    if last_year is None or last_year <= 0:
        return None
    more = quota - last_year
    rate = (abs(more) * 2 * MILLE + last_year) // (2 * last_year)
    return rate if more >= 0 else -rate


def shares(parts: Sequence[int]) -> list[int | None]:
    """Shares in thousandths that add up to 1,000 by largest remainder.

    All None where a part is negative or nothing is there to share.
    """
    return shares_within([parts])[0]


def shares_within(groups: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """``shares`` of each group, split at once: a tree has thousands."""
    fair = [min(parts, default=-1) >= 0 and any(parts) for parts in groups]
    split = [parts for parts, is_fair in zip(groups, fair, strict=True) if is_fair]
    starts = list(accumulate(map(len, split), initial=0))
    found = iter(apportion([MILLE] * len(split), list(chain(*split)), starts).tolist())
    return [
        list(islice(found, len(parts))) if is_fair else [None] * len(parts)
        for parts, is_fair in zip(groups, fair, strict=True)
    ]
