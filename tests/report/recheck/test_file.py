"""An output that somebody edited: exactly the sums that no longer hold are named."""

from __future__ import annotations

from random import Random
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.report.recheck.file import recheck
from quotaloom.report.wording import sentence
from tests.support.counts import examples
from tests.support.decompositions import Shape, decomposition
from tests.support.formulas import Sheets, exact
from tests.support.workbooks import recomputed, stored, typed, written

THREE = Shape(by=("地区", "产品线", "人员"), kept=0.4)
NOT_SUMS = {"依据", "校验", "说明"}


def found(again, code):
    return [finding for finding in again.findings if finding.code == code]


def named(again):
    """The cells of the sums that a re-check says are wrong."""
    return {
        (finding.params["sheet"], f"{finding.params['column']}{finding.params['row']}")
        for finding in found(again, "recheck.sum_differs")
    }


def leaf_cells(path):
    """The addresses of the leaf cells: numbers, not formulas, among the periods."""
    sheet = openpyxl.load_workbook(path)["目标分解"]
    labels = {cell.column: cell.value for cell in sheet[4]}
    return [
        cell.coordinate
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if str(labels[cell.column]).startswith("2027") and cell.data_type == "n" and cell.value
    ]


def sums_that_change(path, changes):
    """The amount cells whose formula gives something else after the changes."""
    before = Sheets(path)
    after = Sheets(path, {("目标分解", cell): value for cell, value in changes.items()})
    return {
        (sheet, cell)
        for sheet, cell, text in before.formulas()
        if sheet not in NOT_SUMS
        and "/" not in text
        and before.value(sheet, cell) != after.value(sheet, cell)
    }


@pytest.mark.heavy
@settings(max_examples=examples(100), deadline=None)
@given(
    seed=st.integers(0, 10**6),
    kind=st.sampled_from(["month", "quarter", "year"]),
    by=st.sampled_from([("地区",), ("地区", "产品线"), ("产品线", "人员", "地区")]),
    lost=st.integers(1, 3),
)
def test_an_edited_leaf_names_exactly_the_sums_above_it(seed, kind, by, lost):
    random = Random(seed)
    with TemporaryDirectory() as folder:
        path = written(decomposition(seed, Shape(by=by, kind=kind, kept=0.4)), folder)
        known = leaf_cells(path)
        assume(known)
        cells = random.sample(known, min(lost, len(known)))
        book = openpyxl.load_workbook(path, data_only=True)["目标分解"]
        changes = {cell: book[cell].value + 100 * random.randrange(1, 9) for cell in cells}
        expected = sums_that_change(path, changes)
        again = recheck(typed(path, {("目标分解", cell): v for cell, v in changes.items()}))
    assert named(again) == expected
    assert again.checks[0].failed == len(expected) > 0
    assert len(found(again, "recheck.total_differs")) == 1
    assert not again.holds


