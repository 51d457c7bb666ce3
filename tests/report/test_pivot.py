"""A plan cut from any side: every figure the sum of its leaves, whoever looks."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import UsageRefused
from quotaloom.report.explanation import explain
from quotaloom.report.pivot import pivot_of
from tests.support.counts import examples
from tests.support.decompositions import Shape, decomposition

SHAPES = [
    Shape(),
    Shape(by=("产品线",), kind="year"),
    Shape(by=("地区", "产品线", "人员"), kind="quarter", kept=0.3),
]
LEVELS = {"地区": ("地区", "省"), "产品线": ("产品线", "产品"), "人员": ("工号",)}


def orders(shape):
    levels = [level for name in shape.by for level in LEVELS[name]]
    return [order for size in range(1, len(levels) + 1) for order in permutations(levels, size)]


def slowly(one, where, label):
    """The sum of the leaves of a node in a period, by filtering the frame."""
    frame = one.leaves.filter([pl.col(level) == text for level, text in where.items()])
    inside = [p.label for p in one.periods if label in (p.label, *one.rollups[p.label])]
    return int(frame.filter(pl.col("period").is_in(inside))["quota"].sum())


@settings(max_examples=examples(400))
@given(st.data(), st.integers(0, 10**6), st.sampled_from(SHAPES))
def test_every_node_of_every_order_is_the_sum_of_its_leaves(data, seed, shape):
    one = decomposition(seed, shape)
    cut = pivot_of(one)
    rows = data.draw(st.sampled_from(orders(shape)))
    nodes = cut.walk(rows, (), cut.everything, len(rows))
    found = {node.path: node for node in nodes}
    assert len(found) == len(nodes)
    groups = one.leaves.select(rows).unique().rows()
    assert set(found) == {row[:depth] for row in groups for depth in range(1, len(rows) + 1)}
    for path in data.draw(st.lists(st.sampled_from(sorted(found)), max_size=4)):
        where = dict(zip(rows, path, strict=False))
        for column, value in zip(cut.columns, found[path].values.tolist(), strict=True):
            assert value == slowly(one, where, column.label)
        assert found[path].has_children == (len(path) < len(rows))
        children = cut.children(rows, path, cut.everything)
        if children:
            np.testing.assert_array_equal(
                sum(child.values for child in children), found[path].values
            )


@settings(max_examples=examples(200))
@given(st.data(), st.integers(0, 10**6))
def test_one_who_sees_a_part_gets_the_sums_of_that_part(data, seed):
    one = decomposition(seed)
    cut = pivot_of(one)
    seen = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(cut.basis), max_size=len(cut.basis)))
    )
    top = cut.node(("地区", "省"), (), seen)
    assert int(top.values[0]) == int(cut.quota[seen].sum())
    for node in cut.walk(("省", "产品"), (), seen, 2):
        mine = cut.inside(("省", "产品"), node.path, seen)
        assert mine.any()
        assert int(node.values[0]) == int(cut.quota[mine].sum())


@settings(max_examples=examples(200))
@given(st.data(), st.integers(0, 10**6))
def test_an_explanation_adds_up_to_its_number(data, seed):
    one = decomposition(seed)
    cut = pivot_of(one)
    rows = data.draw(st.sampled_from(orders(Shape())))
    node = data.draw(st.sampled_from(cut.walk(rows, (), cut.everything, len(rows))))
    column = data.draw(st.sampled_from(cut.columns))
    found = explain(one, cut, (rows, node.path, cut.everything), column.label)
    assert found.value == int(node.values[cut.columns.index(column)])
    assert found.step is not None
    assert found.step.real + found.off == found.value
    if found.children:
        assert sum(value for _child, value in found.children) == found.value


@pytest.mark.parametrize("text", ["没有", "地区>地区", "地区>period", "quota"])
def test_rows_that_are_not_there_are_refused(text):
    with pytest.raises(UsageRefused):
        pivot_of(decomposition()).rows_asked(text)


def test_a_node_that_is_not_there_has_no_explanation():
    one = decomposition()
    cut = pivot_of(one)
    with pytest.raises(LookupError):
        explain(one, cut, (("地区",), ("火星",), cut.everything), cut.columns[0].label)
    with pytest.raises(LookupError):
        explain(one, cut, (("地区",), (), cut.everything), "2099")
