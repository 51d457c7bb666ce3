"""The demo company's reconciliation, against the figures worked by hand in docs/algorithms."""

from __future__ import annotations

import shutil

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.books.request import BooksRequest
from quotaloom.cycle.books.verb import books
from quotaloom.cycle.demo_company.books import import_books
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf

WHOLE = {  # docs/algorithms/books.md, 元
    "booked_gross": "1198999.99",
    "booked_tax": "101070.46",
    "booked_net": "1097929.53",
    "returned_net": "20000.00",
    "backlog_opening": "600000.00",
    "backlog_closing": "326100.63",
    "recognised_net": "1351828.90",
    "recognised_tax": "153904.42",
    "unbilled_opening": "0.00",
    "unbilled_closing": "-229666.67",
    "invoiced": "1735399.99",
    "receivable_opening": "113000.00",
    "receivable_closing": "190249.99",
    "collected": "1658150.00",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The demo company's books, imported once."""
    folder = tmp_path_factory.mktemp("books")
    import_books(folder, Shelf(folder / "facts"), author="x")
    return folder / "facts"


@pytest.fixture
def shelf(built):
    """To be read only."""
    return Shelf(built)


@pytest.fixture
def own(built, tmp_path):
    """A copy that may be added to."""
    return Shelf(shutil.copytree(built, tmp_path / "facts"))


def yuan(amount):
    assert amount % 100 == 0
    sign, size = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{size // 10_000}.{size % 10_000 // 100:02}"


def told(figures):
    return {name: yuan(amount) for name, amount in figures.items()}


def test_the_year_closes_to_the_fen(shelf):
    found = books(shelf, BooksRequest(period="2026"))
    assert told(found.whole) == WHOLE
    assert yuan(found.retained) == "140250.00"
    assert found.closes


@pytest.mark.parametrize("by", ["region", "contract"])
@pytest.mark.parametrize("period", ["2025", "2026", "2026Q1", "2026-07", "2027"])
def test_every_part_closes_and_the_parts_are_the_whole(shelf, by, period):
    found = books(shelf, BooksRequest(period=period, by=by))
    assert found.closes
    for name, amount in found.whole.items():
        assert sum(figures[name] for _, figures in found.parts) == amount, name


def test_a_contract_of_last_year_and_a_return_stand_where_they_belong(shelf):
    parts = dict(books(shelf, BooksRequest(period="2026", by="contract")).parts)
    assert yuan(parts["HT-A"]["backlog_opening"]) == "600000.00"
    assert yuan(parts["HT-D"]["recognised_net"]) == "180000.00"
    assert yuan(parts["HT-D"]["invoiced"]) == "203400.00"
    assert yuan(parts["HT-C"]["unbilled_closing"]) == "-229666.67"
    assert yuan(parts["HT-E"]["backlog_closing"]) == "9433.96"


def test_bills_may_count_at_maturity(shelf):
    found = books(shelf, BooksRequest(period="2026", bills="maturity"))
    assert yuan(found.whole["collected"]) == "1249400.00"
    assert yuan(found.whole["receivable_closing"]) == "598999.99"
    assert found.closes


def test_a_contract_of_three_years_may_count_by_its_days(shelf):
    parts = {
        year: dict(books(shelf, BooksRequest(period=str(year), by="contract", years="part")).parts)
        for year in (2026, 2027, 2028, 2029)
    }
    signed = [yuan(parts[year]["HT-C"]["booked_gross"]) for year in parts]
    assert signed == ["88784.67", "105903.29", "106193.43", "17118.61"]


def test_each_difference_to_finance_leads_to_its_line(shelf):
    checks = {one.figure: one for one in books(shelf, BooksRequest(period="2026")).checks}
    assert {name: yuan(one.difference) for name, one in checks.items()} == {
        "booked_gross": "0.00",
        "recognised_net": "0.00",
        "invoiced": "22600.00",
        "collected": "-408750.00",
    }
    assert checks["invoiced"].lines["paper"].to_list() == ["FP-6"]
    assert checks["collected"].lines.select("paper", "§row").rows() == [("HK-7", 8)]
    assert checks["booked_gross"].lines.is_empty()


@pytest.mark.parametrize(
    ("amount", "reason", "papers"),
    [
        ("27400.00", "largest", []),  # as ours
        ("4800.00", "alike", ["HK-5"]),
        ("436150.00", "outside", ["HK-7"]),  # the bill of November
        ("27400.01", "largest", ["HK-6", "HK-5"]),
    ],
)
def test_what_speaks_for_the_papers_named(own, tmp_path, amount, reason, papers):
    path = tmp_path / "控制数.csv"
    path.write_text(f"期间,口径,金额,含税\n2026-09-30,回款,{amount},含税\n", encoding="utf-8")
    take(own, ImportRequest(files=(path,), into="control_totals"), author="x")
    (one,) = books(own, BooksRequest(period="2026Q3")).checks
    assert one.lines["paper"].to_list() == papers
    assert one.reason == reason or not papers


def test_internal_deals_stay_out_unless_asked_for(own, tmp_path):
    path = tmp_path / "内部.csv"
    path.write_text(
        "签约日期,合同号,行号,行金额,税率,大区,内部往来\n2026-06-01,HT-I,1,1130.00,13%,华东,是\n",
        encoding="utf-8",
    )
    take(own, ImportRequest(files=(path,), into="contract_lines"), author="x")
    assert told(books(own, BooksRequest(period="2026")).whole) == WHOLE
    found = books(own, BooksRequest(period="2026", internal=True))
    assert yuan(found.whole["booked_net"]) == "1098929.53"


def test_a_receipt_is_settled_to_contracts_and_the_rest_stays(own, tmp_path):
    for kind, text in (
        ("receipts", "回款日期,回款单号,回款金额,收款方式\n2026-12-01,HK-9,1000.00,电汇\n"),
        ("allocations", "核销日期,回款单号,发票号,核销金额\n2026-12-02,HK-9,FP-5,600.00\n"),
    ):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        take(own, ImportRequest(files=(path,), into=kind), author="x")
    parts = dict(books(own, BooksRequest(period="2026", by="contract")).parts)
    assert yuan(parts["HT-E"]["collected"]) == "50600.00"
    assert yuan(parts["未归属"]["collected"]) == "400.00"


def test_nothing_imported_is_said(tmp_path):
    with pytest.raises(DataRefused) as refusal:
        books(Shelf(tmp_path / "none"), BooksRequest(period="2026"))
    assert refusal.value.findings[0].code == "books.nothing"
