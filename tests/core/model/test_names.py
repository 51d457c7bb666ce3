"""Names of members: cleaned, and the nearest for a wrong one (H46, H65, H74)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotaloom.core.model.names import clean_name, edits, half_width, nearest_names


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("华东\u200b", "华东"),
        ("\ufeff区域", "区域"),
        ("\u202e华东\u202c", "华东"),
        ("华东\u00a0", "华东"),
        ("\u3000华 东 ", "华 东"),
        ("𠮷野家", "𠮷野家"),
        ("NA", "NA"),
        ("＝1+1", "＝1+1"),
    ],
)
def test_a_name_loses_what_nobody_sees(text, clean):
    assert clean_name(text) == clean


def test_full_width_signs_become_ascii():
    assert half_width("ＡＢ１２，．％（）＋－\u3000￥") == "AB12,.%()+- ￥"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("华动", ("华东", "华北", "华南")),
        ("GTXPro", ("GTX Pro", "GTX Basic")),
        ("华东", ("华东", "华北", "华南")),
    ],
)
def test_the_nearest_names_come_first_and_ties_in_code_order(name, nearest):
    regions = ["西北", "华南", "华东", "华北"]
    products = ["MG Special", "GTX Pro", "GTX Basic"]
    known = products if name.startswith("G") else regions
    assert nearest_names(name, known)[: len(nearest)] == nearest


words = st.text(alphabet="abc", max_size=5)


@given(name=words, known=st.lists(words, max_size=12), count=st.integers(1, 4))
@example(name="abc", known=["acb", "aaa"], count=1)
def test_no_nearer_name_is_left_out(name, known, count):
    found = nearest_names(name, known, count)
    assert list(found) == sorted(set(known), key=lambda one: (edits(name, one), one))[:count]


@given(one=words, other=words)
def test_the_edit_distance_is_a_distance(one, other):
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edits(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(("one", "other", "count"), [("kitten", "sitting", 3), ("ab", "ba", 2)])
def test_edits_are_counted(one, other, count):
    assert edits(one, other) == count
