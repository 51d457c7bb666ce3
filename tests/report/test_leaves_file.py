"""The leaves as csv and parquet: columns, amounts, guarded texts, all or nothing."""

from __future__ import annotations

import csv
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.decomposition import Margin
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import warning
from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.recheck.file import recheck
from quotaloom.report.workbook.files import write_workbook
from quotaloom.warehouse.outputs import OutputWorkbook
from quotaloom.warehouse.spreadsheet_text import restored
from tests.support.counts import examples
from tests.support.decompositions import Shape, decomposition, from_leaves
from tests.support.formulas import Sheets
from tests.support.workbooks import written

LEADS = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%", " =", "  +",
    "\t=", "\r=", "\n=", "\0=", "\u3000=", "\u00a0=", "\u200b=", "\ufeff=", "\u202f-", '"=', '""=',
    "'=", "'", "''", '="', "=-", "@=", "\u2060@", "\u2028=", "\x0b=", "\x0c=", "\x7f=",
    "−", " \t =",
]  # fmt: skip


def one_leaf(*texts, quota=100, basis=0, **changes):
    """A decomposition of one leaf, a hierarchy a text, named under headers that are texts too."""
    headers = [f"列{at}" for at in range(len(texts))]
    columns = {"period": ["2027"], **{h: [t] for h, t in zip(headers, texts, strict=True)}}
    frame = pl.DataFrame({**columns, "basis": [basis], "quota": [quota]})
    by = tuple((header, (header,)) for header in headers)
    return from_leaves(frame, by, Shape(kind="year", unit=1), **{"margins": (), **changes})


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_a_row_a_leaf_under_its_own_headers(tmp_path):
    plan = decomposition(1, Shape(by=("地区", "人员")))
    path = write_leaves(plan, tmp_path / "leaves.csv")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # Excel opens it as UTF-8
    assert raw.endswith(b"\r\n")
    header, *rows = rows_of(path)
    assert header == ["period", "地区", "省", "工号", "姓名", "basis", "quota"]
    assert len(rows) == plan.leaves.height
    assert [row[0] for row in rows] == plan.leaves["period"].to_list()
    assert [Decimal(row[-1]) * 100 for row in rows] == plan.leaves["quota"].to_list()


@pytest.mark.parametrize(
    ("quota", "basis", "scale", "texts"),
    [
        (10940264429, 125000, 4, ("12.50", "109402644.29")),
        (50000000000, 0, 4, ("0", "500000000")),
        (-5, -1, 4, ("-0.0001", "-0.05")),
        (100, 7, 0, ("7", "1")),
        (2**62, 15, 1, ("1.50", "46116860184273879.04")),
    ],
)
def test_amounts_are_exact_decimals(tmp_path, quota, basis, scale, texts):
    plan = one_leaf("华东", quota=quota, basis=basis, basis_scale=scale)
    assert tuple(rows_of(write_leaves(plan, tmp_path / "a.csv"))[1][-2:]) == texts
    frame = pl.read_parquet(write_leaves(plan, tmp_path / "a.parquet"))
    assert frame.select("basis", "quota").row(0) == tuple(map(Decimal, texts))
    assert frame.schema["quota"] == pl.Decimal(38 if quota > 10**18 else 18, 2)


TAILS = ["1+1", 'HYPERLINK("http://a","b")', ""]


@pytest.mark.parametrize("lead", LEADS, ids=repr)
@pytest.mark.parametrize("tail", TAILS)
def test_no_lead_in_makes_a_live_formula(tmp_path, lead, tail):
    """Each lead-in in each text column of csv and parquet comes back as it was."""
    text = lead + tail
    plan = one_leaf(text, text)
    _, row = rows_of(write_leaves(plan, tmp_path / "a.csv"))
    assert [restored(cell) for cell in row[1:-2]] == [text, text]
    assert all(cell.startswith("'") for cell in row[1:-2])
    frame = pl.read_parquet(write_leaves(plan, tmp_path / "a.parquet"))
    assert frame.row(0)[1:3] == (text, text)


