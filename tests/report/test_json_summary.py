"""The summary for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from quotaloom.core.model.decomposition import Check, Margin
from quotaloom.core.model.findings import warning
from quotaloom.report.json_summary import dumps, json_summary
from tests.support.decompositions import decomposition

PLAN = replace(
    decomposition(1),
    total=10_940_264_429,
    margins=(Margin("地区=西北:>=300万", "bound", 300_000_000, None, 310_000_050),),
    checks=(
        Check("check.nodes", 7, 0, {"hierarchy": "a"}),
        Check("check.nodes", 5, 0, {"hierarchy": "b"}),
        Check("check.total", 1, 0),
    ),
    findings=(warning("weigh.zero", "华东", month=3, value='a"b'),),
    seconds=1.23456,
)


def test_the_fields_that_were_promised():
    assert json.loads(json_summary(PLAN), parse_float=Decimal) == {
        "total": Decimal("109402644.29"),
        "leaves": PLAN.leaves.height,
        "nodes_checked": 12,
        "margins": [
            {
                "text": "地区=西北:>=300万",
                "kind": "bound",
                "low": 3_000_000,
                "high": None,
                "reached": Decimal("3100000.50"),
            }
        ],
        "findings": [
            {
                "code": "weigh.zero",
                "severity": "warning",
                "subject": "华东",
                "params": {"month": 3, "value": 'a"b'},
            }
        ],
        "seconds": Decimal("1.235"),
    }


@pytest.mark.parametrize(
    ("fen", "literal"),
    [
        (10_940_264_429, '"total": 109402644.29,'),
        (50_000_000_000, '"total": 500000000,'),
        (2**62 + 1, '"total": 46116860184273879.05,'),
        (-5, '"total": -0.05,'),
    ],
)
def test_amounts_are_exact_literals(fen, literal):
    assert literal in json_summary(replace(PLAN, total=fen))


def test_chinese_is_written_as_it_is_and_on_one_line():
    text = json_summary(PLAN)
    assert "华东" in text
    assert "\n" not in text


@pytest.mark.parametrize("value", [None, True, 5, "a\n", [], {}, {"a": [{"b": ()}]}])
def test_other_values_are_ordinary_json(value):
    assert json.loads(dumps(value)) == json.loads(json.dumps(value))
