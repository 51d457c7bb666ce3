"""Sheet titles and file names."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from quotaloom.report.workbook.titles import Titles


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("华东", "华东"),
        ("a/b:c[d]*?\\", "a_b_c_d____"),
        ("'quoted'", "quoted"),
        ("", "_"),
        ("History", "History (2)"),
        ("x" * 40, "x" * 31),
        ("😀" * 40, "😀" * 15),
        ("x" * 30 + "'" + "y", "x" * 30),
        ("SORT(1)", "SORT (1)"),
    ],
)
def test_a_title_is_cleaned(wanted, title):
    assert Titles().take(wanted) == title


def test_titles_are_unique_in_any_case():
    titles = Titles()
    wanted = ["East", "EAST", "east", "x" * 31, "x" * 32]
    assert [titles.take(one) for one in wanted] == [
        "East", "EAST (2)", "east (3)", "x" * 31, "x" * 27 + " (2)",
    ]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6))
def test_any_names_make_sheets(names):
    book, titles = Workbook(BytesIO()), Titles()
    for name in names:
        book.add_worksheet(titles.take(name))  # raises for a title that Excel refuses
    book.close()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("华东", "华东"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ("CON", "CON_"),
        ("nul.txt", "nul.txt_"),
        ("a\0b\n", "a_b_"),
        ("x" * 300, "x" * 150),
        ("华" * 300, "华" * 50),
    ],
)
def test_a_file_name_is_safe_on_every_disk(wanted, name):
    assert Titles().take_file(wanted) == name
