"""A total over members and periods: worked cases, edges, and what is said about them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quotaloom.core.allocation.cascade import cascade
from quotaloom.core.allocation.cube import Wish
from quotaloom.core.model.errors import DataRefused, Infeasible
from tests.support.plans import cube_of

REGIONS = cube_of(
    """
    大区 省   产品 基数
    华东 上海 A    300
    华东 上海 B    100
    华东 江苏 A    200
    华南 广东 A    250
    华南 广东 B    150
    """,
    "大区>省",
    "产品",
)
ONE = cube_of("省 基数\n上海 7", "省")
YEAR = cube_of("省 基数\n上海 7\n江苏 3", "省", kind="year")


def members(cube, name):
    """The tuples below the node of this code."""
    inside = np.zeros(cube.size[0], bool)
    for tree, leaves in zip(cube.hierarchies, cube.members, strict=True):
        for node in tree.find(name):
            first, past = tree.spans[node]
            inside |= (leaves >= first) & (leaves < past)
    return inside


def wish(cube, text, kind="fix", high: int | None = -1):
    """``华东/Q4=120``: a node, quarters, or both, and an amount; ``high`` -1 means the same."""
    area, amount = text.split("=")
    tuples, periods = np.ones(cube.size[0], bool), np.ones(cube.size[1], bool)
    for part in filter(None, area.split("/")):
        if part.startswith("Q"):
            periods = np.array([period.label.endswith(part) for period in cube.periods])
        else:
            tuples = members(cube, part)
    low = int(amount)
    return Wish(text, kind, tuples, periods, low, low if high == -1 else high)


def reached(cube, cells, area):
    return wish(cube, f"{area}=0").reached(cells)


def refused(cube, total, wishes, **more):
    with pytest.raises(Infeasible) as refusal:
        cascade(cube, total, wishes, **more)
    (finding,) = refusal.value.findings
    return finding.code, set(finding.subject.split("、"))


def test_without_wishes_every_cell_is_its_share() -> None:
    result = cascade(REGIONS, 4000)
    expected = REGIONS.basis[:, None] * np.ones((1, 4), int)
    np.testing.assert_array_equal(result.cells, expected)
    assert (result.findings, result.astray) == ((), 0)


def test_left_over_units_go_to_the_largest_remainder_then_the_larger_then_the_code() -> None:
    assert cascade(YEAR, 11).cells.tolist() == [[8], [3]]  # 7.7 and 3.3
    halves = cube_of("省 基数\n上海 1\n江苏 1\n浙江 2", "省", kind="year")
    assert cascade(halves, 2).cells.ravel().tolist() == [1, 0, 1]  # rests .5 .5 0
    assert cascade(halves, 6).cells.ravel().tolist() == [2, 1, 3]  # 1.5 1.5 3


def test_fixes_on_a_node_and_on_a_quarter_are_solved_together() -> None:
    wishes = [wish(REGIONS, "华东=650"), wish(REGIONS, "Q4=350")]
    cells = cascade(REGIONS, 1000, wishes).cells
    assert reached(REGIONS, cells, "华东") == 650
    assert reached(REGIONS, cells, "Q4") == 350
    assert reached(REGIONS, cells, "华东/Q4") in {227, 228}  # 650 x 350 / 1000 = 227.5
    assert reached(REGIONS, cells, "上海") == 433  # 650 x 400 / 600 = 433.3


def test_a_fix_inside_a_fix() -> None:
    wishes = [wish(REGIONS, "华东=600"), wish(REGIONS, "上海=599"), wish(REGIONS, "上海/Q1=0")]
    cells = cascade(REGIONS, 1000, wishes).cells
    assert reached(REGIONS, cells, "华东") == 600
    assert reached(REGIONS, cells, "江苏") == 1
    assert reached(REGIONS, cells, "上海/Q1") == 0
    assert cells[members(REGIONS, "广东")].sum(axis=0).tolist() == [100, 100, 100, 100]


def test_a_fix_of_nothing_empties_the_node() -> None:
    cells = cascade(REGIONS, 1000, [wish(REGIONS, "华南=0")]).cells
    assert reached(REGIONS, cells, "华南") == 0
    assert reached(REGIONS, cells, "上海") == 667


def test_a_hold_keeps_its_own_season_beside_a_fixed_quarter() -> None:
    wishes = [wish(REGIONS, "广东=400", "hold"), wish(REGIONS, "Q4=550")]
    result = cascade(REGIONS, 1000, wishes)
    assert result.cells[members(REGIONS, "广东")].sum(axis=0).tolist() == [100] * 4
    assert reached(REGIONS, result.cells, "华东/Q4") == 450
    assert reached(REGIONS, result.cells, "华东/Q1") == 50
    assert result.findings == ()


def test_a_hold_that_forbids_the_rest_keeps_its_total_and_says_that_it_was_reshaped() -> None:
    wishes = [wish(REGIONS, "广东=400", "hold"), wish(REGIONS, "Q4=40")]
    result = cascade(REGIONS, 1000, wishes)
    assert reached(REGIONS, result.cells, "广东") == 400
    assert reached(REGIONS, result.cells, "Q4") == 40
    assert [finding.code for finding in result.findings] == ["allocate.hold_reshaped"]


def test_everything_may_be_held() -> None:
    wishes = [wish(REGIONS, f"{name}={amount}", "hold") for name, amount in HELD.items()]
    cells = cascade(REGIONS, 60, wishes).cells
    assert {name: reached(REGIONS, cells, name) for name in HELD} == HELD


HELD = {"上海": 10, "江苏": 20, "广东": 30}


def test_a_bound_binds_only_where_it_must() -> None:
    loose = wish(REGIONS, "华南=100", "bound", None)
    np.testing.assert_array_equal(
        cascade(REGIONS, 1000, [loose]).cells, cascade(REGIONS, 1000).cells
    )
    tight = wish(REGIONS, "华南=700", "bound", None)
    cells = cascade(REGIONS, 1000, [tight]).cells
    assert reached(REGIONS, cells, "华南") == 700
    assert reached(REGIONS, cells, "上海") == 200


def test_caps_are_filled_and_the_rest_goes_on() -> None:
    caps = np.full(REGIONS.size, 1000)
    caps[members(REGIONS, "华东")] = 30
    cells = cascade(REGIONS, 1000, caps=caps).cells
    assert (cells <= caps).all()
    assert reached(REGIONS, cells, "华东") == 360  # 3 tuples x 4 quarters x 30
    code, names = refused(REGIONS, 1000, [], caps=np.full(REGIONS.size, 40))
    assert (code, names) == ("allocate.total_beyond_growth", {""})
    code, names = refused(REGIONS, 1000, [wish(REGIONS, "华东=361")], caps=caps)
    assert (code, names) == ("allocate.conflict_with_growth", {"华东=361"})


def test_members_without_history_get_nothing_unless_a_wish_says_so() -> None:
    cube = cube_of("大区 省 基数\n华东 上海 6\n华东 江苏 0\n华西 四川 0\n华西 西藏 0", "大区>省")
    assert cascade(cube, 40).cells[members(cube, "江苏")].sum() == 0
    result = cascade(cube, 40, [wish(cube, "华西=16")])
    assert result.cells.tolist() == [[6] * 4, [0] * 4, [2] * 4, [2] * 4]
    (said,) = result.findings
    assert (said.code, said.params["units"]) == ("allocate.zero_basis_opened", 16)


def test_a_cube_without_any_history_is_spread_evenly_and_it_is_said() -> None:
    cube = cube_of("省 基数\n上海 0\n江苏 0", "省")
    result = cascade(cube, 16)
    assert result.cells.tolist() == [[2] * 4, [2] * 4]
    assert [finding.code for finding in result.findings] == ["allocate.zero_basis_opened"]


def test_one_cell_and_one_period() -> None:
    assert cascade(cube_of("省 基数\n上海 7", "省", kind="year"), 5).cells.tolist() == [[5]]
    assert sorted(cascade(ONE, 6).cells.ravel().tolist()) == [1, 1, 2, 2]
    assert cascade(ONE, 0).cells.sum() == 0


def test_halves_and_quarters_nest_when_the_calendar_is_rounded() -> None:
    cells = cascade(ONE, 2).cells.ravel()
    assert cells[:2].sum() == cells[2:].sum() == 1


def test_three_units_over_a_thousand_cells() -> None:
    rows = "\n".join(f"{n:03} {1 + (n == 77)}" for n in range(250))
    cells = cascade(cube_of("省 基数\n" + rows, "省"), 3).cells
    assert cells.sum() == 3
    assert cells.max() == 1
    assert cells[77].sum() == 1


def test_amounts_of_a_hundred_billion_are_exact_to_the_fen() -> None:
    total = 10**13
    wishes = [wish(REGIONS, f"华东={total // 2 + 1}"), wish(REGIONS, f"Q4={total // 4 + 3}")]
    cells = cascade(REGIONS, total, wishes).cells
    assert int(cells.sum()) == total
    assert reached(REGIONS, cells, "华东") == total // 2 + 1
    assert reached(REGIONS, cells, "Q4") == total // 4 + 3
    clash = [wish(REGIONS, f"华东={total // 2 + 1}"), wish(REGIONS, f"华南={total // 2}")]
    code, names = refused(REGIONS, total, clash)
    assert (code, names) == ("allocate.conflict_with_total", {w.text for w in clash})


def test_a_total_beyond_exact_doubles_is_refused() -> None:
    for total in (-1, 2**50 + 1):
        with pytest.raises(DataRefused, match=r"allocate\.total_out_of_range"):
            cascade(REGIONS, total)
    assert int(cascade(REGIONS, 2**50).cells.sum()) == 2**50


def test_the_conflict_names_only_those_who_are_in_it() -> None:
    wishes = [
        wish(REGIONS, "华东=300"),
        wish(REGIONS, "华南=150", "bound", None),
        wish(REGIONS, "广东=120", "hold"),
        wish(REGIONS, "Q4=35"),
    ]
    assert refused(REGIONS, 500, wishes) == ("allocate.conflict", {"华南=150", "广东=120"})
    wishes[2] = wish(REGIONS, "广东=160", "hold")
    assert refused(REGIONS, 450, wishes) == (
        "allocate.conflict_with_total",
        {"华东=300", "广东=160"},
    )


def test_a_fix_above_the_total_is_refused_with_the_total() -> None:
    code, names = refused(REGIONS, 100, [wish(REGIONS, "华东=101"), wish(REGIONS, "Q1=30")])
    assert (code, names) == ("allocate.conflict_with_total", {"华东=101"})


def test_half_units_that_no_whole_ones_replace_are_refused() -> None:
    """2x2x2 with all margins 1, only 001, 010, 100 and 111 there: halves do, units do not."""
    cube = cube_of(
        """
        甲 乙 丙 基数
        甲0 乙0 丙1 1
        甲0 乙1 丙0 1
        甲1 乙0 丙0 1
        甲1 乙1 丙1 1
        """,
        "甲",
        "乙",
        "丙",
        kind="year",
    )
    wishes = [wish(cube, f"{name}=1") for name in ("甲0", "乙0", "丙0")]
    assert refused(cube, 2, wishes) == ("rake.no_whole_solution", {"甲0=1", "乙0=1", "丙0=1"})
    assert int(cascade(cube, 4, [wish(cube, f"{n}=2") for n in ("甲0", "乙0", "丙0")]).astray) == 0


def test_tuples_and_hierarchies_in_any_order_give_the_same_cells() -> None:
    order = np.array([3, 0, 4, 2, 1])
    turned = replace(
        REGIONS,
        hierarchies=REGIONS.hierarchies[::-1],
        members=tuple(one[order] for one in REGIONS.members[::-1]),
        basis=REGIONS.basis[order],
        shape=REGIONS.shape[order],
    )
    asked = [wish(REGIONS, "华东=333"), wish(REGIONS, "B/Q2=17")]
    again = [wish(turned, one.text) for one in asked[::-1]]
    np.testing.assert_array_equal(
        cascade(REGIONS, 997, asked).cells[order], cascade(turned, 997, again).cells
    )
