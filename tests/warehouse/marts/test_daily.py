"""Daily sums that are kept: always those of the facts that count."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from quotaloom.core.model.measures.dictionary import Dictionary
from quotaloom.cycle.measures.figures import FigureRequest, figures, keep_marts
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.marts import daily, shelf_file
from quotaloom.warehouse.marts.shelf_file import MARTS

ASKED = (
    FigureRequest(codes=("ordered", "margin_rate", "quantity"), by=("region",), time="month"),
    FigureRequest(codes=("ordered_net.share",), by=("region", "product_line"), time="year"),
    FigureRequest(codes=("ordered",), by=("person",), within={"region": ("华东",)}),
    FigureRequest(codes=("average_order_value", "ordered"), until=date(2025, 3, 1)),
)


def lines(seed, count=60):
    dice = Random(seed)
    return pl.DataFrame(
        [
            {
                "date": dice.choice([None, date(2025, 1, 1) + timedelta(dice.randrange(200))]),
                "order": str(dice.randrange(10**6)),
                "region": dice.choice(["华东", "西北", None]),
                "person": dice.choice(["甲", "乙"]),
                "product_line": dice.choice(["A", "B"]),
                "amount": dice.randrange(-(10**8), 10**9),
                "net_amount": dice.randrange(10**9),
                "cost": dice.choice([None, dice.randrange(10**8)]),
                "quantity": dice.randrange(10) * 10_000,
            }
            for _ in range(count)
        ],
        infer_schema_length=None,
    ).cast({"date": pl.Date})


def changed(frame):
    return frame.with_columns(pl.col("amount") + 7)


def commit(shelf, frame, **more):
    entry = Entry(
        position=0, act="commit", dataset="order_lines", author="t", time="2026-01-01", **more
    )
    made, _ = shelf.commit(entry, frame)
    return made


def answers(shelf, monkeypatch, worth):
    monkeypatch.setattr(shelf_file, "WORTH", worth)
    return [figures(shelf, measures(), one).frame for one in ASKED]


def marts(shelf):
    """The names of the files."""
    return sorted(path.name for path in (shelf.folder / MARTS).glob("order_lines.*"))


@pytest.fixture
def shelf(tmp_path):
    found = Shelf(tmp_path)
    commit(found, lines(1))
    return found


def test_kept_sums_answer_as_the_facts_do_whatever_is_done_to_them(shelf, monkeypatch):
    second = commit(shelf, lines(2))
    changes = (
        lambda: None,
        lambda: commit(shelf, lines(3)),
        lambda: commit(shelf, changed(lines(1).head(5)), mode="upsert", key=("order",)),
        lambda: commit(
            shelf,
            lines(4, 5).with_columns(date=pl.lit(date(2025, 2, 2))),
            mode="replace",
            start="2025-02-01",
            end="2025-03-01",
        ),
        lambda: shelf.undo(second.position, author="t", time="2026-01-02"),
    )
    for change in changes:
        change()
        kept = answers(shelf, monkeypatch, worth=1)
        facts = answers(shelf, monkeypatch, worth=10**9)
        assert all(one.equals(other) for one, other in zip(kept, facts, strict=True))
        assert kept[0]["ordered"].drop_nulls().sum() != 0


def test_a_batch_more_is_added_to_the_sums_that_are_there(shelf, monkeypatch):
    monkeypatch.setattr(shelf_file, "WORTH", 1)
    assert keep_marts(shelf, "order_lines", measures()) == len(daily.GRAINS)
    commit(shelf, lines(2))
    (shelf.folder / shelf.entries()[0].folder / "facts.parquet").unlink()  # no longer needed
    monkeypatch.setattr(daily, "fact_files", lambda *_: _second(shelf))
    assert keep_marts(shelf, "order_lines", measures()) == len(daily.GRAINS)
    found = (shelf.folder / MARTS).glob("order_lines.date.region.product_line-*")
    counts = {pl.read_parquet(path)["rows"].sum() for path in found}
    assert counts == {60, 120}


def _second(shelf):
    return (shelf.folder / shelf.entries()[1].folder / "facts.parquet",)


def test_small_facts_are_asked_themselves(shelf):
    assert keep_marts(shelf, "order_lines", measures()) == 0
    assert marts(shelf) == []


def test_another_dictionary_has_sums_of_its_own(shelf, monkeypatch):
    monkeypatch.setattr(shelf_file, "WORTH", 1)
    keep_marts(shelf, "order_lines", measures())
    before = marts(shelf)
    told = measures()
    fewer = {code: one for code, one in told.definitions.items() if code != "quantity"}
    keep_marts(shelf, "order_lines", Dictionary(fewer, told.sources))
    assert len(marts(shelf)) == 2 * len(before)
