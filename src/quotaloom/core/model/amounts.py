"""Amounts, shares and targets as people write them: 5亿, 350万元, ￥1,234.50, (1,000), +15%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.money import MINOR, half_up
from quotaloom.core.model.names import half_width

if TYPE_CHECKING:
    from re import Match

Unit = Literal["元", "万元", "亿元"]

LONGEST: Final = 64
UNITS: Final[dict[str, int]] = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "W": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
CURRENCIES: Final[dict[str, str]] = {
    "¥": "CNY",
    "元": "CNY",
    "元整": "CNY",
    "圆": "CNY",
    "人民币": "CNY",
    "CNY": "CNY",
    "RMB": "CNY",
    "$": "USD",
    "US$": "USD",
    "USD": "USD",
    "美元": "USD",
    "€": "EUR",
    "EUR": "EUR",
    "欧元": "EUR",
    "HK$": "HKD",
    "HKD": "HKD",
    "港币": "HKD",
    "港元": "HKD",
    "£": "GBP",
    "GBP": "GBP",
    "英镑": "GBP",
    "JPY": "JPY",
    "日元": "JPY",
}
_MINUS: Final = "\u2212\u2010\u2011\u2012\u2013\u2014\u2015\ufe63"
_BLANK: Final = "\u00a0\u2007\u2009\u202f"
_SAME: Final = (
    dict.fromkeys(map(ord, _MINUS), "-")
    | dict.fromkeys(map(ord, _BLANK), " ")
    | {ord("￥"): "¥", ord("￡"): "£", ord("萬"): "万", ord("億"): "亿"}
)


def _any(words: dict[str, str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_CURRENCY: Final = _any(CURRENCIES)
_UNIT: Final = _any(UNITS)
_AMOUNT: Final = re.compile(
    rf"(?P<open>[-+(]?) *(?P<before>{_CURRENCY})? *(?P<inner>[-+(]?) *"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|(?=\.))(?P<part>\.[0-9]+)?"
    rf" *(?P<close>\)?) *(?P<unit>{_UNIT})? *(?P<middle>\)?)"
    rf" *(?P<after>{_CURRENCY})? *(?P<last>\)?)"
)
_MISGROUPED: Final = (
    rf"[-+(]?(?:{_CURRENCY})? *[0-9]+([,. ][0-9]+)+ *(?:{_UNIT})? *(?:{_CURRENCY})?\)?"
)
_PERCENT: Final = re.compile(r"([-+]?) *([0-9]+)(\.[0-9]+)? *%")
_MULTIPLE: Final = re.compile(r"([0-9]+)(\.[0-9]+)? *[X倍×]")
_REASONS: Final = tuple(
    (code, re.compile(shape))
    for code, shape in (
        ("amount.empty", r""),
        ("amount.only_dash", r"-+"),
        ("amount.underscore", r".*_.*"),
        ("amount.hexadecimal", r"[-+]?0[XOB][0-9A-F]*"),
        ("amount.exponent", r".*[0-9.]E[-+]?[0-9].*"),
        ("amount.not_a_number", r"[-+]?(S?NAN|INF|INFINITY|∞|无穷大?)"),
        ("amount.percent", r".*%"),
        (
            "amount.chinese_numerals",
            r".*[零〇一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖拾佰仟两].*|[十百千万亿]+[^0-9]*",
        ),
        ("amount.grouping", _MISGROUPED),
    )
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact amount in units of its currency; ``unit`` is the word it was written with (万)."""

    value: Fraction
    currency: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A total as it was asked for: an ``absolute`` amount, a ``growth`` share or a ``multiple``."""

    kind: Literal["absolute", "growth", "multiple"]
    value: Fraction
    currency: str | None = None

    def amount(self, base: Fraction | int) -> Fraction:
        """The target in the currency unit of the base; an absolute one does not look at it."""
        if self.kind == "absolute":
            return self.value
        return base * (self.value + (self.kind == "growth"))


def read_amount(text: str, *, decimal_mark: Literal[".", ","] = ".") -> Amount | Finding:
    """The amount, or the finding that says why the text is none. Never slow, whatever the text.

    ``decimal_mark`` is the file's: with "," the text 1.234,56 is read.
    """
    plain = _plain(text)
    if isinstance(plain, Finding):
        return plain
    if decimal_mark == ",":
        plain = plain.translate({ord(","): ".", ord("."): ","})
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        return _why_not(text, plain)
    signs = match["open"] + match["inner"]
    closes = match["close"] + match["middle"] + match["last"]
    if len(signs) > 1 or len(closes) != signs.count("("):
        return _refusal("amount.unreadable", text)
    return _amount(match, text, negative=signs in ("-", "("))


def parse_amount(text: str, *, decimal_mark: Literal[".", ","] = ".") -> Amount:
    """The amount that the text says; raises UsageRefused with the reason where it says none."""
    found = read_amount(text, decimal_mark=decimal_mark)
    if isinstance(found, Finding):
        raise UsageRefused([found])
    return found


def parse_share(text: str) -> Fraction:
    """A share of a whole: 35% is 7/20. More than 100 % is read, a sign is refused."""
    plain = _plain(text)
    match = None if isinstance(plain, Finding) else _PERCENT.fullmatch(plain)
    if match is None or match[1]:
        raise UsageRefused([_refusal("share.unreadable", text)])
    return _number(match[2], match[3]) / 100


def parse_target(text: str) -> Target:
    """A total: 5亿 absolute, +15% or -5% growth, 1.2x or 1.2倍 a multiple.

    A percent without a sign and an amount with one can be meant in two ways and are refused.
    """
    plain = _plain(text)
    if isinstance(plain, Finding):
        raise UsageRefused([plain])
    if match := _PERCENT.fullmatch(plain):
        return Target("growth", _growth(match, text))
    if match := _MULTIPLE.fullmatch(plain):
        return Target("multiple", _number(match[1], match[2]))
    amount = parse_amount(text)
    if set("+-(") & set(plain):
        raise UsageRefused([_refusal("target.sign_unclear", text)])
    return Target("absolute", amount.value, amount.currency)


def format_amount(
    minor: int, lang: Literal["zh", "en"], unit: Unit = "元", *, digits: int = 2
) -> str:
    """分 for people: 10,940.26万元; in English CNY 10,940.26 ×10k. For show only, never re-summed.

    Rounded half-up to ``digits`` decimals, which are left out where they are all 0.
    """
    size = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit] * MINOR
    scaled = half_up(Fraction(minor * 10**digits, size))
    whole, part = divmod(abs(scaled), 10**digits)
    sign = "-" if scaled < 0 else ""
    number = f"{sign}{whole:,}" + (f".{part:0{digits}}" if part else "")
    if lang == "zh":
        return number + unit
    return f"CNY {number}" + {"元": "", "万元": " ×10k", "亿元": " ×100m"}[unit]


def _plain(text: str) -> str | Finding:
    """The text in the signs of the grammar; refused when long, before anything reads it."""
    if len(text) > LONGEST:
        return _refusal("amount.too_long", text)
    return half_width(text.translate(_SAME)).strip().upper()


def _amount(match: Match[str], text: str, *, negative: bool) -> Amount | Finding:
    currencies = {CURRENCIES[word] for word in (match["before"], match["after"]) if word}
    if len(currencies) > 1:
        return _refusal("amount.two_currencies", text)
    value = _number(match["whole"], match["part"]) * UNITS.get(match["unit"], 1)
    unit = "万" if match["unit"] == "W" else match["unit"]
    return Amount(-value if negative else value, next(iter(currencies), None), unit)


def _number(whole: str, part: str | None) -> Fraction:
    """Digits that a pattern has checked, as an exact number."""
    decimals = (part or ".")[1:]
    digits = whole.replace(",", "").replace(" ", "") + decimals
    return Fraction(int(digits), 10 ** len(decimals))


def _growth(match: Match[str], text: str) -> Fraction:
    if not match[1]:
        raise UsageRefused([_refusal("target.percent_unsigned", text)])
    share = _number(match[2], match[3]) / 100
    if match[1] == "-" and share > 1:
        raise UsageRefused([_refusal("target.below_zero", text)])
    return -share if match[1] == "-" else share


def _why_not(text: str, plain: str) -> Finding:
    if any(sign.isdigit() and not sign.isascii() for sign in plain):
        return _refusal("amount.foreign_digits", text)
    reasons = (code for code, shape in _REASONS if shape.fullmatch(plain))
    return _refusal(next(reasons, "amount.unreadable"), text)


def _refusal(code: str, text: str) -> Finding:
    return error(code, value=text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
