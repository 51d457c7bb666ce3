"""The workbook read back: every number and formula, what a program recomputes, what is safe."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from tempfile import TemporaryDirectory

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.decomposition import Margin
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.report.recheck.file import recheck
from quotaloom.report.workbook.book import Limits
from quotaloom.report.workbook.files import write_workbook
from quotaloom.report.workbook.words import WORDS
from tests.support.counts import examples
from tests.support.decompositions import Shape, decomposition, from_leaves
from tests.support.formulas import Sheets, exact
from tests.support.workbooks import recomputed, written

BY = st.sampled_from(
    [(), ("地区",), ("人员",), ("地区", "产品线"), ("产品线", "人员"), ("地区", "产品线", "人员")]
)
SHAPES = st.builds(
    Shape,
    by=BY,
    kind=st.sampled_from(["month", "quarter", "half", "year", "week"]),
    unit=st.sampled_from([1, 100, 10_000, 1_000_000]),
    kept=st.sampled_from([0.05, 0.3, 1.0]),
    largest=st.sampled_from([3, 2_000, 10**7]),
)


def same(cached, value, text):
    """Amounts are exactly what the formula gives; a ratio is a double near it."""
    if "/" in text and isinstance(cached, Fraction) and isinstance(value, Fraction):
        return math.isclose(float(cached), float(value), rel_tol=1e-12, abs_tol=1e-15)
    return cached == value


def wrong_formulas(path):
    """The formulas whose cached value is not what they compute to."""
    sheets = Sheets(path)
    return [
        (sheet, cell, text, sheets.cached[sheet].get(cell), sheets.value(sheet, cell))
        for sheet, cell, text in sheets.formulas()
        if not same(exact(sheets.cached[sheet].get(cell)), sheets.value(sheet, cell), text)
    ]


@pytest.mark.heavy
@settings(max_examples=examples(200), deadline=None)
@given(seed=st.integers(0, 10**6), shape=SHAPES, lang=st.sampled_from(["zh", "en"]))
def test_every_formula_holds_its_value_and_every_sum_holds(seed, shape, lang):
    plan = decomposition(seed, shape)
    with TemporaryDirectory() as folder:
        path = written(plan, folder, lang)
        assert wrong_formulas(path) == []
        again = recheck(path)
    assert again.findings == ()
    assert {check.code: check.failed for check in again.checks if check.failed} == {}
    assert again.checks[0].count > 0


def test_libreoffice_computes_the_same_numbers(tmp_path):
    path = written(decomposition(3, Shape(by=("地区", "产品线", "人员"))), tmp_path)
    office = openpyxl.load_workbook(recomputed(path), data_only=True)
    sheets = Sheets(path)
    compared = [
        (sheet, cell, sheets.cached[sheet][cell], office[sheet][cell].value)
        for sheet, cell, _ in sheets.formulas()
    ]
    assert len(compared) > 1000
    assert [
        one
        for one in compared
        if not (one[2] == one[3] or math.isclose(one[2], one[3], rel_tol=1e-12, abs_tol=1e-6))
    ] == []
    assert recheck(path.with_name("office") / "bare.xlsx").findings == ()


def test_the_sheets_are_those_that_were_promised(tmp_path):
    path = written(decomposition(1, Shape(by=("地区", "产品线"))), tmp_path)
    book = openpyxl.load_workbook(path)
    wanted = [
        "总览",
        "目标分解",
        "按地区",
        "按产品线",
        "华东",
        "华北",
        "西南",
        "依据",
        "校验",
        "说明",
    ]
    assert book.sheetnames == wanted
    main = book["目标分解"]
    assert main.freeze_panes == "K5"
    assert main.page_setup.orientation == "landscape"
    assert main.print_title_rows == "$3:$4"
    assert main.sheet_properties.pageSetUpPr.fitToPage
    assert not book["总览"].sheet_view.showGridLines
    assert len(book["总览"]._charts) == 3
    assert max(line.outlineLevel for line in main.row_dimensions.values()) == 3
    assert [main.column_dimensions[column].outlineLevel for column in "KN"] == [2, 1]


def test_an_english_workbook_has_no_chinese_but_the_names(tmp_path):
    frame = pl.DataFrame(
        {"period": ["2027"], "region": ["East"], "basis": [100], "quota": [500_000_000]}
    )
    plan = from_leaves(
        frame, (("region", ("region",)),), Shape(kind="year"), findings=(), checks=()
    )
    path = written(plan, tmp_path, "en")
    texts = [
        cell.value
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    chinese = [text for text in texts if any("\u4e00" <= sign <= "\u9fff" for sign in text)]
    assert chinese == ["5亿"]  # a parameter, as it was typed


def test_every_word_has_both_languages():
    for chinese, english in WORDS.values():
        assert chinese
        assert english
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)


def test_amounts_are_yuan_whatever_is_shown(tmp_path):
    path = written(decomposition(1, Shape(by=("地区",), unit=1, largest=10**9)), tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    plan = decomposition(1, Shape(by=("地区",), unit=1, largest=10**9))
    total = book["目标分解"]["G5"]
    assert exact(total.value) * 100 == plan.total
    assert total.number_format.endswith('0"."0,')  # 万元 by the format alone


def test_names_are_never_formulas_or_links(tmp_path):
    hostile = [
        '=HYPERLINK("http://a")', "+1+1", "-2", "@SUM(A1)", "\t=1", "{=1}", "http://a.cn", "1E5",
        "007", "<r><t>x</t></r>", "<r></r>", "_x0041_", "a\nb", " 空 ", "𠮷野家", "*", "~?",
        "x" * 40,        "[a]:b/c", "'quoted'", "FILTER(1)",
    ]  # fmt: skip
    frame = pl.DataFrame(
        [("2027", name, "甲", 5, 100) for name in hostile],
        schema=["period", "=地区", "+线", "basis", "quota"],
        orient="row",
    )
    by = (("=地区", ("=地区",)), ("+线", ("+线",)))
    plan = from_leaves(frame, by, Shape(kind="year", unit=100), margins=())
    path = written(plan, tmp_path)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert len(sheet.title) <= 31
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.hyperlink is None
            assert cell.data_type != "f" or str(cell.value).lstrip("=")[0] in "'SIFGHDABCNR"
    names = {row[1].value for row in book["目标分解"].iter_rows(min_row=5) if row[3].value == 2}
    assert {name.replace("_x0009_", "\t") for name in names if name} >= set(hostile) - {"_x0041_"}
    assert wrong_formulas(path) == []
    assert recheck(path).findings == ()


@pytest.mark.parametrize("suffix", [".xls", ".csv", ""])
def test_another_suffix_is_refused(tmp_path, suffix):
    with pytest.raises(UsageRefused) as refusal:
        write_workbook(decomposition(), tmp_path / f"a{suffix}", "zh")
    assert refusal.value.findings[0].code == "write.unknown_format"


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(DataRefused) as refusal:
        write_workbook(decomposition(), tmp_path / "none" / "a.xlsx", "zh")
    assert refusal.value.findings[0].code == "write.no_folder"


def test_two_runs_write_the_same_bytes(tmp_path):
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    for path in (one, two):
        write_workbook(decomposition(5), path, "zh")
    assert one.read_bytes() == two.read_bytes()


def cut(folder, **limits):
    plan = decomposition(2, Shape(by=("地区", "产品线", "人员"), kept=1.0))
    path = written(plan, folder, limits=Limits(**limits), with_members=True)
    book = openpyxl.load_workbook(path, data_only=True)
    about = [row[1].value or "" for row in book["说明"].iter_rows(max_col=2)]
    return path, book, about


def test_what_does_not_fit_is_cut_and_said(tmp_path):
    path, book, about = cut(tmp_path, rows=20)
    assert book["目标分解"].max_row <= 20
    assert any("175 行" in text or "上层" in text for text in about)
    assert wrong_formulas(path) == []
    assert recheck(path).findings == ()


def test_a_deep_outline_and_heavy_lookups_are_said(tmp_path):
    path, book, about = cut(tmp_path, outline=2, lookups=10)
    assert max(line.outlineLevel for line in book["目标分解"].row_dimensions.values()) == 2
    assert any("Excel 最多折叠 2 级" in text for text in about)
    assert any("写成数值" in text for text in about)
    assert recheck(path).findings == ()


def test_too_many_members_get_no_sheets(tmp_path):
    _, book, about = cut(tmp_path, members=2)
    assert "华东" not in book.sheetnames
    assert any("没有逐个建表" in text for text in about)


def test_a_negative_quota_is_written_as_it_is(tmp_path):
    plan = decomposition(1, Shape(by=("地区",)))
    leaves = plan.leaves.with_columns(quota=pl.col("quota") - 50_000_000)
    plan = from_leaves(leaves, plan.hierarchies, margins=())
    path = written(plan, tmp_path)
    assert wrong_formulas(path) == []
    assert recheck(path).findings == ()


def test_wishes_stand_with_a_live_verdict(tmp_path):
    plan = decomposition(1, Shape(by=("地区", "产品线")))
    odd = Margin("说不清的要求", "fix", 100, 100, 100)
    path = written(replace(plan, margins=(*plan.margins, odd)), tmp_path)
    rows = openpyxl.load_workbook(path)["校验"].iter_rows(values_only=True)
    wishes = {row[0]: row for row in rows if row[1] in {"固定", "界限"}}
    assert wishes[plan.margins[0].text][4].startswith("='按地区'!")
    assert wishes["说不清的要求"][4] == 1
    assert [finding.code for finding in recheck(path).findings] == ["recheck.wish_unread"]


@pytest.mark.parametrize(("fen", "is_said"), [(10**15 - 100, False), (10**15, True)])
def test_amounts_beyond_fifteen_digits_are_said(tmp_path, fen, is_said):
    frame = pl.DataFrame({"period": ["2027"], "地区": ["华东"], "basis": [1], "quota": [fen]})
    plan = from_leaves(frame, (("地区", ("地区",)),), Shape(kind="year", unit=100), margins=())
    book = openpyxl.load_workbook(written(plan, tmp_path))
    about = [str(row[1].value) for row in book["说明"].iter_rows(max_col=2)]
    assert any("15 位有效数字" in text for text in about) is is_said
