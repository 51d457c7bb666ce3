"""Named values of any type as a request, or refused with how they are written."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from quotaloom.cycle.options import EXAMPLES, KINDS, READERS, REQUIRED, request_of
from quotaloom.cycle.request import DecomposeRequest

NEEDED = {"total": "100", "year": 2027}


def read(**values):
    request, misfits = request_of(NEEDED | values)
    assert misfits == []
    return request


def test_every_field_has_a_kind_and_every_kind_a_reader():
    assert set(KINDS) == {one.name for one in fields(DecomposeRequest)}
    assert set(KINDS.values()) == set(READERS) == set(EXAMPLES)
    assert REQUIRED == ("total", "year")


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("by", "a>b", ("a>b",)),
        ("by", ["a", "b"], ("a", "b")),
        ("by", ("a",), ("a",)),
        ("by", [], ()),
        ("total", 5, "5"),
        ("total", Decimal("1E+3"), "1000"),
        ("unit", Decimal("0.01"), "0.01"),
        ("recency", 0.5, "0.5"),
        ("recency", 1, "1"),
        ("seasonality", [15, 20, "30", Decimal(35)], "15,20,30,35"),
        ("seasonality", "equal", "equal"),
        ("facts", "a.csv", (Path("a.csv"),)),
        ("facts", ["a.csv", Path("b.csv")], (Path("a.csv"), Path("b.csv"))),
        ("weights", "w.csv", Path("w.csv")),
        ("fill_down", True, True),
        ("sheet", None, None),
    ],
)
def test_a_value_is_read(name, value, wanted):
    assert getattr(read(**{name: value}), name) == wanted


def test_frames_stay_frames():
    frame = pl.DataFrame({"a": [1]})
    request = read(facts=frame, weights=frame)
    assert request.facts is request.weights is frame


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("year", "2027", "year = 2027"),
        ("year", 2027.0, "year = 2027"),
        ("year", True, "year = 2027"),
        ("total", 5e8, 'total = "…"'),
        ("total", True, 'total = "…"'),
        ("total", ["5"], 'total = "…"'),
        ("unit", 0.01, 'unit = "…"'),
        ("by", 5, 'by = ["…", "…"]'),
        ("by", ["a", 5], 'by = ["…", "…"]'),
        ("by", {"a": 1}, 'by = ["…", "…"]'),
        ("date", 5, 'date = "…"'),
        ("seasonality", [15, 0.2], 'seasonality = "15,20,30,35"'),
        ("seasonality", [], 'seasonality = "15,20,30,35"'),
        ("fill_down", "true", "fill_down = true"),
        ("fill_down", 1, "fill_down = true"),
        ("weights", "", 'weights = "….csv"'),
        ("weights", 5, 'weights = "….csv"'),
        ("facts", [5], 'facts = ["….csv", "….csv"]'),
        ("facts", [pl.DataFrame()], 'facts = ["….csv", "….csv"]'),
        ("recency", ["0", "5"], 'recency = "0.5"'),
    ],
)
def test_a_value_of_a_wrong_type_is_told_with_an_example(name, value, expected):
    request, misfits = request_of(NEEDED | {name: value})
    assert request is None
    assert [(one.name, one.expected) for one in misfits] == [(name, expected)]


def test_all_wrong_types_are_told_at_once():
    misfits = request_of({"total": 1.5, "year": "x", "by": 5})[1]
    assert [one.name for one in misfits] == ["total", "year", "by"]
    assert [one.value for one in misfits] == ["1.5", "x", "5"]


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("year", "fill_down")])
def test_no_text_holds_a_nul(name):
    assert [one.name for one in request_of(NEEDED | {name: "a\0.csv"})[1]] == [name]
