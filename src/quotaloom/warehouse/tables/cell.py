"""The cells of one column of a kind: read by what the column holds, every fault addressed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.aliases import headline
from quotaloom.warehouse.intake.amount_column import (
    amount_findings,
    currencies,
    currency_findings,
    first_signs,
    read_amounts,
)
from quotaloom.warehouse.intake.amount_text import LARGEST
from quotaloom.warehouse.intake.date_column import date_findings, read_dates
from quotaloom.warehouse.intake.members import Tally, read_members, spoilt
from quotaloom.warehouse.intake.name_text import cleaned
from quotaloom.warehouse.intake.place import cell_errors
from quotaloom.warehouse.tables.rate_column import read_rates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.amount_text import Amounts
    from quotaloom.warehouse.intake.coded import Coded
    from quotaloom.warehouse.intake.columns import Heading
    from quotaloom.warehouse.intake.date_text import Habits
    from quotaloom.warehouse.intake.place import Place
    from quotaloom.warehouse.intake.star import Star
    from quotaloom.warehouse.tables.column import Column

SCALED: Final = ("money", "quantity")


@dataclass(slots=True)
class Cells:
    """What is read of one file; ``findings`` grow column by column."""

    star: Star
    habits: Habits
    decimal_mark: Literal[".", ","]
    aliases: Mapping[str, str]
    tallies: dict[str, Tally]
    findings: list[Finding] = field(default_factory=list)
    noted: int = 0  # amounts that are written as more than plain digits

    def read(self, column: Column, heading: Heading) -> pl.Series:
        """The column as it is stored."""
        place = self.star.place(heading)
        if column.value in SCALED:
            values = self._scaled(heading, place)
        elif column.value == "rate":
            values, found = read_rates(self.star.column(heading), place)
            self.findings += found
        elif column.value == "day":
            values = self._days(heading, place)
        else:
            return self._texts(column, heading, place)
        if column.least is not None:
            low = (values < column.least).fill_null(value=False)
            cells = self.star.column(heading)
            self.findings += cell_errors(place, low, cells, code="tables.too_small")
        return values

    def member(self, heading: Heading) -> pl.Series:
        """A column of members: categories, blanks as 未归属."""
        tally = self.tallies.setdefault(heading.header, Tally())
        coded, place = self.star.coded(heading), self.star.place(heading)
        names, found = read_members(coded, self.aliases, place, tally)
        self.findings += found
        return names

    def blank(self, heading: Heading, values: pl.Series) -> pl.Series:
        """Where nothing is written; a cell that was refused is no blank one.

        ``values`` are what was read: only members are filled where nothing is written.
        """
        if values.dtype != pl.Categorical and not values.null_count():
            return pl.Series([False]).new_from_index(0, len(values))
        cells = self.star.column(heading)
        if cells.dtype != pl.String:
            return cells.is_null()
        return (cells.str.strip_chars() == "").fill_null(value=True)

    def amounts(self, heading: Heading) -> Amounts:
        """A column of amounts, unchecked."""
        head = headline(heading.header)
        return read_amounts(self.star.column(heading), head, decimal_mark=self.decimal_mark)

    def _scaled(self, heading: Heading, place: Place) -> pl.Series:
        cells, head = self.star.column(heading), headline(heading.header)
        amounts = self.amounts(heading)
        self.noted += len(amounts.noted)
        self.findings += amount_findings(amounts, cells, place, head, required=False)
        signs = {
            currency: place.address(row, cells[row])
            for currency, row in first_signs(amounts).items()
        }
        self.findings += currency_findings(currencies(amounts, head), place.header, signs)
        total = amounts.values.cast(pl.Int128).abs().sum() or 0
        if total > LARGEST:
            self.findings.append(error("intake.total_too_large", place.header))
        return amounts.values

    def _days(self, heading: Heading, place: Place) -> pl.Series:
        cells = self.star.column(heading)
        dates = read_dates(cells, self.habits)
        self.findings += date_findings(dates, cells, place, required=False)
        return dates.values

    def _texts(self, column: Column, heading: Heading, place: Place) -> pl.Series:
        if column.value == "member":
            return self.member(heading)
        is_choice = column.value == "choice"
        coded = self.star.coded(heading) if is_choice else self.star.texts(heading)
        self.findings += spoilt(coded, place)
        if is_choice:
            return self._choices(column, coded, place)
        names = cleaned(coded.texts)
        filled = pl.select(pl.when(names != "").then(names)).to_series()
        return coded.spread(filled).cast(pl.String)

    def _choices(self, column: Column, coded: Coded, place: Place) -> pl.Series:
        stored = [column.choice_of(text) for text in coded.texts.to_list()]
        blank = coded.texts.str.strip_chars() == ""
        wrong = pl.Series([one is None for one in stored], dtype=pl.Boolean) & ~blank
        if wrong.any():
            said = ", ".join(words.split("|")[0] for words in column.choices.values())
            bad = coded.spread(wrong).fill_null(value=False)
            found = cell_errors(place, bad, coded.rows(), code="tables.choice_unknown")
            self.findings += [replace(one, params={**one.params, "choices": said}) for one in found]
        return coded.spread(pl.Series(stored, dtype=pl.String))
