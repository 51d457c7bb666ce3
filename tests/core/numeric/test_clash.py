"""Conflicts that sums show: real ones, and as small as it is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from quotaloom.core.numeric.clash import clash
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from tests.core.numeric.raking import exact, grid, sparse_cases
from tests.support.counts import examples
from tests.support.oracle import exists, is_irreducible, margin_rows

CODES = grid((3, 4))
TABLE = np.arange(12)
ROWS, COLUMNS = exact("r", CODES[0], TABLE, 3), exact("c", CODES[1], TABLE, 4)
NONE, OPEN = np.zeros(12, np.int64), np.full(12, UNBOUNDED)


def moved(margin, *more):
    sums = margin.low + np.array(more)
    return replace(margin, low=sums, high=sums)


def test_sums_that_agree_show_no_clash() -> None:
    assert clash([ROWS, COLUMNS], NONE, OPEN) is None


def test_a_group_that_its_cells_cannot_hold() -> None:
    high = OPEN.copy()
    high[:4] = 1
    found = clash([COLUMNS, ROWS], NONE, high)
    assert (found.wishes, found.is_irreducible) == ([(1, 0)], True)
    low = NONE.copy()
    low[4:8] = 9
    assert clash([COLUMNS, ROWS], low, OPEN).wishes == [(1, 1)]


def test_two_margins_of_different_totals() -> None:
    found = clash([moved(ROWS, 0, 1, 0), COLUMNS], NONE, OPEN)
    assert found.wishes == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (1, 3)]
    assert found.is_irreducible
    found = clash([moved(ROWS, 0, 0, 60), COLUMNS], NONE, OPEN)  # one row alone is too much
    assert found.wishes == [(0, 2), (1, 0), (1, 1), (1, 2), (1, 3)]


def test_a_node_against_its_children() -> None:
    above = Margin.exact(CODES[1] // 2, np.array([21, 45]))
    found = clash([COLUMNS, ROWS, above], NONE, OPEN)  # the columns add up to 12+15 and 18+21
    assert found.wishes == [(0, 0), (0, 1), (2, 0)]
    assert found.is_irreducible


def test_a_margin_over_some_cells_allows_nothing_for_the_others() -> None:
    some = Margin.exact(np.where(CODES[1] < 2, 0, -1), np.array([40]))
    assert clash([ROWS, some], NONE, OPEN) is None


@pytest.mark.heavy
@settings(max_examples=examples(3000))
@given(sparse_cases())
def test_every_clash_is_one_and_as_small_as_it_is_said(case) -> None:
    least, most = case.least, case.most
    found = clash(case.margins, least, most)
    if found is None:
        return
    rows = margin_rows(case.margins)
    named = [rows[case.margins[margin].name(group)] for margin, group in found.wishes]
    assert not exists(named, least, most, whole=False)
    assert not found.is_irreducible or is_irreducible(named, least, most, whole=False)
