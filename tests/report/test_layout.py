"""What a file says about itself, written and read back without trust."""

from __future__ import annotations

import json

import pytest

from quotaloom.report.layout import CHUNK, SheetPlace, from_chunks, layout_of, loads
from tests.support.decompositions import Shape, decomposition

LAYOUT = layout_of(decomposition(1, Shape(by=("地区", "人员"))), "zh", 12)


def test_a_layout_comes_back():
    assert loads(LAYOUT.dumps()) == LAYOUT
    assert LAYOUT.wishes
    assert all(wish.is_found for wish in LAYOUT.wishes)


def test_a_long_layout_comes_back_in_parts_of_any_order():
    long = loads(LAYOUT.dumps().replace("地区", "地" * 9_000 + "区"))
    parts = long.chunks()
    assert len(parts) > 1
    assert all(len(part) <= CHUNK for _, part in parts)
    noise = [("quotaloom:x", "{"), ("quotaloom", "}"), ("other:1", "")]
    assert from_chunks([*reversed(parts), *noise]) == long


CHANGES = {
    "format": 2, "lang": "fr", "total": "5", "unit": 1.5, "lines": True, "hierarchies": 5,
    "label_of": [], "periods": [], "rollups": {"a": 1}, "overview": None, "wishes": [{}],
    "sheets": [{"title": "a", "kind": "other", "tree": 0, "is_cut": False}],
}  # fmt: skip


@pytest.mark.parametrize("key", CHANGES)
def test_a_changed_layout_is_none_of_ours(key):
    read = json.loads(LAYOUT.dumps())
    assert loads(json.dumps(read | {key: CHANGES[key]})) is None
    del read[key]
    assert loads(json.dumps(read)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"periods": ["2027-01", "2027-01"]},
        {"sheets": [{"title": "a", "kind": "dimension", "tree": 9, "is_cut": False}]},
        {"sheets": [{"title": "a", "kind": "dimension", "tree": -1, "is_cut": False}]},
        {"total": 2**64},
    ],
)
def test_a_layout_that_cannot_be_is_none_of_ours(change):
    assert loads(json.dumps(json.loads(LAYOUT.dumps()) | change)) is None


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 200_000, "1e999999", "NaN"])
def test_no_text_makes_it_fall(text):
    assert loads(text) is None


def test_the_breakdown_is_found_among_the_sheets():
    assert LAYOUT.breakdown is None
    place = SheetPlace("目标分解", "breakdown")
    assert (
        loads(
            json.dumps(
                json.loads(LAYOUT.dumps())
                | {
                    "sheets": [
                        {"title": "目标分解", "kind": "breakdown", "tree": -1, "is_cut": False}
                    ]
                }
            )
        ).breakdown
        == place
    )
