"""How each number came, and the laws checked once more on finished cells."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from quotaloom.core.allocation import explain
from quotaloom.core.allocation.cube import Wish
from quotaloom.core.allocation.explain import check_cells, derive, node_sums
from tests.support.plans import cube_of

TABLE = """
    地区   省    产品   basis
    华东   上海  云     100
    华东   上海  屏     200
    华东   江苏  云     300
    西北   陕西  云     400
"""
CUBE = cube_of(TABLE, "地区>省", "产品", kind="half")
REGIONS = [h.name for h in CUBE.hierarchies].index("地区>省")
CELLS = CUBE.basis[:, None] // 10 * np.array([[1, 2]])  # units; the total is 300


def sums(axis=REGIONS, cells=CELLS, last_year=None):
    return node_sums(CUBE, axis, cells, last_year)


def every_tuple():
    return np.ones(4, np.bool_)


def wish(kind, low, high, tuples=None):
    return Wish(
        "华东", kind, every_tuple() if tuples is None else tuples, np.array([1, 0], bool), low, high
    )


def checks(cells=CELLS, wishes=(), total=300, caps=None, node_cells=None):
    found = [sums(axis, cells if node_cells is None else node_cells) for axis in (0, 1)]
    return {
        (check.code, check.params.get("hierarchy", "")): (check.count, check.failed)
        for check in check_cells(CUBE, cells, found, wishes, total, caps)
    }


def test_every_node_is_the_sum_of_its_leaves():
    found = sums(last_year=np.array([-5, 1, 2, 3]))
    paths = [found.hierarchy.path(node) for node in range(len(found.hierarchy))]
    assert paths == [
        ("华东",),
        ("华东", "上海"),
        ("华东", "江苏"),
        ("西北",),
        ("西北", "陕西"),
    ]
    assert found.basis.tolist() == [600, 300, 300, 400, 400]
    assert found.quota.tolist() == [[60, 120], [30, 60], [30, 60], [40, 80], [40, 80]]
    assert found.last_year[0] == sum(
        value for value, leaf in zip([-5, 1, 2, 3], CUBE.members[REGIONS], strict=True) if leaf < 2
    )


def test_sums_beyond_2_to_the_53_are_exact():
    cube = cube_of("产品 basis\n云 4611686018427387905\n屏 3", "产品")
    found = node_sums(cube, 0, np.zeros((2, 4), np.int64), cube.basis * -1)
    assert sorted(found.basis.tolist()) == [3, 2**62 + 1]
    assert sorted(found.last_year.tolist()) == [-(2**62) - 1, -3]


def test_a_line_tells_weight_share_and_quota():
    lines = derive(sums(), unit=100, scale=2, notes={3: "地区=西北:1.2亿"})
    assert [line.path[-1] for line in lines] == ["华东", "上海", "江苏", "西北", "陕西"]
    assert [line.share for line in lines] == [
        Decimal("0.6"),
        Decimal("0.5"),
        Decimal("0.5"),
        Decimal("0.4"),
        Decimal(1),
    ]
    assert [line.raw_weight for line in lines] == [6, 3, 3, 4, 4]
    assert [line.quota for line in lines] == [18_000, 9_000, 9_000, 12_000, 12_000]
    assert [(line.method, line.note) for line in lines[2:4]] == [
        ("proportional", ""),
        ("wish", "地区=西北:1.2亿"),
    ]


def test_a_weightless_parent_gives_no_share():
    cube = cube_of("产品 basis\n云 0\n屏 0", "产品")
    found = node_sums(cube, 0, np.ones((2, 4), np.int64), None)
    assert [line.share for line in derive(found, unit=1, scale=2, notes={})] == [0, 0]


def test_a_large_hierarchy_is_told_to_the_parents_of_its_leaves(monkeypatch):
    monkeypatch.setattr(explain, "MOST_DERIVED", 4)
    lines = derive(sums(), unit=1, scale=2, notes={})
    assert [line.path for line in lines] == [("华东",), ("西北",)]


def test_finished_cells_keep_every_law():
    found = checks(
        wishes=[wish("fix", 100, 100), wish("bound", 0, 100), wish("hold", 100, 100)],
        caps=CELLS,
    )
    assert found == {
        ("check.total", ""): (1, 0),
        ("check.nodes", "产品"): (2, 0),
        ("check.nodes", "地区>省"): (5, 0),
        ("check.periods", ""): (3, 0),
        ("check.fix", ""): (1, 0),
        ("check.hold", ""): (1, 0),
        ("check.bound", ""): (1, 0),
        ("check.unit", ""): (8, 0),
        ("check.growth", ""): (8, 0),
    }


@pytest.mark.parametrize(
    ("given", "code", "failed"),
    [
        ({"total": 301}, "check.total", 1),
        ({"total": 301}, "check.periods", 1),
        ({"total": 301}, "check.nodes", 1),
        ({"wishes": [wish("fix", 101, 101)]}, "check.fix", 1),
        ({"wishes": [wish("hold", 99, 99)]}, "check.hold", 1),
        ({"wishes": [wish("bound", 101, None), wish("bound", 0, 99)]}, "check.bound", 2),
        ({"caps": CELLS - 1}, "check.growth", 8),
        ({"cells": CELLS * np.array([[1, 1], [1, 1], [1, 1], [-1, 1]])}, "check.unit", 1),
    ],
)
def test_a_broken_law_is_counted(given, code, failed):
    found = checks(**given)
    assert max(count for (name, _), (_, count) in found.items() if name == code) == failed


def test_a_node_that_is_not_its_children_is_counted():
    whole = sums()
    whole.quota[1] += 1
    (check,) = [
        check
        for check in check_cells(CUBE, CELLS, [whole], [], 300, None)
        if check.code == "check.nodes"
    ]
    assert (check.count, check.failed) == (5, 1)
