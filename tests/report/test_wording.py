"""Findings and checks in words."""

from __future__ import annotations

import pytest

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.findings import error, warning
from quotaloom.report import wording
from quotaloom.report.wording import merged, sentence, sentences_of

TABLE = {
    "weigh.short_history": ("{subject}只有{months}个月历史", "{subject} has {months} months"),
    "read.unreadable": ("金额读不出来，请改数字", "the amount cannot be read: type a number"),
    "read.double": ("第{row}行与前文重复", "row {row} was there before"),
    "total.last": ("去年 {last_year} 元", "last year {last_year}"),
    "check.nodes": ("{count} 个节点，{failed} 个不符", "{count} nodes, {failed} wrong"),
}


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setattr(wording, "catalogue", lambda: TABLE)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "华东只有7个月历史"), ("en", "华东 has 7 months")]
)
def test_a_sentence_uses_subject_and_params(lang, words):
    assert sentence(warning("weigh.short_history", "华东", months=7), lang) == words


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            "a.xlsx › 工作表「2026」 › 第17行 C列「金额」 › 值「1e5」 › 金额读不出来，请改数字",
        ),
        (
            "en",
            (
                "a.xlsx › sheet “2026” › row 17 column C “金额” › value “1e5” › "
                "the amount cannot be read: type a number"
            ),
        ),
    ],
)
def test_the_address_stands_first(lang, words):
    found = error(
        "read.unreadable", file="a.xlsx", sheet="2026", row=17, column="C 金额", value="1e5"
    )
    assert sentence(found, lang) == words


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("AB 金额 合计", "AB列「金额 合计」"),
        ("C「金额」", "C列「金额」"),
        ("金额", "「金额」列"),
        ("ABCD", "「ABCD」列"),
        (7, "「7」列"),
    ],
)
def test_a_column_is_named_by_letters_and_header(column, words):
    found = error("read.unreadable", column=column)
    assert sentence(found, "zh").startswith(f"{words} › ")


def test_a_place_that_the_sentence_names_is_not_said_twice():
    found = error("read.double", file="a.csv", sheet="", row=3)
    assert sentence(found, "zh") == "a.csv › 第3行与前文重复"


def test_a_check_offers_its_counts():
    assert sentence(Check("check.nodes", count=12, failed=0), "zh") == "12 个节点，0 个不符"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1342716713.09", "1,342,716,713.09"),
        ("-50000", "-50,000"),
        ("9999", "9999"),
        ("5亿", "5亿"),
        (12_345, "12,345"),
    ],
)
def test_an_amount_has_its_thousands_apart(amount, shown):
    assert sentence(warning("total.last", last_year=amount), "zh") == f"去年 {shown} 元"


def test_braces_in_a_value_are_only_text():
    assert sentence(warning("weigh.short_history", "{months}", months=7), "en").startswith(
        "{months} has 7"
    )


def test_a_missing_param_shows_the_code_and_what_is_known():
    found = warning("weigh.short_history", "华东", row=3)
    assert sentence(found, "zh") == "weigh.short_history (subject=华东, row=3)"


def test_an_unknown_code_shows_itself():
    assert sentence(error("never.heard"), "en") == "never.heard"


def test_sentences_keep_the_order_of_the_findings():
    found = [error("read.double", row=2), error("read.double", row=1)]
    assert sentences_of(found, "en") == ("row 2 was there before", "row 1 was there before")


def test_a_code_that_two_parts_put_in_words_is_refused():
    part = {"read.double": ("甲", "a")}
    with pytest.raises(ValueError, match=r"b says again: read\.double"):
        merged([("a", part), ("b", part)])


def test_the_real_catalogue_is_found(monkeypatch):
    monkeypatch.undo()
    assert all(len(pair) == 2 and all(pair) for pair in wording.catalogue().values())
