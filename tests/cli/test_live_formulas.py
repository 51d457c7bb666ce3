"""S8: no name in imported facts becomes a formula in what the commands write."""

from __future__ import annotations

import csv

from openpyxl import load_workbook

from quotaloom.warehouse.spreadsheet_text import restored

LEADS = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "%1",
    "|x",
    "=cmd|' /C calc'!A0",
    "'=1",
)


def written(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def test_the_csv_of_a_tracking_holds_no_formula_and_every_name(command, tmp_path):
    facts, quotas, out = (tmp_path / name for name in ("业绩.csv", "目标.csv", "out.csv"))
    written(facts, ("日期", "人员", "金额"), [("2026-01-15", name, "-5.00") for name in LEADS])
    written(quotas, ("人员", "日期", "目标"), [(name, "2026-01-01", "10") for name in LEADS])
    run = command("track", facts, "--quota", quotas, "--by", "人员", "--out", out)
    assert run.code == 0, run.err
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["人员"] for row in rows} - {""}
    assert {restored(name) for name in names} == set(LEADS)
    assert all(name.startswith("'") for name in names)
    assert {row["credit"] for row in rows if row["人员"]} == {"-5"}  # still a number


def test_the_marked_workbook_holds_no_formula(command, tmp_path):
    facts, out = tmp_path / "开票.csv", tmp_path / "标注.xlsx"
    rows = [(f"{name}", "2026-02-30", name, name) for name in LEADS]
    written(facts, ("发票号", "开票日期", "开票金额", "大区"), rows)
    run = command("import", facts, "--into", "invoices", "--annotated", out, "--home", tmp_path)
    assert run.code == 3
    cells = [
        cell
        for sheet in load_workbook(out)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert {cell.value for cell in cells} >= set(LEADS)
