"""One table of a kind, every cell checked: from its texts to the columns that are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.warehouse.intake.columns import FACTS, Heading
from quotaloom.warehouse.intake.date_text import Habits
from quotaloom.warehouse.intake.gather import FILE, ROW
from quotaloom.warehouse.intake.star import Star
from quotaloom.warehouse.intake.subtotals import (
    Ledger,
    find_subtotals,
    may_hold_sums,
    subtotal_findings,
)
from quotaloom.warehouse.tables.cell import Cells
from quotaloom.warehouse.tables.rule import filled, row_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.warehouse.intake.coded import Coded
    from quotaloom.warehouse.intake.members import Tally
    from quotaloom.warehouse.intake.raw_table import RawTable
    from quotaloom.warehouse.tables.column import Kind
    from quotaloom.warehouse.tables.mapping import Chosen
    from quotaloom.warehouse.tables.request import Step, TableRequest

AMOUNTS: Final = ("amount", "net_amount", "tax", "cost", "spent")
FEW_BLANKS: Final = 5  # a key is blank in at most one row of so many, or says nothing of sums

Headings = dict[str, Heading]


def headings_of(chosen: Chosen) -> Headings:
    """Where each column of the kind stands."""
    return {name: Heading(FACTS, header) for name, header in chosen.headers.items()}


def cells_of(request: TableRequest, raw: RawTable, tallies: dict[str, Tally]) -> Cells:
    """The cells of a table, read in the habits of the request."""
    star = Star({FACTS: raw}, raw.rows, raw.frame)
    from_1904 = raw.about.get("date_system") == "1904"
    habits = Habits(request.calendar, request.date_order, request.zone, from_1904)
    return Cells(star, habits, request.decimal_mark, request.aliases, tallies)


def checked(request: TableRequest, cells: Cells, chosen: Chosen, step: Step) -> pl.DataFrame:
    """The columns as they are stored; what is wrong in them is added to the findings of cells."""
    kind, headings = request.kind, headings_of(chosen)
    columns: dict[str, pl.Series] = {}
    wanted = [one for one in kind.columns if one.name in headings]
    for number, column in enumerate(wanted, 1):
        step("check", number, len(wanted))
        columns[column.name] = cells.read(column, headings[column.name])
    needed = {name for group in kind.groups() for name in group if name in headings}
    blanks = {name: cells.blank(headings[name], columns[name]) for name in needed}
    for header in chosen.kept:
        columns[header] = cells.member(Heading(FACTS, header))
    rows = cells.star.rows
    columns[FILE] = pl.Series([cells.star.tables[FACTS].file]).new_from_index(0, len(rows))
    columns[ROW] = rows
    frame = pl.DataFrame(columns)
    places = {name: cells.star.place(heading) for name, heading in headings.items()}
    cells.findings += filled(kind, blanks, places)
    written = {name: cells.star.column(heading) for name, heading in headings.items()}
    cells.findings += row_findings(kind, frame, places, written)
    return frame


def amount_of(headings: Mapping[str, Heading]) -> Heading | None:
    """The column whose sums are looked for."""
    return next((headings[name] for name in AMOUNTS if name in headings), None)


def keys_of(kind: Kind, star: Star, headings: Mapping[str, Heading]) -> dict[Heading, Coded]:
    """The columns whose blanks and words show that a row is a sum."""
    values = {one: kind.column(name).value for name, one in headings.items()}
    members = [one for one, value in values.items() if value == "member"]
    star.prime(members)
    return {
        one: star.coded(one) if one in members else star.texts(one)
        for one, value in values.items()
        if value in ("code", "member")
    }


def without_sums(request: TableRequest, cells: Cells, headings: Mapping[str, Heading]) -> Star:
    """The rows that are no sums of others; sums are refused or told, as the request says."""
    star, amount = cells.star, amount_of(headings)
    if amount is None:
        return star
    dates = star.column(headings["date"]) if "date" in headings else None
    keys = keys_of(request.kind, star, headings)
    headers = [one.header for one in keys]
    keys = {one: texts for one, texts in keys.items() if _says_something(texts)}
    if not may_hold_sums(list(keys.values()), dates):
        return star
    coded = [star.coded(one) for one in keys]
    if dates is not None:
        coded = [star.coded(headings["date"]), *coded]
    values = cells.amounts(amount).values
    others = star.frame.select(pl.col(pl.String).exclude(headers))
    found = find_subtotals(Ledger(values, coded, others.get_columns()))
    cells.findings += subtotal_findings(found, values, star.place(amount), request.subtotals)
    if not found.rows:
        return star
    keep = pl.Series([True]).new_from_index(0, len(star.rows))
    return star.kept(keep.scatter(list(found.rows), False))  # noqa: FBT003 - a value


def _says_something(key: Coded) -> bool:
    return key.blanks() * FEW_BLANKS <= len(key)
