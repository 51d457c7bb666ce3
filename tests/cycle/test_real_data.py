"""The verb on real data: AdventureWorks, the provinces of China, a CRM of ten months."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import numpy as np
import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.money import facts_to_minor
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.options import request_of
from quotaloom.cycle.reading import read_request
from quotaloom.cycle.request import read_dimensions
from tests.cycle.test_decompose import node_errors
from tests.support.orders import codes, shares
from tests.support.shared import shared

pytestmark = pytest.mark.shared_data

REGIONS = "SalesTerritoryGroup>SalesTerritoryCountry>SalesTerritoryRegion"
PRODUCTS = "EnglishProductCategoryName>EnglishProductSubcategoryName"


def resellers(**options):
    dw = shared("adventureworks/dw")
    return {
        "facts": dw / "FactResellerSales.csv.gz",
        "total": 40_000_000,
        "year": 2014,
        "unit": "0.01",
        "date": "OrderDate",
        "amount": "SalesAmount",
        "by": [REGIONS, PRODUCTS],
        "tree": "person=EmployeeKey|LastName<ParentEmployeeKey",
        "join": [
            f"{dw}/DimSalesTerritory.csv on SalesTerritoryKey=SalesTerritoryKey as t",
            f"{dw}/DimProduct.csv on ProductKey=ProductKey as p",
            f"{dw}/DimProductSubcategory.csv on p.ProductSubcategoryKey=ProductSubcategoryKey as s",
            f"{dw}/DimProductCategory.csv on s.ProductCategoryKey=ProductCategoryKey as c",
            f"{dw}/DimEmployee.csv on EmployeeKey=EmployeeKey as e",
        ],
    } | options


@cache
def loaded():
    """The facts as the verb reads them: the README's sums are those of this load."""
    request, _ = request_of(resellers())
    dimensions = read_dimensions(request.by, request.tree)
    facts = read_request(request, dimensions, FiscalCalendar()).facts
    texts = pl.col("SalesTerritoryRegion", "EnglishProductCategoryName").cast(pl.String)
    return facts.frame.with_columns(texts, pl.col("date").dt.year().alias("year"))


@cache
def made():
    return decompose(**resellers())


def yuan(amounts):
    """Facts at scale 4 as 元, rounded once."""
    return Decimal(int(facts_to_minor(np.array([amounts], np.int64))[0])) / 100


def sums(column, frame=None):
    """元 by member of a column."""
    facts = loaded() if frame is None else frame
    added = facts.group_by(column).agg(pl.col("amount").sum())
    return {member: yuan(amount) for member, amount in added.iter_rows()}


def test_the_sum_is_that_of_the_lines_and_not_of_rounded_lines():
    assert len(loaded()) == 60_855
    assert yuan(loaded()["amount"].sum()) == Decimal("80450596.98")


def test_the_years_are_those_of_the_readme():
    told = {2010: "489328.6", 2011: "18192802.7", 2012: "28193631.5", 2013: "33574834.2"}
    found = sums("year")
    assert set(found) == set(told)
    for year, amount in found.items():
        assert abs(amount - Decimal(told[year])) <= Decimal("0.1")


def test_the_products_of_2013_are_those_of_the_readme():
    facts = loaded().filter(pl.col("year") == 2013)
    assert sums("EnglishProductCategoryName", facts) == {
        "Bikes": Decimal("26942691.15"),
        "Components": Decimal("5374393.77"),
        "Clothing": Decimal("878851.24"),
        "Accessories": Decimal("378897.98"),
    }


def test_the_southwest_is_that_of_the_readme():
    facts = loaded().filter(pl.col("SalesTerritoryRegion") == "Southwest")
    assert sums("year", facts) == {
        2010: Decimal("100056.43"),
        2011: Decimal("4285400.58"),
        2012: Decimal("7703501.08"),
        2013: Decimal("6377500.71"),
    }


def test_all_territories_add_up_to_the_sum():
    added = loaded().group_by("SalesTerritoryRegion").agg(pl.col("amount").sum())
    assert len(added) == 10
    assert yuan(added["amount"].sum()) == Decimal("80450596.98")


def test_forty_million_are_exact_at_every_level():  # F1, F8, F11, F16, F17, F18, F23
    result = made()
    assert int(result.frame["quota"].sum()) == 4_000_000_000
    assert node_errors(result) == []
    assert all(check.failed == 0 for check in result.trace.checks)
    assert {check.code: check.count for check in result.trace.checks}["check.total"] == 1


def test_managers_that_sell_have_leaves_of_their_own():
    people = [name for name in made().frame.columns if name.startswith("person")]
    own = made().frame.filter(pl.any_horizontal(pl.col(people) == "本级"))
    managers = own.select(pl.col("person 3")).unique()["person 3"].to_list()
    assert sorted(managers) == ["272", "290", "294"]


def test_people_and_territories_are_two_axes():
    sellers = (
        loaded().select(pl.col("EmployeeKey").cast(pl.String), "SalesTerritoryRegion").unique()
    )
    counts = sellers.group_by("EmployeeKey").len()
    assert (len(counts), int((counts["len"] > 1).sum())) == (17, 7)
    assert [name for name, _ in made().trace.hierarchies] == [REGIONS, PRODUCTS, "person"]


def test_the_partial_last_year_is_completed_and_told():
    said = {f.code: f for f in made().findings}
    assert said["history.year_completed"].subject == "2013"
    assert said["history.year_completed"].params == {"covered": 11, "of": 12}


