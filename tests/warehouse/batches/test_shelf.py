"""Batches against a slow memory of them: what counts at every position, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.warehouse.batches.digest import rows_digest
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.counts import examples

DAY = date(2026, 1, 1)
SCHEMA = {"id": pl.String, "date": pl.Date, "amount": pl.Int64}
WHO = {"author": "li", "time": "2026-02-01T08:00:00Z"}
ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=4
)
KEYED = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.integers(0, 2)),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
)


def frame(rows):
    days = [(one, DAY + timedelta(number), amount) for one, number, amount in rows]
    return pl.DataFrame(days, schema=SCHEMA, orient="row")


def wanted(mode, start=0, end=0):
    days = {"start": str(DAY + timedelta(start)), "end": str(DAY + timedelta(end))}
    more = {"append": {}, "upsert": {"key": ("id",)}, "replace": days}[mode]
    return Entry(position=0, act="commit", dataset="booked", mode=mode, **more, **WHO)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), ROWS),
        st.tuples(st.just("upsert"), KEYED),
        st.tuples(st.just("replace"), st.integers(0, 4), st.integers(1, 3), ROWS),
        st.tuples(st.just("undo"), st.integers(0, 6)),
    ),
    max_size=8,
)


def remembered(batches):
    """The rows of batches (mode, rows, start, end) by the plainest of rules."""
    facts = []
    for mode, rows, start, end in batches:
        if mode == "upsert":
            keys = {row[0] for row in rows}
            facts = [row for row in facts if row[0] not in keys]
        if mode == "replace":
            facts = [row for row in facts if not start <= row[1] < end]
        facts += rows
    return facts


def said(facts):
    if facts.is_empty():
        return []
    return [(one, (day - DAY).days, amount) for one, day, amount in facts.select(*SCHEMA).rows()]


@settings(max_examples=examples(1000))
@given(STEPS)
def test_every_position_stays_what_it_was(tmp_path_factory, steps):
    shelf = Shelf(tmp_path_factory.mktemp("facts"))
    log = []  # one list of batches in force (by position) a position
    kept = {}
    for step in steps:
        before = said(shelf.facts("booked"))
        if step[0] == "undo":
            target = step[1]
            if target not in kept:
                with pytest.raises(DataRefused):
                    shelf.undo(target, author="li", time=WHO["time"])
                continue
            shelf.undo(target, **WHO)
            del kept[target]
        else:
            mode, rows = step[0], step[-1]
            start, end = (step[1], step[1] + step[2]) if mode == "replace" else (0, 0)
            rows = [row for row in rows if mode != "replace" or start <= row[1] < end]
            made, effect = shelf.commit(wanted(mode, start, end), frame(rows))
            after = said(shelf.facts("booked"))
            assert len(after) == len(before) + effect.new - effect.gone
            if made is None:
                assert sorted(after) == sorted(before) or mode == "append"
                continue
            kept[made.position] = (mode, rows, start, end)
        log.append(dict(kept))
    for position, batches in enumerate(log, 1):
        ordered = [batches[one] for one in sorted(batches)]
        assert said(shelf.facts("booked", position)) == remembered(ordered)


def test_the_same_rows_again_have_no_effect_in_any_order(tmp_path):
    shelf = Shelf(tmp_path)
    rows = [("a", 0, 1), ("b", 1, 2), ("b", 1, 2)]
    first, _ = shelf.commit(wanted("append"), frame(rows))
    again, effect = shelf.commit(wanted("append"), frame(rows[::-1]))
    assert first.position == 1
    assert again is None
    assert (effect.new, effect.same) == (0, 3)
    assert len(shelf.entries()) == 1
    shelf.undo(1, **WHO)
    assert shelf.facts("booked").is_empty()
    assert shelf.commit(wanted("append"), frame(rows))[0].position == 3


def test_an_upsert_tells_what_is_new_changed_and_the_same(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.commit(wanted("append"), frame([("a", 0, 1), ("b", 1, 2)]))
    _, effect = shelf.commit(wanted("upsert"), frame([("a", 0, 1), ("b", 1, 3), ("c", 2, 4)]))
    assert (effect.new, effect.changed, effect.same, effect.gone) == (1, 1, 1, 0)


def test_a_replacement_takes_the_days_that_it_covers(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.commit(wanted("append"), frame([("a", 0, 1), ("b", 3, 2), ("c", 4, 2)]))
    _, effect = shelf.commit(wanted("replace", 3, 5), frame([("b", 3, 2), ("d", 4, 1)]))
    assert (effect.new, effect.same, effect.gone) == (1, 1, 1)
    assert sorted(said(shelf.facts("booked"))) == [("a", 0, 1), ("b", 3, 2), ("d", 4, 1)]


def test_columns_that_come_later_are_blank_before(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.commit(wanted("append"), frame([("a", 0, 1)]))
    more = frame([("b", 1, 2)]).with_columns(pl.lit("云").alias("产品"))
    shelf.commit(wanted("append"), more)
    assert shelf.facts("booked")["产品"].to_list() == [None, "云"]


def test_datasets_do_not_see_each_other(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.commit(wanted("append"), frame([("a", 0, 1)]))
    assert shelf.facts("invoiced").is_empty()


def test_a_damaged_log_or_batch_is_said(tmp_path):
    shelf = Shelf(tmp_path)
    made, _ = shelf.commit(wanted("append"), frame([("a", 0, 1)]))
    (tmp_path / made.folder / "facts.parquet").unlink()
    with pytest.raises(DataRefused, match=r"batch\.unreadable"):
        shelf.facts("booked")
    log = tmp_path / "log.jsonl"
    log.write_text("{}\n" + log.read_text())
    with pytest.raises(DataRefused, match=r"batch\.log_damaged"):
        shelf.entries()


@pytest.mark.parametrize("name", ["../evil", "", "Booked", "a/b", "x" * 41])
def test_a_dataset_has_a_plain_name(tmp_path, name):
    with pytest.raises(UsageRefused):
        Shelf(tmp_path).commit(
            Entry(position=0, act="commit", dataset=name, **WHO), frame([("a", 0, 1)])
        )


@given(st.permutations([("a", 0, 1), ("b", 1, 2), ("b", 1, 2), ("c", 2, 0)]))
def test_the_digest_knows_no_order(rows):
    columns = frame(rows).select("amount", "id", "date")
    assert rows_digest(columns) == rows_digest(frame(sorted(rows)))
    assert rows_digest(frame(rows[:-1])) != rows_digest(frame(rows))


def test_the_digest_stays_what_it_was_when_batches_were_kept():
    texts = [None, "", "华东", "order 1"] * 40
    told = pl.DataFrame({"id": texts, "amount": [None, 0, -5, 10**15] * 40, "§row": range(160)})
    categories = told.with_columns(pl.col("id").cast(pl.Categorical))
    assert {rows_digest(one, ["§row"])[:16] for one in (told, categories)} == {"3baa8a69befa94e0"}
    assert rows_digest(told.head(0)) != rows_digest(told.head(0), ["id"])


def test_compaction_changes_nothing_that_is_read(tmp_path):
    shelf = Shelf(tmp_path / "facts")
    for number in range(9):
        mode = "upsert" if number % 3 == 2 else "append"
        shelf.commit(wanted(mode), frame([("abc"[number % 3], number, number)]))
    plain = [said(shelf.facts("booked", at)) for at in range(10)]
    assert shelf.compact("booked")
    assert not shelf.compact("booked")
    (kept,) = (shelf.folder / ".compact").iterdir()
    assert [said(shelf.facts("booked", at)) for at in range(10)] == plain
    shelf.undo(4, **WHO)  # what was kept no longer counts from here on
    left = said(shelf.facts("booked"))
    assert ("a", 3, 3) not in left
    assert len(left) == len(plain[9]) - 1
    kept.write_bytes(b"harmed")
    assert said(shelf.facts("booked", 9)) == plain[9]
    assert not kept.exists()
