"""Which facts a filter keeps: its tests asked once of each distinct text of a column."""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.period_labels import parse_period
from quotaloom.warehouse.intake.amount_text import SCALE, read_texts
from quotaloom.warehouse.intake.date_text import Day, Habits, read_day
from quotaloom.warehouse.intake.name_text import clean, cleaned
from quotaloom.warehouse.intake.where_grammar import Among, Blank, Both, Compare, Like, Not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.warehouse.intake.columns import Heading
    from quotaloom.warehouse.intake.star import Star
    from quotaloom.warehouse.intake.where_grammar import Test, Word

_WILD: Final = {"*": ".*", "?": "."}
_EDGE: Final = 2**62
_YEAR: Final = re.compile(r"(?:19[5-9]|20[0-9]|21[0-4])[0-9]")
_ORDERS: Final[dict[str, Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(slots=True)
class Filter:
    """The facts of one file under a test; ``findings`` says which cells could not be compared."""

    star: Star
    columns: Mapping[str, Heading]
    aliases: Mapping[str, str]
    habits: Habits
    findings: list[Finding] = field(default_factory=list)
    _names: dict[str, pl.Series] = field(default_factory=dict)

    def keeps(self, test: Test) -> pl.Series:
        """True for each fact that the test holds for.

        A blank cell equals nothing and is neither larger nor smaller than anything; ``!=`` and
        ``not`` are exact opposites, so they keep it.
        """
        if isinstance(test, Not):
            return ~self.keeps(test.test)
        if isinstance(test, Both):
            parts = [self.keeps(part).alias(str(at)) for at, part in enumerate(test.tests)]
            joined = pl.all_horizontal if test.kind == "and" else pl.any_horizontal
            return pl.DataFrame(parts).select(joined(pl.all()).alias("kept")).to_series()
        column = self.star.coded(self.columns[test.column])
        blank = isinstance(test, Blank) or (isinstance(test, Compare) and test.operator == "!=")
        names = self._cleaned(test.column)
        held = pl.select(pl.when(names == "").then(blank).otherwise(self._holds(test, names)))
        return column.spread(held.to_series()).fill_null(value=blank)

    def _cleaned(self, column: str) -> pl.Series:
        if column not in self._names:
            self._names[column] = cleaned(self.star.coded(self.columns[column]).texts)
        return self._names[column]

    def _holds(self, test: Compare | Among | Like | Blank, names: pl.Series) -> pl.Series:
        if isinstance(test, Blank):
            return names == ""
        if isinstance(test, Like):
            return names.str.contains(_pattern(clean(test.pattern)))
        if isinstance(test, Among):
            held = self._equal(names, test.values[0])
            for value in test.values[1:]:
                held |= self._equal(names, value)
            return held
        if test.operator in _ORDERS:
            return self._ordered(names, test)
        equal = self._equal(names, test.value)
        return ~equal if test.operator == "!=" else equal

    def _equal(self, names: pl.Series, value: Word) -> pl.Series:
        """Equal as a text (before or after aliases), or as a bare number or day."""
        wanted = clean(value.text)
        texts = [wanted, *(old for old, new in self.aliases.items() if new == wanted)]
        held = names.is_in(texts)
        if value.quoted:
            return held
        if (number := _number(value.text)) is not None:
            whole = number * SCALE
            if whole.denominator == 1 and abs(whole) < _EDGE:
                held |= (_numbers(names) == whole.numerator).fill_null(value=False)
        elif (span := _span(value.text, self.habits)) is not None:
            days = _days(names, self.habits)
            held |= ((days >= span[0]) & (days < span[1])).fill_null(value=False)
        return held

    def _ordered(self, names: pl.Series, test: Compare) -> pl.Series:
        """Before or after a number or a day; a cell that is neither is refused."""
        number = _number(test.value.text)
        span = _span(test.value.text, self.habits)
        if number is not None:
            cells = _numbers(names)
            if not self._odd(names, cells, test.column) or not _YEAR.fullmatch(test.value.text):
                return self._compared(names, cells, test, _edges(number, test.operator))
            span = (date(int(test.value.text), 1, 1), date(int(test.value.text) + 1, 1, 1))
        if span is None:
            self.findings.append(
                error("where.value_not_comparable", test.column, literal=test.value.text)
            )
            return pl.Series([False]).new_from_index(0, len(names))
        first, past = span
        edge = {"<": first, ">=": first, "<=": past, ">": past}[test.operator]
        strict: Mapping[str, str] = {"<=": "<", ">": ">="}
        order = strict.get(test.operator, test.operator)
        return self._compared(names, _days(names, self.habits), test, (order, edge))

    def _compared(
        self, names: pl.Series, cells: pl.Series, test: Compare, edge: tuple[str, object]
    ) -> pl.Series:
        odd = self._odd(names, cells, test.column)
        if odd:
            self.findings.append(self._not_comparable(test, odd))
        held: pl.Series = _ORDERS[edge[0]](cells, edge[1])
        return held.fill_null(value=False)

    def _odd(self, names: pl.Series, cells: pl.Series, column: str) -> Sequence[int]:
        """The texts that some fact has, and that are no such number or day."""
        counts = pl.Series(self.star.coded(self.columns[column]).counts())
        return (cells.is_null() & (names != "") & (counts > 0)).arg_true().to_list()

    def _not_comparable(self, test: Compare, odd: Sequence[int]) -> Finding:
        heading = self.columns[test.column]
        column = self.star.coded(heading)
        rows = column.codes.is_in(odd)
        first = rows.arg_max() or 0
        address = self.star.place(heading).address(first, column.texts[column.codes[first]])
        literal, count = test.value.text, int(rows.sum())
        return error("where.not_comparable", test.column, literal=literal, count=count, **address)


def _number(text: str) -> Fraction | None:
    amount = read_amount(text)
    return amount.value if isinstance(amount, Amount) else None


def _numbers(names: pl.Series) -> pl.Series:
    """The names as numbers of scale 4, null where they are none."""
    return read_texts(names, Fraction(1)).values


def _days(names: pl.Series, habits: Habits) -> pl.Series:
    read = (read_day(name, habits) for name in names.to_list())
    return pl.Series([day.day if isinstance(day, Day) else None for day in read], dtype=pl.Date)


def _edges(number: Fraction, order: str) -> tuple[str, int]:
    """The order and the whole number of scale 4 that ask the same of whole numbers."""
    scaled = number * SCALE
    edge = math.ceil(scaled) if order in ("<", ">=") else math.floor(scaled)
    return order, max(-_EDGE, min(_EDGE, edge))


def _span(text: str, habits: Habits) -> tuple[date, date] | None:
    """The days ``[first, past)`` that a date, a month or another period of the text names."""
    found = read_day(text, habits)
    if isinstance(found, str) or found.precision in ("serial", "zone"):
        return None
    if found.precision == "day":
        return found.day, found.day + timedelta(days=1)
    try:
        period = parse_period(text, habits.calendar)
    except QuotaLoomError:
        return None
    return period.start, period.end


def _pattern(pattern: str) -> str:
    """A whole-text regular expression in which only ``*`` and ``?`` mean anything."""
    texts = (
        pl.escape_regex(part) if part not in _WILD else _WILD[part] for part in _parts(pattern)
    )
    return f"(?s)^{''.join(texts)}$"


def _parts(pattern: str) -> list[str]:
    return re.split(r"([*?])", re.sub(r"[*]+", "*", pattern))
