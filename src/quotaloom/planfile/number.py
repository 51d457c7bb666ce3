"""Figures of a plan file: amounts in 元 or counts, exact numbers, rates, days, whole numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import GRAMMAR
from quotaloom.core.allocation.journal.plan import RATE, PlanMeasure
from quotaloom.core.model import amounts
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import Finding
from quotaloom.core.model.money import MINOR, to_units

if TYPE_CHECKING:
    from quotaloom.planfile.piece import Piece

Measures = Mapping[str, PlanMeasure]
_PLACES: Final = 12  # more decimals than that are written as a fraction
_LONGEST: Final = 400
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?|[-+]?[0-9]+/0*[1-9][0-9]*")
_PLAIN: Final = re.compile(r"-?[0-9]{1,16}")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,17}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def write_amount(amount: int, measure: PlanMeasure) -> str:
    """Units of a measure in 元, as a plain count where it is no money, or as a rate."""
    return measure.say(amount)


def read_amount(piece: Piece, measure: PlanMeasure) -> int:
    """An amount in 元 (350000, 35万), a count or a rate (35.2%), in units of its measure.

    No part of a unit is taken.
    """
    if measure.kind == "ratio":
        return _millionths(piece)
    if _PLAIN.fullmatch(piece.text) and measure.is_money:  # as we write it, and as most are
        return _units(piece, int(piece.text), measure)
    found = amounts.read_amount(piece.text)
    if isinstance(found, Finding):
        raise piece.refused("planfile.amount_unreadable")
    if found.currency is not None:
        raise piece.refused("planfile.currency_written")
    if measure.is_money:
        return _units(piece, found.value, measure)
    if found.value.denominator != 1 or abs(found.value) >= 2**63:
        raise piece.refused("planfile.no_count", measure=measure.code)
    return int(found.value)


def _millionths(piece: Piece) -> int:
    """A rate in millionths: 35.2% is 352000. It has four decimals at most."""
    found = read_rate(piece) * RATE
    if found.denominator != 1 or abs(found) >= 2**63:
        raise piece.refused("planfile.rate_unreadable")
    return int(found)


def _units(piece: Piece, amount: Fraction | int, measure: PlanMeasure) -> int:
    try:
        return to_units(amount * MINOR, measure.unit)
    except UsageRefused as told:
        raise DataRefused(map(piece.placed, told.findings)) from None


def write_number(value: Fraction) -> str:
    """An exact number: a decimal where it has one of twelve places at most, else a fraction."""
    scaled = next((p for p in range(_PLACES + 1) if (value * 10**p).denominator == 1), None)
    if scaled is None:
        return f"{value.numerator}/{value.denominator}"
    whole, rest = divmod(abs(int(value * 10**scaled)), 10**scaled)
    return ("-" if value < 0 else "") + f"{whole}" + (f".{rest:0{scaled}}" if scaled else "")


def read_number(piece: Piece) -> Fraction:
    """An exact number: 15, 0.15 or 1/3."""
    if len(piece.text) > _LONGEST or not _NUMBER.fullmatch(piece.text):
        raise piece.refused("planfile.number_unreadable")
    return Fraction(piece.text)


def read_numbers(piece: Piece) -> tuple[Fraction, ...]:
    """Exact numbers with commas between."""
    return tuple(read_number(one) for one in piece.split(","))


def write_rate(rate: Fraction) -> str:
    """A rate in percent: +10%, -5%."""
    return ("" if rate < 0 else "+") + write_number(rate * 100) + "%"


def read_rate(piece: Piece) -> Fraction:
    """A rate in percent; 1/10 is ten percent."""
    text = piece.text.removesuffix("%").removesuffix("％").rstrip()
    if len(text) > _LONGEST or text == piece.text or not _NUMBER.fullmatch(text):
        raise piece.refused("planfile.rate_unreadable")
    return Fraction(text) / 100


def read_day(piece: Piece) -> date:
    """A day: 2027-04-01."""
    if not _DAY.fullmatch(piece.text):
        raise piece.refused("planfile.day_unreadable")
    try:
        return date.fromisoformat(piece.text)
    except ValueError:
        raise piece.refused("planfile.day_unreadable") from None


def read_count(piece: Piece) -> int:
    """A whole number from 0, such as the number of a record."""
    if not _COUNT.fullmatch(piece.text):
        raise piece.refused("planfile.count_unreadable")
    return int(piece.text)


def read_grammar(piece: Piece) -> int:
    """The version of the grammar, of those that this house reads."""
    version = read_count(piece)
    if version != GRAMMAR:
        raise piece.refused("planfile.grammar_unknown", known=GRAMMAR)
    return version


def read_digest(piece: Piece) -> str:
    """A digest: 64 hexadecimal signs."""
    if not _DIGEST.fullmatch(piece.text):
        raise piece.refused("planfile.no_digest")
    return piece.text
