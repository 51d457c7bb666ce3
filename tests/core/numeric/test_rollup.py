"""Totals at every combination of nodes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.numeric.rollup import Axis, add_to_ancestors, roll_up

COMPANY = Axis(np.array([-1, 0, 0, -1, 3, 3, 5, 5]), np.array([1, 2, 4, 6, 7]))
MONTHS = Axis(np.array([-1, 0, 0, -1]), np.array([1, 2, 3]))


@st.composite
def axes(draw):
    """A forest of up to 9 nodes in preorder, ragged."""
    parents, path = [], []
    for node in range(draw(st.integers(1, 9))):
        depth = draw(st.integers(0, len(path)))
        path[depth:] = [node]
        parents.append(path[depth - 1] if depth else -1)
    leaves = sorted(set(range(len(parents))) - set(parents))
    return Axis(np.array(parents), np.array(leaves))


def leaves_below(axis, node):
    """Which leaves stand below a node, walked up from each."""
    return [place for place, leaf in enumerate(axis.leaf_nodes) if node in upward(axis, leaf)]


def upward(axis, node):
    return [node, *upward(axis, axis.parents[node])] if node >= 0 else []


@given(cube=st.lists(axes(), min_size=1, max_size=3), seed=st.integers(0, 2**32))
def test_every_total_is_the_sum_of_its_leaves(cube, seed):
    shape = [len(axis.leaf_nodes) for axis in cube]
    leaves = np.random.default_rng(seed).integers(-(10**16), 10**16, shape)
    totals = roll_up(leaves, cube)
    for place in np.ndindex(totals.shape):
        below = [leaves_below(axis, node) for axis, node in zip(cube, place, strict=True)]
        assert totals[place] == leaves[np.ix_(*below)].sum()


@given(cube=st.lists(axes(), min_size=1, max_size=3), data=st.data())
def test_an_edit_carried_up_is_a_roll_up_of_the_edited_leaves(cube, data):
    leaves = np.zeros([len(axis.leaf_nodes) for axis in cube], np.int64)
    totals = roll_up(leaves, cube)
    place = tuple(data.draw(st.integers(0, size - 1)) for size in leaves.shape)
    leaves[place] += 10**15 + 1
    add_to_ancestors(totals, cube, place, 10**15 + 1)
    assert (totals == roll_up(leaves, cube)).all()


def test_a_company_by_month():
    leaves = np.arange(15).reshape(5, 3)
    totals = roll_up(leaves, [COMPANY, MONTHS])
    assert totals[:, [0, 3]].tolist() == [
        [8, 7],
        [1, 2],
        [7, 5],
        [57, 33],
        [13, 8],
        [44, 25],
        [19, 11],
        [25, 14],
    ]


def test_the_answer_can_be_written_where_it_is_wanted():
    room = np.full((8, 4), 99)
    assert roll_up(np.ones((5, 3), np.int64), [COMPANY, MONTHS], out=room) is room
    assert room.tolist()[0] == [4, 2, 2, 2]


@pytest.mark.parametrize(("shape", "room"), [((4, 3), (8, 4)), ((5, 3), (8, 3)), ((5,), (8, 4))])
def test_shapes_must_meet(shape, room):
    with pytest.raises(ValueError, match="leaves are"):
        roll_up(np.zeros(shape, np.int64), [COMPANY, MONTHS], out=np.zeros(room, np.int64))
