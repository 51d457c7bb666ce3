"""Typed wishes against a cube: members, periods, shares and amounts off the unit."""

from __future__ import annotations

import numpy as np
import pytest

from quotaloom.core.allocation.resolve import Frame, resolve
from quotaloom.core.allocation.wish_text import parse_wish
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.hierarchy_build import from_parents
from quotaloom.core.model.periods import FiscalCalendar
from tests.support.plans import NATURAL, cube_of

TABLE = """
    地区   省    产品   岗位  姓名   basis
    华东   上海  云     S1    王伟   10
    华东   江苏  云     S2    李娜   20
    华东   江苏  屏     S3    王伟   30
    西北   陕西  屏     S4    赵敏   40
    西北   2025  Q1    S5    孙磊   50
"""
ALSO = {"姓名": "岗位"}
ALL = (">=", "<=", "=")


def frame(kind="quarter", *, unit=100, total=10_000_000, calendar=NATURAL):
    cube = cube_of(TABLE, "地区>省", "产品", "岗位", kind=kind, calendar=calendar, 岗位="姓名")
    return Frame(cube, calendar, 2027, total, unit, ALSO)


def wished(text, kind="fix", within=None):
    return resolve(parse_wish(text, relations=ALL), kind, within or frame())


def basis(text, within=None):
    """Which tuples a wish takes, told by their basis, and which periods, from 1."""
    within = within or frame()
    wish, _ = wished(text, within=within)
    return (
        sorted(within.cube.basis[wish.tuples].tolist()),
        (np.flatnonzero(wish.periods) + 1).tolist(),
    )


ALL_TUPLES, YEAR = [10, 20, 30, 40, 50], [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "tuples", "periods"),
    [
        ("地区=华东:1", [10, 20, 30], YEAR),
        ("华东:1", [10, 20, 30], YEAR),
        ("地区>省=华东:1", [10, 20, 30], YEAR),
        ('"地区>省"=江苏:1', [20, 30], YEAR),
        ("地区=华东>江苏:1", [20, 30], YEAR),
        ('"地区>省"=华东>江苏:1', [20, 30], YEAR),
        ("省=江苏:1", [20, 30], YEAR),
        ("省=华东>江苏:1", [20, 30], YEAR),
        ("岗位=S3:1", [30], YEAR),
        ("姓名=李娜:1", [20], YEAR),
        ("岗位=李娜:1", [20], YEAR),
        ("Q4:1", ALL_TUPLES, [4]),
        ("2027Q4:1", ALL_TUPLES, [4]),
        ("2027年四季度:1", ALL_TUPLES, [4]),
        ("上半年:1", ALL_TUPLES, [1, 2]),
        ("2027:1", ALL_TUPLES, YEAR),
        ("地区=华东&产品=云:1", [10, 20], YEAR),
        ("地区=华东&Q2:1", [10, 20, 30], [2]),
        ("地区=华东&下半年&产品=屏:1", [30], [3, 4]),
        ("省=2025:1", [50], YEAR),
        ("2025:1", [50], YEAR),  # no period of this plan, but a member
        ("产品=Q1:1", [50], YEAR),
        ("Q1:1", ALL_TUPLES, [1]),  # a period comes before a member
    ],
)
def test_a_node_is_found(text, tuples, periods):
    assert basis(text) == (tuples, periods)


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("地区=华南:1", "wish.unknown_member", {"nearest": "华东、西北"}),
        ("大区=华东:1", "wish.unknown_header", {}),
        ("省=江苏省:1", "wish.unknown_member", {"nearest": "江苏、上海、陕西"}),
        ("姓名=王伟:1", "wish.several_members", {"paths": "S1; S3"}),
        ("Q5:1", "period.not_in_year", {}),
        ("2028Q1:1", "wish.period_outside", {"first": "2027Q1", "last": "2027Q4"}),
        ("2027-03:1", "wish.period_outside", {"year": 2027}),
        ("三月的第二周:1", "wish.unknown_member", {}),
        ("地区=西北&产品=云:1", "wish.no_cell", {}),
        ("Q1&Q2:1", "wish.no_cell", {}),
        ("地区=华东:-5万", "wish.negative", {}),
    ],
)
def test_what_is_not_there_is_refused_by_name(text, code, params):
    with pytest.raises(UsageRefused) as refusal:
        wished(text)
    (finding,) = refusal.value.findings
    assert finding.code == code
    assert {key: finding.params[key] for key in params} == params


