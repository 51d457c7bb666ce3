"""What an upsert would do, counted row by row: the oracle is a count by hand."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.warehouse.batches.row import Effect, effect
from tests.support.counts import examples
from tests.warehouse.batches.test_shelf import wanted

CELLS = st.sampled_from([None, "x", "y"])
ROWS = st.lists(st.tuples(st.sampled_from([None, "a", "b", "c"]), CELLS), max_size=5)


def table(rows, column):
    schema = {"id": pl.String, column: pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.lit(1).alias("§row"))


def by_hand(facts, own, *, alike):
    """New, changed, same and gone rows; without a column in common only empty cells are alike."""
    keys = {row[0] for row in own}
    before = [row for row in facts if row[0] in keys]
    met = {row[0] for row in before}
    if not alike:
        before = [row if row[1] is None else (*row, "old") for row in before]
        own = [row if row[1] is None else (*row, "new") for row in own]
    same = (Counter(before) & Counter(own)).total()
    known = sum(row[0] in met for row in own)
    return Effect(len(own) - known, known - same, same, len(before) - known)


@settings(max_examples=examples(2000), deadline=None)
@given(ROWS.filter(bool), ROWS.filter(bool), st.booleans())
def test_an_upsert_is_counted_as_by_hand(facts, own, alike):
    there, coming = table(facts, "note"), table(own, "note" if alike else "remark")
    expected = by_hand(facts, own, alike=alike)
    assert effect(there, coming, wanted("upsert")) == expected