def test_wishes_on_real_members_are_met_exactly():
    wishes = {
        "fix": ["SalesTerritoryGroup=Europe:20%", "2014Q4:30%", "person=277>272:9000000"],
        "hold": ["EnglishProductSubcategoryName=Helmets:250000"],
        "bound": ["SalesTerritoryRegion=Southwest:>=8000000"],
    }
    result = decompose(**resellers(unit="100", **wishes))
    margins = {margin.text: margin.reached // 100 for margin in result.trace.margins}
    assert margins["SalesTerritoryGroup=Europe:20%"] == 8_000_000
    assert margins["2014Q4:30%"] == 12_000_000
    assert margins["person=277>272:9000000"] == 9_000_000
    assert margins["EnglishProductSubcategoryName=Helmets:250000"] == 250_000
    assert margins["SalesTerritoryRegion=Southwest:>=8000000"] >= 8_000_000
    assert node_errors(result) == []


def test_the_mix_of_2013_is_kept_to_the_cent():
    options = {"by": REGIONS, "tree": (), "basis_years": 1, "time": "year", "recency": "1"}
    result = decompose(**resellers(**options))
    mix = loaded().filter(pl.col("year") == 2013).group_by("SalesTerritoryRegion")
    whole = mix.agg(pl.col("amount").sum())
    total = int(whole["amount"].sum())
    quotas = shares(result, "SalesTerritoryRegion")
    for region, amount in whole.iter_rows():
        assert abs(round(quotas[region] * 100) - 4_000_000_000 * amount / total) < 1
    assert int(result.frame["quota"].sum()) == 4_000_000_000


# --- the provinces of China ---


def provinces(**options):
    given = {
        "weights": shared("china_regions/gdp_province_1992_2020.csv"),
        "where": "year=2020",
        "weight_column": "gdp_100m_cny",
        "by": "province_name",
        "total": "10亿",
        "year": 2027,
        "time": "year",
        "unit": "0.01",
    }
    return decompose(**(given | options))


def test_a_billion_by_gdp_gives_guangdong_its_cents():  # F9: by potential
    found = shares(provinces(), "province_name")
    assert found["广东省"] == 109_402_644.29
    assert len(found) == 31


def test_a_billion_in_ten_thousands_is_a_hundred_thousand_of_them():
    frame = provinces(unit="1万").frame
    assert int((frame["quota"] // 1_000_000).sum()) == 100_000
    assert (frame["quota"] % 1_000_000 == 0).all()


# --- ten months of a CRM ---


def deals(**options):
    crm = shared("maven_crm")
    given = {
        "facts": crm / "sales_pipeline.csv",
        "total": 12_000_000,
        "year": 2018,
        "where": "deal_stage=Won",
        "date": "close_date",
        "amount": "close_value",
        "by": ["regional_office>manager>sales_agent", "series>product"],
        "join": [
            f"{crm}/sales_teams.csv on sales_agent=sales_agent",
            f"{crm}/products.csv on product=product as p",
        ],
        "alias": "GTXPro=GTX Pro",
    }
    return decompose(**(given | options))


def test_the_won_deals_are_those_of_the_readme():
    result = deals()
    # ten months completed to twelve, evenly: every sum is 12/10 of what was won
    won = {"West": 3_568_647, "Central": 3_346_293, "East": 3_090_594}
    told = {
        path[0]: amount
        for name, path, amount in result.trace.node_last_year.rows()
        if len(path) == 1
    }
    for region, amount in won.items():
        assert abs(told[region] - amount * 120) <= 100
    assert abs(result.trace.last_year - 10_005_534 * 120) <= 300
    assert node_errors(result) == []


def test_ten_months_are_an_even_year_with_warnings():
    result = deals(spring_festival="off")
    assert {"history.under_one_year", "history.year_completed"} <= set(codes(result))
    sums_ = result.frame.group_by("period").agg(pl.col("quota").sum())["quota"]
    assert set(sums_) == {100_000_000}


def test_the_misspelt_product_is_found_and_put_right():
    without = deals(alias=())
    missed = next(f for f in without.findings if f.code == "join.unmatched")
    assert "GTXPro" in missed.params["examples"]
    assert "GTX Pro" in missed.params["nearest"]
    applied = next(f for f in deals().findings if f.code == "intake.alias_applied")
    assert applied.params["name"] == "GTX Pro"
    assert "GTX Pro" in set(deals().frame["product"])


def test_blank_accounts_are_unassigned_and_counted():
    crm = shared("maven_crm")
    facts = pl.read_csv(crm / "sales_pipeline.csv").with_columns(pl.col("close_value").fill_null(0))
    given = {"where": "deal_stage != Prospecting", "date": "engage_date", "by": "account"}
    result = deals(facts=facts, join=(), alias=(), year=2018, **given)
    blank = next(f for f in result.findings if f.code == "intake.members_blank")
    assert blank.params["count"] == 1088
    assert "未归属" in set(result.frame["account"])


# --- the parts of a year that the documents ask for ---


def test_a_year_goes_to_halves_quarters_and_months():  # F3
    result = made()
    months = dict.fromkeys((period.label for period in result.trace.periods), 0)
    for period, quota in result.frame.group_by("period").agg(pl.col("quota").sum()).iter_rows():
        months[period] = quota
    quarters = [sum(list(months.values())[at : at + 3]) for at in (0, 3, 6, 9)]
    assert sum(quarters) == 4_000_000_000
    assert set(result.trace.rollups["2014-05"]) == {"2014Q2", "2014H1", "2014"}


def test_one_person_s_target_in_one_region_and_product():  # F20: one person, one region, one kind
    wish = "person=282&SalesTerritoryRegion=Northwest&EnglishProductCategoryName=Bikes:800000"
    result = decompose(**resellers(unit="100", fix=wish))
    assert result.trace.margins[0].reached == 80_000_000
    assert node_errors(result) == []
