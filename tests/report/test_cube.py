"""The leaves as a matrix under trees."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.report.cube import cube, cube_of, key_columns
from tests.support.decompositions import Shape, decomposition


def made(rows, levels=("top", "low"), label_of=None, names=()):
    headers = ["period", *levels, *names, "basis", "quota"]
    frame = pl.DataFrame(rows, schema=headers, orient="row")
    return cube(frame, [("tree", levels)], label_of or {}, ["2027"])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([(), ("地区",), ("人员", "产品线", "地区")]))
def test_every_tree_adds_up_to_the_total(seed, by):
    plan = decomposition(seed, Shape(by=by, kept=0.3))
    whole = cube_of(plan)
    assert int(whole.quota.sum()) == plan.total
    for tree in whole.trees:
        sums = tree.sums(whole.quota)
        assert int(sums[tree.tops()].sum()) == plan.total
        for node, path in enumerate(tree.paths()):
            levels = tree.hierarchy.levels[: len(path)]
            rows = plan.leaves.filter(
                *(pl.col(level) == code for level, code in zip(levels, path, strict=True))
            )
            assert int(sums[node].sum()) == rows["quota"].sum()


def test_the_order_of_rows_does_not_matter():
    plan = decomposition(3, Shape(by=("地区", "产品线")))
    one = cube_of(plan)
    mixed = plan.leaves.sample(fraction=1, shuffle=True, seed=1)
    two = cube(mixed, plan.hierarchies, {}, one.periods)
    assert one.combos.equals(two.combos)
    assert np.array_equal(one.quota, two.quota)


def test_without_hierarchies_there_is_one_combination():
    whole = cube_of(decomposition(1, Shape(by=())))
    assert (len(whole), whole.trees) == (1, ())


def test_a_ragged_tree_ends_where_its_members_end():
    whole = made([("2027", "a", None, 0, 1), ("2027", "b", "c", 0, 2), ("2027", "b", "d", 0, 4)])
    assert whole.trees[0].paths() == [("a",), ("b",), ("b", "c"), ("b", "d")]
    assert whole.trees[0].sums(whole.quota).tolist() == [[1], [6], [2], [4]]


def test_a_member_above_others_that_has_leaves_of_its_own_gets_its_own_leaf():
    whole = made([("2027", "b", "c", 0, 2), ("2027", "b", None, 0, 1)])
    assert whole.trees[0].paths() == [("b",), ("b", "本级"), ("b", "c")]
    assert whole.trees[0].sums(whole.quota).tolist() == [[3], [1], [2]]


def test_the_own_leaf_stands_first():
    whole = made([("2027", "b", "c", 0, 2), ("2027", "b", "本级", 0, 1)])
    assert whole.trees[0].paths() == [("b",), ("b", "本级"), ("b", "c")]


def test_names_are_shown_with_the_code_where_two_share_one():
    rows = [("2027", "1", "王伟", 0, 1), ("2027", "2", "王伟", 0, 1), ("2027", "3", "李娜", 0, 1)]
    whole = made(rows, ("code",), {"code": "name"}, ("name",))
    assert whole.trees[0].labels == ("王伟 · 1", "王伟 · 2", "李娜")


def test_an_absent_cell_is_not_a_zero():
    frame = pl.DataFrame(
        {"period": ["Q1", "Q2", "Q1"], "a": ["x", "x", "y"], "basis": [0] * 3, "quota": [0, 5, 7]}
    )
    whole = cube(frame, [("a", ("a",))], {}, ["Q1", "Q2"])
    assert whole.present.tolist() == [[True, True], [True, False]]


def test_names_stand_beside_their_codes():
    found = key_columns([("p", ("code", "team")), ("r", ("region",))], {"code": "name"})
    assert found == ["code", "name", "team", "region"]
