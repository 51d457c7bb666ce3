"""Columns that nest in almost every row."""

from __future__ import annotations

import polars as pl

from quotaloom.report.recheck.nesting import check_nesting


def checked(pairs):
    frame = pl.DataFrame(pairs, schema=["地区", "省"], orient="row").with_row_index("row", 2)
    return check_nesting(frame, ["地区", "省"], "row")


def test_levels_that_nest_are_counted():
    checks, findings = checked([("华东", "上海"), ("华东", "江苏"), ("华北", "北京")])
    assert [(check.count, check.params["several"]) for check in checks] == [(3, 0)]
    assert findings == []


def test_the_rarer_parent_is_the_odd_one():
    good = [("华东", province) for province in ("上海", "江苏", "浙江", "山东", "福建")]
    checks, findings = checked([*good, *good, ("华南", "福建")])
    assert [(check.count, check.params["several"]) for check in checks] == [(5, 1)]
    (finding,) = findings
    assert finding.subject == "福建"
    assert dict(finding.params) == {"row": 12, "column": "地区", "value": "华南", "usual": "华东"}


def test_separate_axes_are_left_alone():
    crossed = [(region, product) for region in "甲乙丙" for product in "123"]
    assert checked(crossed) == ([], [])
