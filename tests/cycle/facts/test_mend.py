"""Cells put right without their file: what is taken, what the log says of it, and what counts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from openpyxl import Workbook

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.intake.mend import OLD_KEPT, Mend
from quotaloom.warehouse.tables.mendable import cell_of
from tests.support.counts import examples

HEADERS = ("发票号", "开票日期", "开票金额", "税率", "发票类别")
GOOD = ("F{}", "2026-01-05", "12.50", "13%", "蓝字")
WRONG = {"开票日期": "2026-02-30", "开票金额": "1e999", "税率": "13", "发票类别": "灰"}
ROWS = 60


def lines():
    return [[cell.format(number) for cell in GOOD] for number in range(ROWS)]


def csv_of(path, rows):
    path.write_text("\n".join(map(",".join, (HEADERS, *rows))), encoding="utf-8")
    return path


def xlsx_of(path, rows):
    book = Workbook()
    for row in (HEADERS, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def taken(shelf, path, *mends, **more):
    """Take a file of invoices; a mend is the row, the header and the text."""
    sheet = "Sheet" if path.suffix == ".xlsx" else ""
    told = {"file": path.name, "sheet": sheet, "author": "li", "time": "2026-03-01T09:00:00+00:00"}
    said = (Mend(row=row, column=column, new=new, **told) for row, column, new in mends)
    request = ImportRequest(files=(path,), into="invoices", mends=tuple(said), **more)
    return take(shelf, request, author="wang")


@pytest.mark.parametrize("kind", [csv_of, xlsx_of])
def test_a_mended_file_counts_as_one_that_was_written_right(tmp_path, kind):
    suffix = kind.__name__.removesuffix("_of")
    for seed in range(examples(100)):
        chance, rows = random.Random(seed), lines()
        cells = {(chance.randrange(ROWS), chance.choice(list(WRONG))) for _ in range(5)}
        for at, header in cells:
            rows[at][HEADERS.index(header)] = WRONG[header]
        path = kind(tmp_path / f"开票.{suffix}", rows)
        kept = path.read_bytes()
        shelf = Shelf(tmp_path / f"facts {seed}")
        with pytest.raises(DataRefused) as refused:
            taken(shelf, path)
        found = {cell_of(one) for one in refused.value.findings} - {None}
        sheet = "Sheet" if suffix == "xlsx" else ""
        assert found == {(sheet, at + 2, header) for at, header in cells}, seed
        right = [(row, header, GOOD[HEADERS.index(header)]) for _, row, header in sorted(found)]
        with pytest.raises(DataRefused):
            taken(shelf, path, *right[1:])
        made = taken(shelf, path, *right).entry
        told = [(one.row, one.column, one.old, one.new) for one in made.mended]
        assert told == [(row, header, WRONG[header], new) for row, header, new in right]
        assert {one.author for one in made.mended} == {"li"}
        assert path.read_bytes() == kept
        clean = kind(tmp_path / f"重开.{suffix}", lines())
        assert taken(shelf, clean).entry is None, "the same content"
        assert shelf.entries() == [made], "the log gives back what was written"


def test_idempotency_counts_the_mends(tmp_path):
    shelf, rows = Shelf(tmp_path / "facts"), lines()
    rows[3][2] = "x"
    path = csv_of(tmp_path / "开票.csv", rows)
    mend = (5, "开票金额", "7")
    assert taken(shelf, path, mend, append=True).entry.position == 1
    assert taken(shelf, path, mend, append=True).entry is None
    other = taken(shelf, path, (5, "开票金额", "8"), append=True)
    assert other.entry.position == 2
    assert shelf.undo(2, author="li", time="2026-03-02").undoes == 2
    assert shelf.facts("invoices")["amount"].sum() == (ROWS - 1) * 12_5000 + 7_0000


def test_a_cell_may_be_made_blank_and_a_mend_that_meets_no_cell_is_told(tmp_path):
    shelf, rows = Shelf(tmp_path / "facts"), lines()
    rows[0][3] = "13" * OLD_KEPT
    path = csv_of(tmp_path / "开票.csv", rows)
    done = taken(shelf, path, (2, "税率", ""), (999, "税率", "6%"), (1, "税率", "x"))
    assert shelf.facts("invoices")["tax_rate"].null_count() == 1
    assert [(one.row, len(one.old)) for one in done.entry.mended] == [(2, OLD_KEPT)]
    unmet = [one.params["row"] for one in done.findings if one.code == "tables.mend_unmet"]
    assert unmet == [999, 1]


def test_a_cell_that_cannot_be_read_at_all_is_mended_too(tmp_path):
    shelf, rows = Shelf(tmp_path / "facts"), lines()
    rows[7][2], rows[9][2] = "=A1*2", "#REF!"
    path = xlsx_of(tmp_path / "开票.xlsx", rows)
    with pytest.raises(DataRefused) as refused:
        taken(shelf, path)
    assert ("Sheet", 9, "开票金额") in {cell_of(one) for one in refused.value.findings}
    done = taken(shelf, path, (9, "开票金额", "25"), (11, "开票金额", "26"))
    assert done.entry.rows == ROWS
    assert shelf.facts("invoices")["amount"].sum() == (ROWS - 2) * 12_5000 + 51_0000


def test_a_row_that_stays_wrong_is_left_out_and_its_mends_stand_in_the_log(tmp_path):
    shelf, rows = Shelf(tmp_path / "facts"), lines()
    rows[0][3], rows[1][2], rows[1][3] = "13", "x", "13"
    path = csv_of(tmp_path / "开票.csv", rows)
    done = taken(shelf, path, (2, "税率", "13%"), (3, "税率", "13%"), valid_only=True)
    assert (done.entry.rows, done.entry.left_out, len(done.entry.mended)) == (ROWS - 1, 1, 2)


def test_a_question_about_a_column_is_no_cell_to_mend(tmp_path):
    path = csv_of(tmp_path / "开票.csv", [["F1", "03/04/2026", "1", "13%", "蓝字"]])
    with pytest.raises(DataRefused) as refused:
        taken(Shelf(tmp_path / "facts"), path)
    found = [one for one in refused.value.findings if one.severity == "error"]
    assert found != []
    assert [cell_of(one) for one in found] == [None]
    warned = replace(found[0], code="amount.unreadable")
    assert cell_of(warned) == ("", 2, "开票日期")
