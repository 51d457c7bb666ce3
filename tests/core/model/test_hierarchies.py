"""Trees of members: leaves in tree order, nodes as slices of leaves, exact sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.hierarchy_build import from_levels, from_parents
from tests.support.counts import examples

REGIONS = from_levels(
    "地域",
    ["大区", "省", "市"],
    [
        ("华东", "江苏", "苏州"),
        ("华东", "江苏", "南京"),
        ("华东", "上海", "上海"),
        ("华北", "北京", "北京"),
        ("华东", "浙江", None),
    ],
)

codes = st.sampled_from(["1", "10", "9", "a", "B", "甲", "乙", UNASSIGNED])
separate = st.lists(st.tuples(codes, codes, codes), max_size=30).map(
    lambda rows: (rows, from_levels("x", ["a", "b", "c"], rows, repeated_names="separate"))
)


def node(*path):
    (found,) = REGIONS.find(*path)
    return found


def test_nodes_are_in_preorder_and_siblings_in_code_order():
    assert REGIONS.codes == (
        *("华东", "上海", "上海", "江苏", "南京", "苏州", "浙江", UNASSIGNED),
        *("华北", "北京", "北京"),
    )
    assert REGIONS.wbs() == (
        *("1", "1.1", "1.1.1", "1.2", "1.2.1", "1.2.2", "1.3", "1.3.1"),
        *("2", "2.1", "2.1.1"),
    )


def test_a_node_knows_its_path_children_and_leaves():
    jiangsu = node("江苏")
    assert REGIONS.path(jiangsu) == ("华东", "江苏")
    assert [REGIONS.codes[child] for child in REGIONS.children(jiangsu)] == ["南京", "苏州"]
    assert [REGIONS.codes[top] for top in REGIONS.children(-1)] == ["华东", "华北"]
    assert REGIONS.spans[jiangsu].tolist() == [1, 3]
    assert not REGIONS.is_leaf(jiangsu)
    assert REGIONS.is_leaf(node("苏州"))
    assert REGIONS.leaf_count == 5


def test_code_order_is_plain_so_10_comes_before_9():
    assert from_levels("n", ["n"], [["9"], ["10"], ["1"]]).codes == ("1", "10", "9")


def test_a_member_is_found_by_code_level_and_end_of_path():
    assert len(REGIONS.find("北京")) == 2
    assert [REGIONS.path(one) for one in REGIONS.find("北京", level="省")] == [("华北", "北京")]
    assert [REGIONS.path(one) for one in REGIONS.find("浙江", UNASSIGNED)] == [
        ("华东", "浙江", UNASSIGNED)
    ]
    assert REGIONS.find("华北", "苏州") == ()
    assert REGIONS.find("江苏", level="市") == ()
    assert REGIONS.find("火星") == ()
    assert REGIONS.find("没有", "华东") == ()


def test_a_member_is_found_by_name_where_no_code_says_so():
    people = from_parents("人", ["1", "2"], {"2": "1"}, {"1", "2"}, {"1": "王", "2": "2x"})
    assert [people.label(one) for one in people.find("王")] == ["王"]
    assert people.find("王", "2x") == people.find("2") == people.find("1", "2")


def test_leaves_carry_their_codes_at_every_level():
    frame = REGIONS.leaf_frame()
    assert frame.columns == ["大区", "省", "市"]
    assert list(frame.iter_rows()) == [REGIONS.path(leaf) for leaf in REGIONS.leaf_nodes.tolist()]


def test_a_ragged_leaf_has_nulls_below_it():
    tree = from_parents("p", ["a", "b", "c"], {"b": "a"}, {"a", "b", "c"})
    assert tree.leaf_frame().rows() == [("a", "本级"), ("a", "b"), ("c", None)]
    assert tree.leaf_members == ("a", "b", "c")
    assert tree.level_nodes().tolist() == [[0, 1], [0, 2], [3, -1]]


@settings(max_examples=examples(2000), deadline=None)
@given(built=separate, seed=st.integers(0, 2**32 - 1))
def test_a_node_is_the_sum_of_the_leaves_below_it(built, seed):
    rows, tree = built
    values = np.random.default_rng(seed).integers(-(2**40), 2**40, (tree.leaf_count, 3))
    sums = tree.roll_up(values)
    leaves = [tree.path(leaf) for leaf in tree.leaf_nodes.tolist()]
    assert leaves == sorted(set(rows))
    for number in range(len(tree)):
        path = tree.path(number)
        below = [place for place, leaf in enumerate(leaves) if leaf[: len(path)] == path]
        assert tree.spans[number].tolist() == [below[0], below[-1] + 1]
        assert sums[number].tolist() == values[below].sum(axis=0).tolist()
    assert sums[tree.parents == -1].sum(axis=0).tolist() == values.sum(axis=0).tolist()


@settings(max_examples=examples(2000), deadline=None)
@given(built=separate)
def test_a_parent_comes_before_its_children_one_level_up(built):
    _, tree = built
    for number, parent in enumerate(tree.parents.tolist()):
        assert parent < number
        assert tree.depths[number] == (tree.depths[parent] + 1 if parent >= 0 else 0)
    for depth in range(3):
        assert all(tree.depths[one] == depth for one in tree.nodes_at(depth))
    assert len(set(tree.wbs())) == len(tree)


def test_sums_to_the_edge_of_int64_are_exact():
    tree = from_levels("n", ["a", "b"], [("x", "1"), ("x", "2"), ("y", "3")])
    big, small = 2**62 + 1, 2**60 - 1
    sums = [big - small, big, -small, small, small]
    assert tree.roll_up(np.array([big, -small, small])).tolist() == sums


def test_sums_past_int64_are_refused_instead_of_wrapping():
    tree = from_levels("n", ["a", "b"], [("x", "1"), ("x", "2"), ("y", "3")])
    with pytest.raises(DataRefused, match=r"sum_too_large"):
        tree.roll_up(np.array([2**62, 2**62, 0]))


def test_an_empty_hierarchy_has_no_sums():
    tree = from_levels("n", ["a", "b"], [])
    assert tree.roll_up(np.zeros((0, 12), np.int64)).shape == (0, 12)
    assert tree.leaf_frame().shape == (0, 2)
