"""The dictionary of the house, and what the real data sets come to by it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.measures.credit import measured
from quotaloom.cycle.measures.figures import FigureRequest, figures
from quotaloom.cycle.measures.known import OWN, measures, measures_of
from quotaloom.cycle.plan.catalogue import CATALOGUE
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.shared import shared
from tests.support.sources import ROOT

TOOL = ROOT / "tools" / "measures_reference.py"
CORE = ["leads", "conversion_rate", "average_order_value", "repurchase_rate", "return_rate"]
KPIS = {
    "result": ["recognised", "margin_rate", "market_share", "satisfaction"],
    "process": ["visited_customers", "proposals", "quote_conversion_rate", "sales_cycle"],
    "team": ["output_per_head", "team_stability", "starter_speed", "training_rate"],
    "development": ["new_customer_rate", "product_mix", "retention_rate", "key_account_growth"],
    "any": ["attainment", "year_on_year", "period_on_period", "share", "pace"],
}
MINE = """
[[measure]]
code = "discount"
names = ["让利", "Discount"]
meanings = ["订单额与签约额之差", "Orders less bookings"]
formula = "{formula}"
kind = "additive"
counts = "money included booked"
owner = "我们"
"""


def test_the_core_measures_and_the_sixteen_kpis_are_told():
    told = measures().definitions
    assert [code for code, one in told.items() if one.group == "core"] == CORE
    for group, codes in KPIS.items():
        assert set(codes) <= {code for code, one in told.items() if one.group == group}
    assert all(one.names[0] and one.meanings[1] and one.owner for one in told.values())


def test_a_plan_calls_its_measures_as_the_dictionary_does():
    told = measures().definitions
    both = set(told) & set(CATALOGUE)
    assert {"booked", "invoiced", "collected", "margin", "receivable", "market_share"} <= both
    for code in both:
        assert (CATALOGUE[code].name, CATALOGUE[code].name_en) == told[code].names
        assert CATALOGUE[code].better == told[code].better


def test_a_measure_of_ones_own_stands_beside_the_house(tmp_path):
    (tmp_path / OWN).write_text(MINE.format(formula="ordered - booked"), encoding="utf-8")
    assert measures_of(tmp_path).find("discount").group == "own"
    assert measures_of(tmp_path / "none").definitions.keys() == measures().definitions.keys()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (MINE.format(formula="ordered - booked_net"), {"measure.taxes_differ"}),
        (MINE.format(formula="ordered + orders"), {"measure.units_differ"}),
        (MINE.format(formula="ordered - collected"), {"measure.stages_differ"}),
        ("[[measure]]\ncode = 'X'", {"measure.field_missing", "measure.field_unclear"}),
        (MINE.format(formula="ordered") + "colour = 'red'", {"measure.field_unknown"}),
        ("a = [", {"measure.text_unreadable"}),
        ("a = 1", {"measure.text_empty"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_out(text, codes):
    with pytest.raises(DataRefused) as caught:
        measures(text)
    assert {one.code for one in caught.value.findings} == codes


def imported(folder, file, into, **more):
    shelf = Shelf(folder / "facts")
    take(shelf, ImportRequest(files=(shared(file),), into=into, **more), author="test")
    return shelf


def ask(shelf, *codes, **more):
    return figures(shelf, measures(), FigureRequest(codes=codes, **more)).frame


@pytest.mark.shared_data
def test_adventureworks_comes_to_its_sums_by_year(tmp_path):
    shelf = imported(
        tmp_path,
        "adventureworks/dw/FactResellerSales.csv.gz",
        "order_lines",
        map=(
            "OrderDate=date",
            "SalesOrderNumber=order",
            "SalesOrderLineNumber=line",
            "SalesAmount=net_amount",
            "EmployeeKey=person",
        ),
    )
    found = ask(shelf, "ordered_net", "orders", "ordered_net.year_on_year", time="year")
    assert found["ordered_net"].to_list() == [48932858, 1819280271, 2819363153, 3357483416]
    assert found["orders"].sum() == 3796 * 10_000
    assert found["ordered_net.year_on_year"].to_list() == [None, 36179113, 549713, 190866]
    by_day = measured(shelf, measures(), "ordered_net", ("person",))
    assert str(by_day["amount"].sum()) == "80450596.9823"
    with pytest.raises(UsageRefused) as caught:
        measured(shelf, measures(), "orders", ("person",))
    assert caught.value.findings[0].code == "measure.no_credit"


@pytest.mark.shared_data
def test_maven_crm_comes_to_what_is_known_of_it(tmp_path):
    shelf = imported(
        tmp_path, "maven_crm/sales_pipeline.csv", "opportunities", map=("deal_stage=stage",)
    )
    (whole,) = ask(shelf, "won", "won_deals", "lost_deals", "win_rate").iter_rows()
    assert whole == ("", 1000553400, 4238 * 10_000, 2473 * 10_000, 631501)
    months = ask(shelf, "won", "open_deals", time="month", until=date(2017, 12, 31))
    won = {row["period"]: row["won"] for row in months.iter_rows(named=True) if row["won"]}
    assert list(won.items())[:2] == [("2017-03", 113467200), ("2017-04", 72193200)]
    assert months.row(-1, named=True)["open_deals"] == 2089 * 10_000
    blank = ask(shelf, "open_deals", by=("customer",)).filter(pl.col("customer") == "未归属")
    assert blank["open_deals"].to_list() == [1425 * 10_000]
    orphans = ask(
        shelf, "open_deals", "won_deals", "lost_deals", within={"product": ("GTXPro",)}
    ).drop("period")
    assert sum(orphans.row(0)) == 1480 * 10_000


def test_the_page_of_reference_is_written_from_the_dictionary():
    done = subprocess.run(
        [sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
