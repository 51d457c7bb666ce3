"""Laws of regional bridges over generated papers: their sum, and what they never tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.attainment.books import FIGURES
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.books.request import BooksRequest
from quotaloom.cycle.books.verb import books
from quotaloom.warehouse.batches.row import BATCH, FILE, ROW
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.counts import examples
from tests.support.regions import COMPANY, EAST, NORTH

READERS = {"华东": EAST, "华北": NORTH}
YEAR = BooksRequest(period="2026", by="region")
NUMBERED = {"returns": "return_no", "acceptances": "acceptance", "invoices": "invoice"}
NUMBER = st.sampled_from(["HT-1", "HT-2", "HT-3", "HT-4"])
WHAT = {
    "date": st.dates(date(2025, 6, 1), date(2027, 6, 30)),
    "amount": st.integers(-500_000, 5_000_000).map(lambda fen: fen * 100),
    "tax_rate": st.sampled_from([1_300, 600, None]).map(lambda rate: rate and rate * 100),
    "region": st.sampled_from(["华东", "东区", "华北", "华中", UNASSIGNED]),
}
LINE = st.fixed_dictionaries(
    {
        **WHAT,
        "contract": NUMBER,
        "seat": st.sampled_from(["E1", "E2", "N1", "X9", UNASSIGNED]),
    }
)
PAPER = st.fixed_dictionaries({**WHAT, "contract": NUMBER | st.sampled_from(["HT-9", None])})


class Held:
    """Facts that were never in a file."""

    def __init__(self, tables):
        self.tables = tables

    def facts(self, name, _position=None):
        rows = [
            {**row, FILE: f"{name}.csv", ROW: number, BATCH: 1}
            for number, row in enumerate(self.tables.get(name, []), 2)
        ]
        origin = {FILE: pl.String, ROW: pl.Int64, BATCH: pl.Int64}
        return pl.DataFrame(rows, schema=KINDS[name].schema() | origin)


@st.composite
def papers(draw):
    """Contracts and what followed them, over three years and all regions."""
    tables = {"contract_lines": draw(st.lists(LINE, min_size=3, max_size=9))}
    for number, line in enumerate(tables["contract_lines"], 1):
        line["line"] = str(number)
    for kind, no in {**NUMBERED, "receipts": "receipt"}.items():
        tables[kind] = draw(st.lists(PAPER, max_size=5))
        for number, paper in enumerate(tables[kind], 1):
            paper[no] = f"{kind}-{number}"
            paper.pop("tax_rate" if kind == "receipts" else "", None)
    return tables


def figures(tables, request, places):
    """The bridge, zeros where there is none."""
    try:
        return books(Held(tables), request, places).whole
    except DataRefused:
        return dict.fromkeys(FIGURES, 0)


@given(papers())
@settings(max_examples=examples(100), deadline=None)
def test_regions_and_the_rest_are_the_whole_to_the_fen(tables):
    found = books(Held(tables), YEAR, COMPANY)
    parts = dict(found.parts)
    assert found.closes
    seen = {name: figures(tables, YEAR, places) for name, places in READERS.items()}
    rest = [parts[name] for name in parts if name not in READERS]
    for name in FIGURES:
        assert sum(one[name] for one in (*seen.values(), *rest)) == found.whole[name]
    for name, part in parts.items():
        assert figures(tables, replace(YEAR, region=name), COMPANY) == part
        assert seen.get(name, part) == part


@given(papers())
@settings(max_examples=examples(100), deadline=None)
def test_what_is_hidden_may_change_without_a_trace(tables):
    assert told(hidden_changed(tables)) == told(tables)


def told(tables):
    """Everything that 华东 learns."""
    try:
        found = books(Held(tables), replace(YEAR, by="contract"), EAST)
    except DataRefused as refusal:
        return refusal.findings
    kept = found.postings.drop("§key").rows()
    return found.whole, found.parts, found.across, found.regions, found.retained, kept


def hidden_changed(tables):
    """The same papers; everything that does not touch 华东 has another amount."""
    lines = tables["contract_lines"]
    signed = {row["contract"] for row in lines}
    near = {row["contract"] for row in lines if is_eastern(row)}
    followed = [row for kind, rows in tables.items() if kind != "contract_lines" for row in rows]
    loose = [row for row in followed if row["contract"] not in signed]
    near |= {row["contract"] for row in loose if is_eastern(row)} - {None}

    def changed(row):
        alone = row["contract"] is None and is_eastern(row)
        return (
            row if alone or row["contract"] in near else row | {"amount": row["amount"] * 3 + 700}
        )

    return {kind: [changed(row) for row in rows] for kind, rows in tables.items()}


def is_eastern(row):
    """Whether a row says that it is of 华东."""
    seat = row.get("seat")
    return seat in {"E1", "E2"} or (seat != "N1" and row["region"] in {"华东", "东区"})