@pytest.mark.parametrize("tail", TAILS)
def test_no_lead_in_makes_a_live_formula_in_a_workbook(tmp_path, tail):
    """Each in every text column: members, names, parameters, wishes, findings, derivations."""
    texts = [lead + tail for lead in LEADS]
    columns = {"period": ["2027"] * len(texts), "码": texts, "名": texts, "线": texts}
    frame = pl.DataFrame({**columns, "basis": range(len(texts)), "quota": [100] * len(texts)})
    plan = from_leaves(
        frame,
        (("码", ("码",)), ("线", ("线",))),
        Shape(kind="year", unit=100),
        label_of={"码": "名"},
        parameters={text: text for text in texts},
        findings=tuple(warning("recheck.sheet_missing", text) for text in texts),
        margins=tuple(Margin(text, "fix", 100, 100, 100) for text in texts),
    )
    plan = replace(
        plan, derivations=tuple(replace(one, note=one.path[0]) for one in plan.derivations)
    )
    path = written(plan, tmp_path)
    formulas = [text for _, _, text in Sheets(path).formulas()]
    assert len(formulas) > len(texts)
    assert all(OURS.match(text) for text in formulas)
    with OutputWorkbook(path) as book:
        for sheet, column in (("目标分解", 1), ("目标分解", 2), ("依据", 0), ("依据", 7)):
            found = {cells.get(column) for cells in book.rows(sheet).values()}
            assert found >= set(texts) - {""}


OURS = re.compile(r"=(SUM|SUMIF|SUMPRODUCT|IF|ROUND)\(|=[A-Z]+\d+(\+|$)|='")


def test_a_negative_amount_stays_a_number(tmp_path):
    path = write_leaves(one_leaf("华东", quota=-500), tmp_path / "a.csv")
    assert rows_of(path)[1][-1] == "-5"


def test_an_ordinary_name_is_left_alone(tmp_path):
    path = write_leaves(one_leaf("华东", "A-1", "007", "3M"), tmp_path / "a.csv")
    assert rows_of(path)[1][1:-2] == ["华东", "A-1", "007", "3M"]


@settings(max_examples=examples(300), deadline=None)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_comes_back_from_csv(texts):
    with TemporaryDirectory() as folder:
        path = write_leaves(one_leaf(*texts), Path(folder) / "a.csv")
        assert [restored(cell) for cell in rows_of(path)[1][1:-2]] == texts


def test_risky_headers_are_guarded_too(tmp_path):
    frame = pl.DataFrame({"period": ["2027"], "=地区": ["华东"], "basis": [1], "quota": [100]})
    plan = from_leaves(frame, (("=地区", ("=地区",)),), Shape(kind="year", unit=100), margins=())
    path = write_leaves(plan, tmp_path / "a.csv")
    assert rows_of(path)[0] == ["period", "'=地区", "basis", "quota"]
    assert recheck(path).holds


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(UsageRefused) as refusal:
        write_leaves(decomposition(), tmp_path / "a.txt")
    assert refusal.value.findings[0].code == "write.unknown_format"


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_missing_folder_is_said(tmp_path, suffix):
    with pytest.raises(DataRefused) as refusal:
        write_leaves(decomposition(), tmp_path / "none" / f"a{suffix}")
    assert refusal.value.findings[0].code == "write.no_folder"


FULL_DISK = """
import resource, sys
from pathlib import Path
from quotaloom.core.model.decomposition import Margin
from quotaloom.core.model.errors import DataRefused
from tests.support.decompositions import Shape, decomposition
from quotaloom.core.model.findings import warning
from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.workbook.files import write_workbook
plan = decomposition(1, Shape(by=("地区", "产品线", "人员"), kept=1.0))
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
path = Path(sys.argv[1])
try:
    write_workbook(plan, path, "zh") if path.suffix == ".xlsx" else write_leaves(plan, path)
except DataRefused as refusal:
    print(refusal.findings[0].code)
"""


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path, suffix):
    old = tmp_path / f"plan{suffix}"
    old.write_text("what was there")
    command = [sys.executable, "-c", FULL_DISK, str(old)]
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "write.disk_full"
    assert old.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(DataRefused) as refusal:
        write_leaves(decomposition(), tmp_path / "a.csv")
    assert refusal.value.findings[0].code == "write.not_allowed"


def test_a_target_that_is_a_folder_is_said(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(DataRefused) as refusal:
        write_leaves(decomposition(), tmp_path / "a.csv")
    assert refusal.value.findings[0].code == "write.failed"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


def test_a_new_file_is_readable_by_others_and_an_old_one_keeps_its_mode(tmp_path):
    mask = os.umask(0o022)
    try:
        path = write_leaves(decomposition(), tmp_path / "a.csv")
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
        path.chmod(0o600)
        write_leaves(decomposition(2), path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(mask)


def test_a_split_whose_last_file_has_no_place_writes_none(tmp_path):
    (tmp_path / "plan-西南.xlsx").mkdir()
    with pytest.raises(DataRefused):
        write_workbook(decomposition(), tmp_path / "plan.xlsx", "zh", split_by="地区")
    assert [path.name for path in tmp_path.iterdir()] == ["plan-西南.xlsx"]
