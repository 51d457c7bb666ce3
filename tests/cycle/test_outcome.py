"""Finished cells as frames and lines."""

from __future__ import annotations

import polars as pl
import pytest

from quotaloom import decompose
from tests.support.orders import yearly

FACTS = yearly({("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100})


def made(**options):
    given = {"total": "1200", "year": 2027, "by": ["地区", "产品"], "seasonality": "equal"}
    return decompose(FACTS, **(given | options))


def test_rows_are_members_by_tree_then_periods():
    frame = made(time="half").frame
    assert frame.columns == ["period", "地区", "产品", "basis", "quota"]
    assert frame.schema["period"] == pl.String
    assert frame.select("产品", "地区", "period").rows() == [
        ("云", "华东", "2027H1"),
        ("云", "华东", "2027H2"),
        ("云", "西北", "2027H1"),
        ("云", "西北", "2027H2"),
        ("屏", "华东", "2027H1"),
        ("屏", "华东", "2027H2"),
    ]


def test_the_basis_of_a_tuple_is_spread_over_its_periods_exactly():
    frame = made(seasonality="1,2,3,5").frame
    sums = frame.group_by("地区", "产品").agg(pl.col("basis").sum())
    assert sorted(sums["basis"].to_list()) == [120_000, 120_000, 360_000]


@pytest.mark.parametrize(
    ("wish", "paths"),
    [
        ({"fix": "地区=华东:600"}, [("华东",)]),
        ({"hold": "产品=屏:600"}, [("屏",)]),
        ({"bound": "地区=西北:>=600"}, [("西北",)]),
        ({"fix": "Q4:600"}, []),
        ({"fix": "地区=华东&Q4:100"}, []),
        ({"fix": "地区=华东&产品=云:600"}, []),
    ],
)
def test_a_node_that_a_wish_set_says_so(wish, paths):
    lines = made(**wish).trace.derivations
    assert [line.path for line in lines if line.method == "wish"] == paths
    assert {line.note for line in lines if line.method == "wish"} <= set(wish.values())


def test_every_node_has_its_share_of_its_parent():
    lines = {line.path: line for line in made().trace.derivations}
    assert [str(lines[path].share) for path in [("华东",), ("西北",), ("云",), ("屏",)]] == [
        "0.800000000",
        "0.200000000",
        "0.800000000",
        "0.200000000",
    ]
    assert lines["华东",].basis == 480_000
    assert str(lines["华东",].raw_weight) == "4800.00"


def test_margins_tell_what_was_asked_and_reached():
    trace = made(fix="地区=华东:600", bound=["Q4:>=10%", "产品=屏:<=200"]).trace
    assert [(m.text, m.kind, m.low, m.high, m.reached) for m in trace.margins] == [
        ("地区=华东:600", "fix", 60_000, 60_000, 60_000),
        ("Q4:>=10%", "bound", 12_000, None, 30_000),
        ("产品=屏:<=200", "bound", None, 20_000, trace.margins[2].reached),
    ]
    assert trace.margins[2].reached <= 20_000


def test_every_law_was_checked():
    trace = made(fix="地区=华东:600").trace
    assert {check.code: check.failed for check in trace.checks} == {
        "check.total": 0,
        "check.nodes": 0,
        "check.periods": 0,
        "check.fix": 0,
        "check.unit": 0,
    }
