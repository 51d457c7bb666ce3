"""Tables on a terminal with wide signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.report.summary_table import Row, aligned, bar, columns_of_text, fitted, wrapped

TEXTS = st.text(st.sampled_from("ab 华东，。(-)é\u0301"), max_size=40)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("华东", 4), ("e\u0301", 1), ("Ａ", 2)])
def test_wide_signs_take_two_columns(text, width):
    assert columns_of_text(text) == width


@given(TEXTS, st.integers(2, 50))
def test_a_fitted_text_has_exactly_its_width(text, width):
    assert columns_of_text(fitted(text, width)) == width


def test_a_shortened_text_says_so():
    assert fitted("智能装备事业部", 8) == "智能装… "


@pytest.mark.parametrize(
    ("amount", "drawn"),
    [(8, "████"), (4, "██"), (3, "█▌"), (1, "▌"), (0, ""), (-5, "")],
)
def test_bars_are_drawn_in_eighths(amount, drawn):
    assert bar(amount, 8, 4) == drawn


def test_a_tiny_amount_is_still_seen():
    assert bar(1, 10**12, 40) == "▏"


@given(TEXTS.filter(str.strip), st.integers(10, 60))
def test_wrapping_loses_nothing_but_blanks(text, width):
    lines = wrapped(text, width, indent=2)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.sampled_from("ab 华东，"), max_size=80), st.integers(10, 60))
def test_wrapped_lines_fit_where_words_do(text, width):
    words = max((columns_of_text(word) for word in text.replace("，", ",").split(" ")), default=0)
    if words + 2 <= width:
        assert all(columns_of_text(line) <= width for line in wrapped(text, width, indent=2))


def test_closing_marks_stay_with_their_word():
    assert wrapped("甲乙丙，丁戊己。", 7) == ["甲乙", "丙，丁", "戊己。"]


def test_figures_stand_at_the_right():
    lines = aligned(["名", "额"], [Row("a", ("1",), 1), Row("bb", ("222",), 2)], 40)
    assert lines == [
        "名       额",
        "a         1  █████████████▌",
        "bb      222  ███████████████████████████",
    ]
