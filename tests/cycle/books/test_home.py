"""Whose a contract is: a reader of a branch sees those that lie within it whole, and no more."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.books.home import ACROSS
from quotaloom.cycle.books.request import BooksRequest
from quotaloom.cycle.books.verb import books
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.track.crediting import read_crediting
from quotaloom.report.books.notes import notes
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.regions import COMPANY, EAST

YEAR = BooksRequest(period="2026", by="region")
HEADS = {  # kind → columns of its file
    "contract_lines": ("签约日期", "合同号", "行号", "行金额", "税率", "岗位", "大区"),
    "returns": ("退货日期", "退货单号", "行号", "合同号", "退货金额", "税率", "大区"),
    "acceptances": ("验收日期", "验收单号", "行号", "合同号", "验收金额", "税率", "大区"),
    "invoices": ("开票日期", "发票号", "行号", "合同号", "开票金额", "税率", "大区"),
    "receipts": ("回款日期", "回款单号", "合同号", "回款金额", "大区"),
    "control_totals": ("期间", "口径", "金额", "含税", "大区", "合同号"),
}


def shelf_of(tables, folder):
    """The papers imported, a file a kind."""
    shelf = Shelf(folder / "facts")
    for kind, rows in tables.items():
        if rows:
            path = folder / f"{kind}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADS[kind], *rows])
            take(shelf, ImportRequest(files=(path,), into=kind), author="x")
    return shelf


def line(contract, number, amount, seat, region, day="2026-02-01"):
    return (day, contract, number, amount, "13%", seat, region)


SIGNED = [
    line("HT-1", 1, "113.00", "E1", ""),
    line("HT-1", 2, "226.00", "", "东区"),
    line("HT-1", 3, "1.00", "", "华东大区"),
    line("HT-2", 1, "113.00", "E2", "华北"),  # the seat decides
    line("HT-3", 1, "100.01", "E1", ""),
    line("HT-3", 2, "200.02", "N1", ""),
    line("HT-4", 1, "100.00", "", "华东"),
    line("HT-4", 2, "100.00", "", ""),  # says nothing
    line("HT-5", 1, "113.00", "E9", "华中"),
    line("HT-6", 1, "113.00", "E9", "华东"),  # a seat that is none: by the region
    line("HT-7", 1, "113.00", "N1", ""),
]


def regions(found):
    return {row["contract"]: row["region"] for row in found.postings.iter_rows(named=True)}


def test_a_contract_stands_where_all_of_its_lines_do(tmp_path):
    shelf = shelf_of({"contract_lines": SIGNED}, tmp_path)
    found = books(shelf, YEAR, COMPANY)
    assert regions(found) == {
        **dict.fromkeys(("HT-1", "HT-2", "HT-6"), "华东"),
        **dict.fromkeys(("HT-3", "HT-4"), ACROSS),
        "HT-5": "华中",
        "HT-7": "华北",
    }
    assert [name for name, _ in found.parts] == ["华东", "华中", "华北", ACROSS]
    assert found.across == ()
    assert books(shelf, replace(YEAR, region="华东"), COMPANY).across == ("HT-3", "HT-4")
    assert books(shelf, replace(YEAR, region=ACROSS), COMPANY).whole == dict(found.parts)[ACROSS]


def test_a_reader_of_a_branch_sees_whole_contracts_and_counts_the_others(tmp_path):
    papers = [("2026-03-01", "FP-1", 1, "HT-1", "50.00", "13%", "华北"), *orphans()]
    shelf = shelf_of({"contract_lines": SIGNED, "invoices": papers}, tmp_path)
    east = books(shelf, replace(YEAR, by="contract"), EAST)
    assert [name for name, _ in east.parts] == ["HT-1", "HT-2", "HT-6", "HT-A", "未归属"]
    assert east.across == ("HT-3", "HT-4", "HT-B")
    assert east.is_scoped
    assert east.lines("invoiced")["paper"].to_list() == ["FP-1", "FP-2", "FP-3"]
    assert regions(east)["HT-1"] == "华东"  # whatever region its paper names
    seat = books(shelf, YEAR, replace(COMPANY, seen=frozenset({"E2"})))
    assert [name for name, _ in seat.parts] == ["E2"]
    for hidden in ("HT-3", "HT-7", "HT-none"):
        with pytest.raises(DataRefused) as refusal:
            books(shelf, replace(YEAR, contract=hidden), EAST)
        (one,) = refusal.value.findings
        assert (one.code, one.params) == ("books.no_contract", {})
    with pytest.raises(DataRefused) as refusal:
        books(shelf, replace(YEAR, region="华北"), EAST)
    assert refusal.value.findings[0].params == {"known": "华东"}


def orphans():
    """Papers of a contract without lines and of no contract, which speak for themselves."""
    return [
        ("2026-03-02", "FP-2", 1, "HT-A", "10.00", "13%", "华东"),
        ("2026-03-03", "FP-3", 1, "", "20.00", "13%", "华东"),
        ("2026-03-04", "FP-4", 1, "", "40.00", "13%", "华北"),
        ("2026-03-05", "FP-5", 1, "HT-B", "80.00", "13%", "华东"),
        ("2026-03-06", "FP-6", 1, "HT-B", "80.00", "13%", "华北"),
    ]


def test_control_totals_of_a_part_are_those_that_name_it(tmp_path):
    totals = [
        ("2026-12-31", "签约", "999.00", "含税", "", ""),
        ("2026-12-31", "签约", "566.00", "含税", "东区", ""),
        ("2026-12-31", "签约", "113.00", "含税", "华北", ""),
        ("2026-12-31", "签约", "113.00", "含税", "", "HT-2"),
        ("2026-12-31", "签约", "300.03", "含税", "", "HT-3"),
    ]
    shelf = shelf_of({"contract_lines": SIGNED, "control_totals": totals}, tmp_path)
    told = [(one.region, one.contract, one.difference) for one in books(shelf, YEAR, EAST).checks]
    assert told == [("", "HT-2", 0), ("东区", "", 0)]
    assert books(shelf, YEAR, EAST).control.is_part
    whole = books(shelf, YEAR, COMPANY)
    assert not whole.control.is_part
    assert [one.region or one.contract for one in whole.checks] == [
        "",
        "HT-2",
        "HT-3",
        "东区",
        "华北",
    ]
    one = books(shelf, replace(YEAR, contract="HT-3"), COMPANY)
    assert [it.contract for it in one.checks] == ["HT-3"]


def test_crediting_rules_say_whose_a_line_is(tmp_path):
    rules = tmp_path / "assignments.csv"
    text = "规则,大区,岗位,占比\n甲,华中,E1,100%\n乙,华北,E1,50%\n乙,华北,N1,50%\n"
    rules.write_text(text, encoding="utf-8")
    crediting = read_crediting(rules, "岗位", KINDS["order_lines"])
    lines = [line("HT-1", 1, "100.00", "", "华中"), line("HT-2", 1, "100.00", "N1", "华北")]
    shelf = shelf_of({"contract_lines": lines}, tmp_path)
    assert regions(books(shelf, YEAR, replace(COMPANY, crediting=crediting))) == {
        "HT-1": "华东",
        "HT-2": ACROSS,
    }


def ruled(folder, text):
    rules = folder / "assignments.csv"
    rules.write_text(text, encoding="utf-8")
    return replace(COMPANY, crediting=read_crediting(rules, "岗位", KINDS["order_lines"]))


def test_rules_that_ask_what_no_contract_line_tells_are_left_out_and_told(tmp_path):
    text = "规则,订单号,大区,岗位,份额\n甲,D1,,N1,100%\n乙,,华中,E1,100%\n"
    lines = [line("HT-1", 1, "100.00", "", "华中"), line("HT-2", 1, "100.00", "N1", "")]
    shelf = shelf_of({"contract_lines": lines}, tmp_path)
    found = books(shelf, YEAR, ruled(tmp_path, text))
    assert regions(found) == {"HT-1": "华东", "HT-2": "华北"}
    assert found.vain == ("订单号",)
    assert notes(found, "zh")[-1] == "以订单号为条件的归属规则不用于合同：合同行没有这些内容"
    assert "ask for 订单号 are not used" in notes(found, "en")[-1]
    alone = ruled(tmp_path, "规则,订单号,岗位,份额\n甲,D1,E1,100%\n")
    assert regions(books(shelf, YEAR, alone)) == {"HT-1": "华中", "HT-2": "华北"}


def test_a_line_that_two_rules_fit_stands_as_written_and_moves_no_other(tmp_path):
    text = "规则,大区,客户,岗位,份额\n甲,华中,,E1,100%\n乙,,客户一,N1,100%\n"
    heads = (*HEADS["contract_lines"], "客户")
    lines = [
        (*line("HT-1", 1, "100.00", "E2", "华中"), "客户一"),
        (*line("HT-2", 1, "100.00", "", "华中"), "客户二"),
        (*line("HT-3", 1, "100.00", "", "华东"), "客户一"),
    ]
    path = tmp_path / "lines.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *lines])
    shelf = Shelf(tmp_path / "facts")
    take(shelf, ImportRequest(files=(path,), into="contract_lines"), author="x")
    places = ruled(tmp_path, text)
    found = books(shelf, YEAR, places)
    assert regions(found) == {"HT-1": "华东", "HT-2": "华东", "HT-3": "华北"}
    assert found.torn == ("HT-1",)
    assert "1 份合同有合同行同时符合两条" in notes(found, "zh")[-1]
    north = replace(places, seen=frozenset({"NORTH", "N1"}))
    assert books(shelf, YEAR, north).torn == ()  # nobody hears of a contract that is not there


def test_a_period_before_the_first_paper_is_empty_and_closes(tmp_path):
    shelf = shelf_of({"contract_lines": SIGNED}, tmp_path)
    for places in (COMPANY, EAST):
        found = books(shelf, replace(YEAR, period="2019"), places)
        assert found.closes
        assert set(found.whole.values()) == {0}
        assert found.across == ()


def test_a_paper_takes_the_rate_of_its_line_and_one_without_any_is_counted(tmp_path):
    lines = [
        ("2026-02-01", "HT-1", 1, "113.00", "13%", "E1", ""),
        ("2026-02-01", "HT-1", 2, "106.00", "6%", "E1", ""),
    ]
    bills = [
        ("2026-03-01", "YS-1", 2, "HT-1", "106.00", "", ""),
        ("2026-03-02", "YS-2", "", "HT-1", "113.00", "", ""),
    ]
    money = [("2026-04-01", "HK-1", "HT-1", "10.00", "")]
    tables = {"contract_lines": lines, "acceptances": bills, "receipts": money}
    found = books(shelf_of(tables, tmp_path), YEAR, COMPANY)
    assert found.lines("recognised")["net"].to_list() == [100_0000, 113_0000]
    assert found.untaxed == 1
