"""Workbooks read cell by cell, whoever saved them."""

from __future__ import annotations

import zipfile
from decimal import Decimal

import openpyxl
import pytest
from xlsxwriter import Workbook

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.outputs import Odd, OutputWorkbook

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def made(path, *, constant_memory=True):
    book = Workbook(path, {"constant_memory": constant_memory})
    sheet = book.add_worksheet("甲")
    sheet.write_string(0, 0, "文\n本\t_x0041_ <&>")
    sheet.write_number(0, 2, 109402644.29)
    sheet.write_number(1, 1, -5)
    sheet.write_formula(2, 0, "=1+1", None, 2.5)
    sheet.write_formula(2, 1, '="a"', None, "a")
    sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    sheet.write_boolean(2, 3, True)  # noqa: FBT003 - the library's own signature
    book.add_worksheet("乙")
    book.close()
    return path


EXPECTED = {
    1: {0: "文\n本\t_x0041_ <&>", 2: Decimal("109402644.29")},
    2: {1: -5},
    3: {0: Decimal("2.5"), 1: "a", 2: Odd.BROKEN, 3: "1"},
}


@pytest.mark.parametrize("constant_memory", [True, False])
def test_values_are_exact(tmp_path, constant_memory):
    path = made(tmp_path / "a.xlsx", constant_memory=constant_memory)
    with OutputWorkbook(path) as book:
        assert book.titles == ("甲", "乙")
        assert book.rows("甲") == EXPECTED
        assert book.rows("乙") == {}


def test_a_formula_without_a_value_is_told_apart(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["B2"] = "=1+1"
    book.save(path)
    with OutputWorkbook(path) as book:
        assert book.rows("Sheet") == {2: {1: Odd.UNSAVED}}


def with_cells(path, cells):
    """A workbook whose only sheet has this XML between its row tags."""
    made(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = f"<worksheet {NS}><sheetData>{cells}</sheetData></worksheet>"
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else data)
    return path


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<v>0.1</v>", Decimal("0.1")),
        ("<v>0.30000000000000004</v>", Decimal("0.30000000000000004")),
        ("<v>1E2</v>", 100),
        ("<v>1e400</v>", Odd.BROKEN),
        ("<v>NaN</v>", Odd.BROKEN),
        ("<v>1e999999</v>", Odd.BROKEN),
        ("<v>12345678901234567890</v>", Decimal(12345678901234567000)),
    ],
)
def test_numbers_are_their_shortest_text(tmp_path, cell, value):
    path = with_cells(tmp_path / "a.xlsx", f'<row r="1"><c r="A1">{cell}</c></row>')
    with OutputWorkbook(path) as book:
        assert book.rows("甲") == {1: {0: value}}


def test_a_missing_shared_string_breaks_its_cell_alone(tmp_path):
    cells = '<row r="1"><c r="A1" t="s"><v>999</v></c><c r="B1"><v>5</v></c></row>'
    with OutputWorkbook(with_cells(tmp_path / "a.xlsx", cells)) as book:
        assert book.rows("甲") == {1: {0: Odd.BROKEN, 1: 5}}


def test_a_far_cell_costs_nothing(tmp_path):
    cells = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    with OutputWorkbook(with_cells(tmp_path / "a.xlsx", cells)) as book:
        assert book.rows("甲") == {1048576: {16383: 5}}


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="9999999"><c><v>1</v></c></row>',
        '<row r="x"/>',
        "<row",
    ],
)
def test_a_sheet_in_disorder_is_refused(tmp_path, cells):
    path = with_cells(tmp_path / "a.xlsx", cells)
    with OutputWorkbook(path) as book, pytest.raises(DataRefused):
        book.rows("甲")


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 rubbish")
    with pytest.raises(DataRefused):
        OutputWorkbook(path)
