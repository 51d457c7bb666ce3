"""Combinations of coded columns are numbered in the order of their codes and summed exactly."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.warehouse import combine as module
from quotaloom.warehouse.combine import combine, sums
from quotaloom.warehouse.intake.coded import Coded

ROWS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 5), st.integers(0, 2), st.integers(-(2**50), 2**50)
    ),
    min_size=1,
    max_size=60,
)


def column(codes: list[int], size: int) -> Coded:
    return Coded(pl.Series([str(n) for n in range(size)]), pl.Series(codes, dtype=pl.UInt32))


@pytest.mark.parametrize("table", [1, 1 << 25])
@given(rows=ROWS)
def test_sums_by_combination_are_those_of_a_dictionary(table: int, rows: list[tuple[int, ...]]):
    expected: dict[tuple[int, ...], int] = {}
    for *key, amount in rows:
        expected[tuple(key)] = expected.get(tuple(key), 0) + amount
    columns = [column([row[at] for row in rows], size) for at, size in enumerate((4, 6, 3))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "TABLE", table)
        found = combine(columns)
    amounts = np.array([row[3] for row in rows], dtype=np.int64)
    added = sums(found.numbers, amounts, len(found.codes[0]))
    keys = list(zip(*(codes.tolist() for codes in found.codes), strict=True))
    assert keys == sorted(expected)
    assert dict(zip(keys, added.tolist(), strict=True)) == expected
