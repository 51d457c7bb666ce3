"""Head-counts by divisor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric.webster import webster
from tests.support.counts import examples
from tests.support.groups import HUGE, SMALL, shuffled
from tests.support.split_oracles import sainte_lague

WEIGHTS = st.sampled_from([SMALL, 1000, HUGE]).flatmap(
    lambda size: st.lists(st.integers(0, size), min_size=1, max_size=8).filter(any)
)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (49, [3, 7, 90], [1, 3, 45]),
        (50, [3, 7, 90], [1, 4, 45]),
        (51, [3, 7, 90], [2, 4, 45]),
        (4, [1, 1, 1], [2, 1, 1]),
        (-4, [1, 1, 1], [-2, -1, -1]),
        (5, [0, 3], [0, 5]),
        (0, [0, 0], [0, 0]),
        (10**9, [1, 2], [333_333_333, 666_666_667]),
    ],
)
def test_heads_are_shared_out(total, weights, parts):
    assert webster(total, weights).tolist() == parts


@settings(max_examples=examples(5000), deadline=None)
@given(total=st.integers(-60, 60), weights=WEIGHTS, seed=st.integers(0, 2**32))
def test_every_part_is_what_the_rule_says(total, weights, seed):
    rank = shuffled(seed, range(len(weights)))
    assert webster(total, weights, rank=rank).tolist() == sainte_lague(total, weights, rank)


@given(total=st.integers(0, 10**6), weights=WEIGHTS, more=st.integers(0, 1000))
def test_a_larger_total_never_costs_anyone(total, weights, more):
    assert (webster(total, weights) <= webster(total + more, weights)).all()


@given(total=st.integers(0, 10**12), weights=WEIGHTS, seed=st.integers(0, 2**32))
def test_sums_are_exact_and_order_does_not_matter(total, weights, seed):
    order = shuffled(seed, range(len(weights)))
    parts = webster(total, weights, rank=range(len(weights)))
    moved = webster(total, [weights[cell] for cell in order], rank=order)
    assert parts.sum() == total
    assert (parts[np.array(order)] == moved).all()
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@pytest.mark.parametrize(
    ("weights", "code"),
    [([1, -1], "apportion.weight_negative"), ([0, 0], "apportion.no_weight"), ([], "no_weight")],
)
def test_what_cannot_be_shared_out_is_refused(weights, code):
    with pytest.raises(DataRefused, match=code):
        webster(3, np.array(weights, np.int64))
