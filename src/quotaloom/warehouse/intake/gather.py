"""One file's facts, from its rows to checked columns: filter, leave out sums, check the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.findings import Finding, info
from quotaloom.warehouse.intake.aliases import headline
from quotaloom.warehouse.intake.amount_column import (
    amount_findings,
    currencies,
    currency_findings,
    first_signs,
    read_amounts,
)
from quotaloom.warehouse.intake.columns import FACTS
from quotaloom.warehouse.intake.date_column import date_findings, read_dates
from quotaloom.warehouse.intake.date_text import Habits
from quotaloom.warehouse.intake.join import Misses, count_misses, miss_findings
from quotaloom.warehouse.intake.members import Tally, alias_findings, read_members
from quotaloom.warehouse.intake.subtotals import (
    Ledger,
    find_subtotals,
    may_hold_sums,
    subtotal_findings,
)
from quotaloom.warehouse.intake.weights_file import (
    FINEST,
    Weights,
    read_weights,
    repeated,
    weight_findings,
)
from quotaloom.warehouse.intake.where import Filter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.amount_text import Amounts
    from quotaloom.warehouse.intake.columns import Heading
    from quotaloom.warehouse.intake.join import Link
    from quotaloom.warehouse.intake.request import IntakeRequest
    from quotaloom.warehouse.intake.star import Star
    from quotaloom.warehouse.intake.where_grammar import Test


FILE, ROW = "§file", "§row"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns of one file are taken for what. ``tested`` are those the filter names."""

    date: Heading | None
    amount: Heading
    dimensions: Mapping[str, Heading]
    tested: Mapping[str, Heading]
    links: Sequence[Link]

    def headers(self) -> list[str]:
        """The headers of the facts that are needed at all."""
        used = [self.amount, *self.dimensions.values(), *self.tested.values()]
        used += [link.left for link in self.links] + ([self.date] if self.date else [])
        return list(dict.fromkeys(one.header for one in used if one.table == FACTS))


@dataclass(slots=True)
class Gatherer:
    """What is gathered file by file; ``closing`` says what is told once for all of them."""

    request: IntakeRequest
    test: Test | None
    findings: list[Finding] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: dict[str, Misses] = field(default_factory=dict)
    currencies: Counter[str] = field(default_factory=Counter)
    signs: dict[str, dict[str, Param]] = field(default_factory=dict)
    scale: int = 4
    percent: bool = False

    def add(self, star: Star, plan: Plan) -> int:
        """Check the facts of one file and keep them; how many became facts."""
        keep = self._filtered(star, plan)
        amounts = self._amounts(star, plan)
        summed = self._summed(star, plan, amounts, keep)
        keep &= ~summed
        if not keep.all():
            star, amounts = star.kept(keep), amounts.kept(keep)
        for link in plan.links:
            count_misses(star, self.misses.setdefault(link.name, Misses(link)))
        frame = pl.DataFrame(self._columns(star, plan, amounts))
        self.frames.append(frame)
        if not self.request.dated:
            rows = star.frame.drop(plan.amount.header)
            members = frame.select(list(plan.dimensions))
            self.findings += repeated(rows, members, star.place(plan.amount))
        return len(frame)

    def closing(self, amount: str) -> list[Finding]:
        """What joins did not find, what became of names, and the currencies, over all files."""
        found = [finding for misses in self.misses.values() for finding in miss_findings(misses)]
        found += [one for name, tally in self.tallies.items() for one in tally.findings(name)]
        found += alias_findings(self.tallies.values(), self.request.aliases)
        return found + currency_findings(self.currencies, amount, self.signs)

    def _habits(self, star: Star) -> Habits:
        """How the file writes dates, as far as the request and the workbook say."""
        from_1904 = star.tables[FACTS].about.get("date_system") == "1904"
        request = self.request
        return Habits(request.calendar, request.date_order, request.zone, from_1904)

    def _filtered(self, star: Star, plan: Plan) -> pl.Series:
        if self.test is None:
            return pl.Series([True]).new_from_index(0, len(star.rows))
        chosen = Filter(star, plan.tested, self.request.aliases, self._habits(star))
        keep = chosen.keeps(self.test)
        place = star.place(plan.amount)
        kept, count = int(keep.sum()), len(keep)
        self.findings += chosen.findings
        self.findings.append(info("where.kept", "", file=place.file, kept=kept, count=count))
        return keep

    def _amounts(self, star: Star, plan: Plan) -> Amounts:
        mark, head = self.request.decimal_mark, headline(plan.amount.header)
        column = star.column(plan.amount)
        if self.request.dated:
            return read_amounts(column, head, decimal_mark=mark)
        # One scale for all files: several stay at four decimals.
        finest = FINEST if len(self.request.files) <= 1 else 4
        weights = read_weights(column, head, decimal_mark=mark, finest=finest)
        self.scale, self.percent = weights.scale, weights.percent
        return weights.amounts

    def _summed(self, star: Star, plan: Plan, amounts: Amounts, keep: pl.Series) -> pl.Series:
        """The kept rows that are sums of others; refused or told, as the request says."""
        keys = [key for key in plan.dimensions.values() if key.table == FACTS]
        date = [plan.date] if plan.date and plan.date.table == FACTS else []
        star.prime([*keys, *(link.left for link in plan.links)])
        dates = star.column(date[0]) if date else None
        summed = pl.Series([False]).new_from_index(0, len(keep))
        if not may_hold_sums([star.coded(key) for key in keys], dates):
            return summed
        keys = [*date, *keys]
        taken = {key.header for key in [*keys, plan.amount]}
        texts = star.frame.select(pl.col(pl.String).exclude(taken))
        ledger = Ledger(amounts.values, [star.coded(key) for key in keys], texts.get_columns())
        found = find_subtotals(ledger).among(keep)
        place = star.place(plan.amount)
        policy = self.request.subtotals
        self.findings += subtotal_findings(found, amounts.values, place, policy)
        return summed.scatter(list(found.rows), True) if found.rows else summed  # noqa: FBT003

    def _columns(self, star: Star, plan: Plan, amounts: Amounts) -> dict[str, pl.Series]:
        columns = {}
        if plan.date is not None:
            cells, place = star.column(plan.date), star.place(plan.date)
            dates = read_dates(cells, self._habits(star))
            self.findings += date_findings(dates, cells, place)
            columns["date"] = dates.values
        cells, head = star.column(plan.amount), headline(plan.amount.header)
        place = star.place(plan.amount)
        self.findings += amount_findings(amounts, cells, place, head)
        self.currencies.update(currencies(amounts, head))
        for currency, row in first_signs(amounts).items():
            self.signs.setdefault(currency, place.address(row, cells[row]))
        columns["amount"] = amounts.values
        if not self.request.dated:
            weights = Weights(amounts, self.scale, self.percent)
            self.findings += weight_findings(weights, cells, star.place(plan.amount))
        for name, heading in plan.dimensions.items():
            tally = self.tallies.setdefault(name, Tally())
            place, texts = star.place(heading), star.coded(heading)
            names, found = read_members(texts, self.request.aliases, place, tally)
            self.findings += found
            columns[name] = names
        if self.request.traced:
            named = pl.Series([place.file], dtype=pl.String)
            columns[FILE] = named.new_from_index(0, len(star.rows))
            columns[ROW] = star.rows
        return columns
