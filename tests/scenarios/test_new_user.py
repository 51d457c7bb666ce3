"""A new user's first afternoon: three years in a workbook become a plan, which is then edited."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from quotaloom.cli.main import main
from quotaloom.cycle.demo_company import build_company

CONFIG = """
total = "15亿"
year = 2027
by = ["大区>省份>客户经理", "产品线"]
unit = "1万"
roster = "次年人员变动.csv"
seasonality = "15,20,30,35"
fix = ["大区=华北:2.6亿", "2027Q1:15%"]
hold = ["客户经理=崔松涛:1200万"]
bound = ["大区=西南:>=2.9亿"]
growth_max = "60%"
out = ["目标.xlsx", "目标.csv"]
split_by = "大区"
"""

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The folder in which the demo company was built and planned by a config file."""
    folder = tmp_path_factory.mktemp("afternoon")
    build_company(folder)
    (folder / "计划.toml").write_text(CONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["decompose", "三年订单.xlsx", "--config", "计划.toml"]) == 0
    return folder


@pytest.fixture
def plan(planned, monkeypatch):
    """The leaves of the plan, seen from its folder; amounts in 元."""
    monkeypatch.chdir(planned)
    frame = pl.read_csv("目标.csv", infer_schema=False)
    return frame.with_columns(pl.col("quota").cast(pl.Decimal(18, 2)))


def total(frame, **members):
    return frame.filter(**members)["quota"].sum()


def test_what_was_asked_for_is_met(plan):
    assert plan["quota"].sum() == 1_500_000_000
    assert total(plan, 大区="华北") == 260_000_000
    assert total(plan, 客户经理="崔松涛") == 12_000_000
    assert total(plan, 大区="西南") >= 290_000_000
    first = plan.filter(pl.col("period").is_in(["2027-01", "2027-02", "2027-03"]))
    assert first["quota"].sum() == 225_000_000
    assert (plan["quota"] % 10_000 == 0).all()


def test_who_has_left_gets_nothing(plan):
    roster = pl.read_csv("次年人员变动.csv")
    gone = set(roster.filter(pl.col("动作") == "接替")["成员"])
    new = set(roster.filter(pl.col("动作") == "新增")["成员"])
    assert gone.isdisjoint(plan["客户经理"])
    assert new <= set(plan["客户经理"])


def test_each_manager_gets_a_file_that_adds_up(planned, plan, capsys):
    regions = set(plan["大区"])
    assert {path.name for path in planned.glob("目标-*.xlsx")} == {
        f"目标-{region}.xlsx" for region in regions
    }
    for region in regions:
        assert main(["check", f"目标-{region}.xlsx"]) == 0
        shown = f"{total(plan, 大区=region):,.0f}"
        assert shown in capsys.readouterr().out


def test_the_workbook_reads_back_and_an_edit_is_named(planned, plan, capsys):
    openpyxl = pytest.importorskip("openpyxl")
    assert main(["check", "目标.xlsx"]) == 0
    values = openpyxl.load_workbook("目标.xlsx", data_only=True)["目标分解"]
    grid = list(values.iter_rows(min_row=4, values_only=True))
    place = {name: at for at, name in enumerate(grid[0]) if name}
    leaves = [row for row in grid[1:] if row[place["产品线"]] and row[place["客户经理"]]]
    assert sum(Decimal(row[place["2027"]]) for row in leaves) == plan["quota"].sum()
    book = openpyxl.load_workbook("目标.xlsx")
    row = next(at for at, line in enumerate(grid, 4) if line in leaves)
    cell = book["目标分解"].cell(row, place["2027-02"] + 1)
    cell.value = cell.value + 999
    book.save(planned / "改过.xlsx")
    capsys.readouterr()
    assert main(["check", "改过.xlsx"]) == 4
    said = capsys.readouterr().err
    assert "差 999 元" in said
    assert f"第{row}行 「{cell.column_letter}」列" in said