def test_an_unknown_header_is_told_all_there_are():
    with pytest.raises(UsageRefused) as refusal:
        wished("大区=华东:1")
    assert refusal.value.findings[0].params["known"] == "产品, 地区>省, 地区, 省, 岗位, 姓名"


def test_an_amount_off_the_unit_is_refused_with_the_two_nearest():
    with pytest.raises(UsageRefused) as refusal:
        wished("地区=华东:1234.5万", within=frame(unit=10_000_00))
    (finding,) = refusal.value.findings
    assert finding.code == "amount.no_multiple"
    assert (finding.params["below"], finding.params["above"]) == ("12340000", "12350000")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Q4:33.33%", 333, 333),  # 333.3 units, nearest
        ("Q4:33.37%", 334, 334),
        ("Q4:>=33.33%", 334, None),  # a bound keeps to its safe side
        ("Q4:<=33.37%", 0, 333),
        ("Q4:=50%", 500, 500),
        ("Q4:0%", 0, 0),
    ],
)
def test_a_share_is_rounded_to_the_unit_and_told(text, low, high):
    wish, said = wished(text, within=frame(total=1_000_000, unit=1_000))
    assert (wish.low, wish.high) == (low, high)
    assert [(f.code, f.subject) for f in said] == [("wish.share_is", text)]
    assert said[0].params["amount"] == str((low or high or 0) * 10)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("Q4:>=5", 5, None), ("Q4:<=5", 0, 5), ("Q4:5", 5, 5)]
)
def test_a_relation_becomes_two_ends(text, low, high):
    wish, said = wished(text, "bound")
    assert (wish.kind, wish.low, wish.high, said) == ("bound", low, high, [])


def test_months_make_quarters_and_halves():
    within = frame("month")
    assert basis("Q2:1", within)[1] == [4, 5, 6]
    assert basis("2027-02:1", within)[1] == [2]
    assert basis("2月:1", within)[1] == [2]


@pytest.mark.parametrize("text", ["Q2:1", "2027-02:1", "上半年:1"])
def test_weeks_that_cut_quarters_and_months_make_none(text):
    with pytest.raises(UsageRefused) as refusal:
        wished(text, within=frame("week"))
    assert refusal.value.findings[0].code == "wish.period_outside"


def test_weeks_of_a_retail_calendar_make_quarters():
    within = frame("week", calendar=FiscalCalendar(pattern="4-4-5"))
    assert basis("Q2:1", within)[1] == list(range(14, 27))
    assert basis("2027P01:1", within)[1] == [1, 2, 3, 4]


def test_fiscal_years_name_their_periods():
    within = frame("month", calendar=FiscalCalendar(4))
    assert basis("FY2027Q1:1", within)[1] == [1, 2, 3]
    assert basis("1月:1", within)[1] == [10]
    assert basis("2027-01:1", within)[1] == [10]


def test_a_manager_s_own_leaf_is_named_by_its_path():
    tree = from_parents("person", "ABC", {"B": "A", "C": "A"}, {"A", "B", "C"}, {"A": "Amy"})
    table = "person basis\nA 1\nB 2\nC 3"
    made = cube_of(table, "person")
    cube = type(made)(
        (tree,),
        (np.array([0, 1, 2], np.int32),),
        *[getattr(made, name) for name in ("periods", "rollups", "basis", "shape", "profiles")],
    )
    within = Frame(cube, NATURAL, 2027, 100, 1, {"EmployeeKey": "person"})
    assert basis("person=A:1", within)[0] == [1, 2, 3]
    assert basis("EmployeeKey=Amy:1", within)[0] == [1, 2, 3]
    assert basis("person=A>本级:1", within)[0] == [1]
    assert basis("EmployeeKey=C:1", within)[0] == [3]
