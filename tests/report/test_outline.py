"""Outline numbers of a tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.report.outline import outline


@pytest.mark.parametrize(
    ("depths", "numbers"),
    [
        ([], []),
        ([0], ["1"]),
        ([0, 1, 2, 2, 1, 2], ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1"]),
        ([0, 1, 2, 0, 1], ["1", "1.1", "1.1.1", "2", "2.1"]),
    ],
)
def test_numbers_follow_the_tree(depths, numbers):
    assert list(outline(depths)) == numbers


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60))
def test_every_node_is_numbered_under_its_parent_and_once(steps):
    depths = [0]
    for step in steps:
        depths.append(min(step, depths[-1] + 1))
    numbers = list(outline(depths))
    assert len(set(numbers)) == len(numbers)
    assert [number.count(".") for number in numbers] == depths
    assert all(number.rpartition(".")[0] in {"", *numbers} for number in numbers)
