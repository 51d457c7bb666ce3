"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.warehouse.spreadsheet_text import guarded, guarded_column, restored

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    st.sampled_from("=+-@|%＝＋－＠−'\"\t\r\n\0 a华\u200b\ufeff")
)


@pytest.mark.parametrize("text", ["=1", " =1", "\t1", "'a", "＝1", '"=1', "-", "\0", "\u3000@a"])
def test_a_risky_text_is_marked(text):
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "华东", "A=1", "a-b", "007", " 空 ", "3%", '"a"'])
def test_an_ordinary_text_is_left_alone(text):
    assert guarded(text) == text


@given(TEXTS)
def test_every_text_comes_back(text):
    assert restored(guarded(text)) == text


@given(st.lists(TEXTS, min_size=1))
def test_a_column_is_guarded_like_its_texts(texts):
    frame = pl.DataFrame({"a": texts}).select(guarded_column(pl.col("a")))
    assert frame["a"].to_list() == [guarded(text) for text in texts]
