"""Phasing by cumulative rounding."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric.running import running
from tests.support.counts import examples
from tests.support.groups import flat, starts, tasks
from tests.support.split_oracles import cumulative


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (102, [1, 1, 1, 1], [25, 26, 25, 26]),
        (-102, [1, 1, 1, 1], [-25, -26, -25, -26]),
        (10, [1, 1, 1], [3, 4, 3]),
        (1, [1] * 12, [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
        (7, [0, 5, 0, 5], [0, 3, 0, 4]),
        (0, [0, 0], [0, 0]),
        (2**62, [2**62, 2**62 - 1], [2**61, 2**61]),
    ],
)
def test_sums_so_far_stay_true(total, weights, parts):
    assert running([total], weights, [0, len(weights)]).tolist() == parts


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(task=tasks())
def test_every_cell_is_what_the_rule_says(task):
    totals, rows, _ = task
    wanted = [cumulative(total, row) for total, row in zip(totals, rows, strict=True)]
    assert running(totals, flat(rows), starts(rows)).tolist() == flat(wanted)


@given(task=tasks())
def test_every_run_of_cells_is_less_than_a_unit_from_its_share(task):
    totals, rows, _ = task
    cells = np.split(running(totals, flat(rows), starts(rows)), starts(rows)[1:-1])
    for total, row, part in zip(totals, rows, cells, strict=True):
        assert sum(part.tolist()) == total
        share = [Fraction(total * weight, max(sum(row), 1)) for weight in row]
        gaps = [
            0,
            *accumulate(cell - real for cell, real in zip(part.tolist(), share, strict=True)),
        ]
        assert max(gaps) - min(gaps) < 1


def test_a_group_without_weight_is_phased_equally_where_that_is_allowed():
    cells = running([10, 3], [0, 0, 0, 1], [0, 3, 4], on_zero="equal")
    assert cells.tolist() == [3, 4, 3, 3]
    with pytest.raises(DataRefused, match=r"apportion\.no_weight #1"):
        running([10, 3], [0, 0, 0, 1], [0, 3, 4])
