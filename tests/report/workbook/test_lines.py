"""The lines of a tree and the formulas that add them up."""

from __future__ import annotations

import pytest

from quotaloom.report.cube import cube_of
from quotaloom.report.workbook.lines import (
    HERE,
    add_up,
    breakdown_lines,
    children_of,
    line_values,
    node_lines,
)
from tests.support.decompositions import Shape, decomposition


def sketch(lines):
    return [f"{'  ' * line.depth}{line.label}{' *' if line.combo >= 0 else ''}" for line in lines]


def test_one_hierarchy_ends_in_its_leaves():
    cube = cube_of(decomposition(1, Shape(by=("地区",), kept=1.0)))
    assert sketch(breakdown_lines(cube, "合计"))[:6] == [
        "合计", "  华东", "    上海 *", "    江苏 *", "    浙江 *", "  华北",
    ]  # fmt: skip


def test_several_hierarchies_end_in_their_combinations():
    cube = cube_of(decomposition(1, Shape(by=("人员", "地区", "产品线"), kept=1.0)))
    assert sketch(breakdown_lines(cube, "合计"))[:4] == [
        "合计", "  王伟 · P01", "    上海 · 云平台 *", "    上海 · 数据服务 *",
    ]  # fmt: skip


def test_without_hierarchies_the_total_is_the_leaf():
    assert sketch(breakdown_lines(cube_of(decomposition(1, Shape(by=()))), "合计")) == ["合计 *"]


@pytest.mark.parametrize(("deepest", "count"), [(0, 1), (1, 4), (2, 11)])
def test_a_tree_is_cut_at_a_depth(deepest, count):
    tree = cube_of(decomposition(1, Shape(by=("地区",), kept=1.0))).trees[0]
    assert len(node_lines(tree, "合计", deepest)) == count


def test_every_line_is_the_sum_of_the_lines_right_below():
    cube = cube_of(decomposition(2, Shape(by=("地区", "产品线"))))
    lines = breakdown_lines(cube, "合计")
    values = line_values(lines, cube.trees[0], cube.quota)
    for place, below in enumerate(children_of(lines)):
        assert bool(below) == (lines[place].combo < 0)
        assert not below or (values[below].sum(axis=0) == values[place]).all()


@pytest.mark.parametrize(
    ("rows", "formula"),
    [
        ([7], "=SUM(H7:H7)"),
        ([7, 8, 9], "=SUM(H7:H9)"),
        ([7, 9, 12], "=SUM(H7,H9,H12)"),
        (list(range(7, 100, 3)), "=SUMIF($D$7:$D$97,2,H7:H97)"),
    ],
)
def test_many_scattered_rows_are_found_by_their_depth(rows, formula):
    assert add_up(rows, 2, "D").replace(HERE, "H") == formula
