"""Names of members: cleaned and counted, never guessed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.warehouse.intake.coded import coded
from quotaloom.warehouse.intake.members import Tally, alias_findings, read_members
from quotaloom.warehouse.intake.name_text import clean, cleaned, visible
from tests.support.counts import examples
from tests.support.office import codes, column, only, place


def read(*texts, aliases=None):
    tally = Tally()
    cells = coded(column(*texts))
    names, faults = read_members(cells, aliases or {}, place(texts, "地区"), tally)
    return list(texts) if names is None else names.to_list(), faults, tally


def names(*texts, **asked):
    return read(*texts, **asked)[0]


def told(*texts, **asked):
    return read(*texts, **asked)[2].findings("地区")


def faults(*texts):
    return [(one.code, one.params["row"]) for one in read(*texts)[1]]


@pytest.mark.parametrize(
    "spoilt", ["华东\u200b", "\u202e华东\u202c", " 华东 ", "华东\u00a0", "\ufeff华东", "华\u00ad东"]
)
def test_h65_unseen_signs_go_and_are_told(spoilt):
    assert names(spoilt, "华东") == ["华东", "华东"]
    found = only(told(spoilt, "华东"), "intake.members_cleaned")
    assert (found.params["count"], found.params["name"]) == (1, "华东")


def test_h65_a_message_writes_unseen_signs_out():
    assert visible("华东\u200b\u202e") == "华东\\u200b\\u202e"


def test_h65_composed_and_decomposed_names_are_one():
    assert names("Vélo", "Ve\u0301lo") == ["Vélo", "Vélo"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("华东A", "华东Ａ"), ("GTX pro", "GTX Pro"), ("华 东", "华东"), ("007", "7")],
)
def test_h65_names_that_look_alike_are_told_and_kept_apart(first, second):
    assert names(first, second) == [first, second]
    found = only(told(first, second), "intake.members_alike")
    assert {found.params["first"], found.params["second"]} == {first, second}


def test_names_that_differ_are_not_called_alike():
    assert told("华东", "华南", "10", "100", "0", "GTX Pro", "GTXPro2") == []


def test_blanks_are_counted_under_their_own_name():
    assert names("华东", None, " ", "\u200b") == ["华东", "未归属", "未归属", "未归属"]
    assert only(told("华东", None, " "), "intake.members_blank").params["count"] == 2


@pytest.mark.parametrize("text", ["NA", "null", "None", "nan", "-", "0", "False"])
def test_words_of_programs_are_names(text):
    assert names(text) == [text]
    assert told(text) == []


def test_aliases_rename_after_cleaning_and_are_counted():
    asked = {"GTXPro": "GTX Pro", "nobody": "x"}
    found, _, tally = read("GTXPro ", "GTX Pro", "GTXPro", aliases=asked)
    assert found == ["GTX Pro"] * 3
    applied, unused = alias_findings([tally], asked)
    assert (applied.code, applied.params["count"]) == ("intake.alias_applied", 2)
    assert (unused.code, unused.subject) == ("intake.alias_unused", "nobody")


def test_h54_digits_that_excel_has_lost_are_refused():
    assert faults("C1", "1.23457E+19", "12345678901234567890") == [("intake.precision_lost", 3)]


def test_h60_errors_of_excel_are_refused_with_their_rows():
    found = faults("#REF!", "华东", "#N/A", "#REF!")
    assert found == [("intake.error_cell", row) for row in (2, 4, 5)]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "＝1+1", "@x"]
)
def test_h62_h63_texts_like_formulas_are_kept_as_texts(text):
    assert names(text, "a")[0] == text


@pytest.mark.parametrize("text", ["𠮷野家", "㐂多", "<img onerror>", "{{7*7}}", "' OR 1=1--"])
def test_h07_rare_and_hostile_names_are_kept_literally(text):
    assert names(text, "a")[0] == text


def test_a_clean_column_is_handed_back_as_it_is():
    tally = Tally()
    names, found = read_members(coded(column("a", "b")), {}, place([1, 2]), tally)
    assert (names.to_list(), found) == (["a", "b"], [])


def test_a_tally_speaks_once_for_several_files():
    tally = Tally()
    for texts in (["华东 ", None], ["华东 ", "华　东"]):
        read_members(coded(column(*texts)), {}, place(texts), tally)
    assert [one.params.get("count") for one in tally.findings("地区")] == [3, 1, 2]
    assert codes(tally.findings("地区"), "info", "warning") == [
        "intake.members_cleaned",
        "intake.members_blank",
        "intake.members_alike",
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pl.Series([5, None, 70]), ["5", "未归属", "70"]),
        (pl.Series([5.0, 2.5]), ["5", "2.5"]),
        (pl.Series(["b", "a", None, "b"]).cast(pl.Categorical), ["b", "a", "未归属", "b"]),
        (pl.Series([10**12, 5, 10**12]), ["1000000000000", "5", "1000000000000"]),
        (pl.Series(["5.00", "1.50"]).cast(pl.Decimal(9, 2)), ["5", "1.50"]),
    ],
)
def test_typed_keys_are_read_as_the_texts_a_file_would_show(cells, expected):
    found, _ = read_members(coded(cells), {}, place(cells), Tally())
    assert (coded(cells).rows() if found is None else found).to_list() == expected


HARD = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\x0b\x0c\x1c\x1d\x1e\x1f\x85"),
        st.sampled_from(" \t\n\u00a0\u3000\u200b\u202e\ufeff\u0301é"),
    ),
    max_size=12,
)


@given(st.lists(HARD, min_size=1, max_size=20))
@settings(max_examples=examples(5_000), deadline=None)
def test_a_column_is_cleaned_as_each_name_is(texts):
    assert cleaned(column(*texts)).to_list() == [clean(text) for text in texts]


@given(st.lists(HARD, min_size=1, max_size=8))
@settings(max_examples=examples(1_000), deadline=None)
def test_cleaning_a_clean_name_changes_nothing(texts):
    assert [clean(clean(text)) for text in texts] == [clean(text) for text in texts]


@given(st.lists(st.one_of(st.none(), st.sampled_from(["a", "b", "", "c c", "d"])), max_size=40))
@settings(max_examples=examples(1_000), deadline=None)
def test_coding_loses_no_cell(texts):
    cells = coded(column(*texts))
    assert cells.rows().to_list() == [text or None for text in texts]
    assert cells.blanks() + int(cells.counts().sum()) == len(texts)