def test_a_stale_total_is_named_with_both_amounts(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    total = openpyxl.load_workbook(path, data_only=True)["按产品线"]["J6"].value
    edited = stored(path, "按产品线", "J6", total + 12.5)
    (finding,) = recheck(edited).findings
    assert finding.code == "recheck.sum_differs"
    assert dict(finding.params) == {
        "sheet": "按产品线",
        "row": 6,
        "column": "J",
        "value": f"{total + 12.5:.2f}",
        "expected": str(total),
        "difference": "12.50",
    }
    assert "「按产品线」J6（工业软件 · 2027）显示" in sentence(finding, "zh")


def test_every_single_total_is_looked_at(tmp_path):
    """Each amount cell of every sheet, spoilt alone, is found alone."""
    path = written(
        decomposition(4, Shape(by=("地区", "产品线"), kind="quarter", kept=0.3)), tmp_path
    )
    sheets = Sheets(path)
    amounts = [
        (sheet, cell)
        for sheet, cell, text in sheets.formulas()
        if sheet not in NOT_SUMS and "/" not in text
    ]
    assert recheck(path).checks[0].count == len(amounts)
    for sheet, cell in Random(1).sample(amounts, 40):
        value = sheets.cached[sheet][cell]
        assert named(recheck(typed(path, {(sheet, cell): value + 1}))) == {(sheet, cell)}


def test_noise_of_added_doubles_is_no_difference(tmp_path):
    path = written(decomposition(4, Shape(by=("地区",), unit=1)), tmp_path)
    total = openpyxl.load_workbook(path, data_only=True)["目标分解"]["G5"].value
    assert recheck(stored(path, "目标分解", "G5", total + 1e-7)).findings == ()
    assert len(recheck(stored(path, "目标分解", "G5", total + 0.01)).findings) == 1


def test_a_moved_and_sorted_sheet_is_still_understood(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book["按人员"] if "按人员" in book.sheetnames else book["按姓名"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    for at, values in enumerate(reversed(rows), 6):
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value
    sheet.insert_rows(2, 3)
    book.move_sheet("说明", -5)
    book.save(tmp_path / "moved.xlsx")
    assert recheck(tmp_path / "moved.xlsx").findings == ()


def test_a_workbook_that_libreoffice_saved_after_an_edit(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    book = openpyxl.load_workbook(path)
    cell = leaf_cells(path)[0]
    book["目标分解"][cell].value += 300
    path = tmp_path / "edited.xlsx"
    book.save(path)
    again = recheck(recomputed(path))
    assert named(again) == set()  # every formula followed the edit
    (finding,) = found(again, "recheck.total_differs")
    assert finding.params["difference"] == "300"


def test_formulas_without_values_are_said_and_not_believed(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    bare = tmp_path / "bare.xlsx"
    openpyxl.load_workbook(path).save(bare)
    again = recheck(bare)
    assert {finding.code for finding in again.findings} == {"recheck.formula_without_value"}
    assert again.checks[0].count == 0
    assert again.holds


def test_the_unit_of_each_leaf_is_checked(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    cell = leaf_cells(path)[5]
    value = openpyxl.load_workbook(path, data_only=True)["目标分解"][cell].value
    again = recheck(stored(path, "目标分解", cell, value + 30))
    (finding,) = found(again, "recheck.no_multiple")
    assert finding.params["below"] == str(value)
    assert finding.params["above"] == str(value + 100)


@pytest.mark.parametrize("value", ["12万", "#REF!", "n/a", True])
def test_a_leaf_that_is_no_number_is_named(tmp_path, value):
    path = written(decomposition(4, THREE), tmp_path)
    cell = leaf_cells(path)[5]
    (finding,) = found(recheck(typed(path, {("目标分解", cell): value})), "recheck.leaf_unreadable")
    assert f"{finding.params['column']}{finding.params['row']}" == cell


def test_a_total_that_is_no_number_is_named(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    again = recheck(typed(path, {("按地区", "J6"): "待定"}))
    (finding,) = again.findings
    assert (finding.code, finding.params["value"]) == ("recheck.sum_unreadable", "待定")


def test_broken_wishes_are_named(tmp_path):
    plan = decomposition(4, Shape(by=("地区",)))
    path = written(plan, tmp_path)
    sheet = openpyxl.load_workbook(path, data_only=True)["目标分解"]
    east = [row for row in sheet.iter_rows(min_row=5) if row[1].value == "华东" and row[4].value]
    west = [row for row in sheet.iter_rows(min_row=5) if row[1].value == "西南" and row[4].value]
    edits = {("目标分解", east[0][7].coordinate): 0}
    edits |= {
        ("目标分解", cell.coordinate): 0
        for row in west
        for cell in row[7:]
        if isinstance(cell.value, int | float)
    }
    codes = [finding.code for finding in recheck(typed(path, edits)).findings]
    assert codes.count("recheck.wish_missed") == 1
    assert codes.count("recheck.bound_broken") == 1


def deleted(path, title, row):
    book = openpyxl.load_workbook(path, data_only=True)
    book[title].delete_rows(row)
    edited = path.with_name("deleted.xlsx")
    book.save(edited)
    return edited


def test_a_deleted_leaf_row_is_missed(tmp_path):
    path = written(decomposition(4, Shape(by=("地区",))), tmp_path)
    (finding,) = found(recheck(deleted(path, "目标分解", 7)), "recheck.leaves_missing")
    assert finding.params["expected"] == finding.params["count"] + 1


def test_a_doubled_leaf_row_and_a_strange_row_are_named(tmp_path):
    path = written(decomposition(4, Shape(by=("地区",))), tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book["目标分解"]
    sheet.append([cell.value for cell in sheet[7]])
    strange = [cell.value for cell in sheet[7]]
    strange[1], strange[2], strange[4] = "火星", "奥林帕斯", None
    sheet.append(strange)
    book.save(tmp_path / "doubled.xlsx")
    again = recheck(tmp_path / "doubled.xlsx")
    (twice,) = found(again, "recheck.leaf_twice")
    assert twice.params["first"] == 7
    (unknown,) = found(again, "recheck.row_unknown")
    assert unknown.params["row"] == sheet.max_row
    assert again.checks[0].failed


def test_a_sheet_that_is_gone_or_lost_its_header_is_named(tmp_path):
    path = written(decomposition(4, THREE), tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    del book["华东"]
    del book["总览"]
    book["按地区"]["J4"] = "一月"
    book.save(tmp_path / "gone.xlsx")
    again = recheck(tmp_path / "gone.xlsx")
    assert {(finding.code, finding.subject) for finding in again.findings} == {
        ("recheck.sheet_missing", "华东"),
        ("recheck.sheet_missing", "总览"),
        ("recheck.header_missing", "按地区"),
    }
    assert again.checks[-1].failed == 3


def test_a_workbook_that_is_not_ours_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(DataRefused) as refusal:
        recheck(tmp_path / "other.xlsx")
    assert refusal.value.findings[0].code == "recheck.layout_missing"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": 1}', '{"format": 1e999999}', "[" * 100_000, '{"format": "1"}'],
)
def test_a_spoilt_layout_is_refused(tmp_path, text):
    path = written(decomposition(4, Shape(by=("地区",))), tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book["说明"]
    (row,) = [row for row in sheet.iter_rows() if row[0].value == "quotaloom:1"]
    row[1].value = text[:32_000]
    book.save(tmp_path / "spoilt.xlsx")
    with pytest.raises(DataRefused) as refusal:
        recheck(tmp_path / "spoilt.xlsx")
    assert refusal.value.findings[0].code == "recheck.layout_missing"


def test_numbers_are_exact_to_the_cent_in_large_sums(tmp_path):
    shape = Shape(by=("地区",), unit=1, largest=10**14)
    path = written(decomposition(9, shape), tmp_path)
    sheets = Sheets(path)
    for cell in leaf_cells(path):
        assert (exact(sheets.cached["目标分解"][cell]) * 100).denominator == 1
    assert recheck(path).findings == ()


def test_whatever_is_wrong_is_counted(tmp_path):
    """Who looks at the counts alone misses nothing."""
    path = written(decomposition(4, THREE), tmp_path)
    cell = leaf_cells(path)[0]
    for edits in ({("按地区", "J6"): 1}, {("目标分解", cell): "x"}, {("目标分解", cell): 1.5}):
        again = recheck(typed(path, edits))
        assert not again.holds
        assert any(check.failed for check in again.checks)


@pytest.mark.parametrize(("yuan", "ends"), [(9 * 10**13, "holds"), (10**14, "named")])
def test_absurd_amounts_are_named_or_added_exactly(tmp_path, yuan, ends):
    path = written(decomposition(4, Shape(by=("地区",), kind="year")), tmp_path)
    (cell, *_) = leaf_cells(path)
    again = recheck(typed(path, {("目标分解", cell): yuan}))
    codes = {finding.code for finding in again.findings}
    assert ("recheck.leaf_unreadable" in codes) is (ends == "named")
    assert "recheck.total_differs" in codes


def test_leaves_that_no_sum_can_hold_are_refused(tmp_path):
    path = written(decomposition(4, Shape(by=("地区",))), tmp_path)
    edits = {("目标分解", cell): 9 * 10**13 for cell in leaf_cells(path)}
    with pytest.raises(DataRefused) as refusal:
        recheck(typed(path, edits))
    assert refusal.value.findings[0].code == "amount.too_large"
