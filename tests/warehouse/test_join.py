"""Many-to-one joins: nothing is counted twice, nothing is lost, nothing is guessed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.warehouse.intake.facts import IntakeRequest, Join, read_facts
from tests.support.counts import examples
from tests.support.office import amounts, codes, only, write
from tests.support.shared import shared

SALES = """
    日期,金额,品号
    2025-01-01,1,5
    2025-01-02,2,5.0
    2025-01-03,4, 5
    2025-01-04,8,7
    2025-01-05,16,
"""
PRODUCTS = """
    品号,产品,系号
    5,甲,s1
    6,乙,s2
"""


@pytest.fixture
def office(tmp_path):
    def join(products=PRODUCTS, sales=SALES, left="品号", right="品号", **asked):
        table = write(tmp_path, products, "products.csv")
        joins = asked.pop("joins", ())
        return read_facts(
            IntakeRequest(
                files=(write(tmp_path, sales),),
                joins=(Join(table, left, right, asked.pop("alias", "p")), *joins),
                columns=asked.pop("columns", ("产品",)),
                **asked,
            )
        )

    return join


def test_keys_are_compared_as_trimmed_texts_and_5_is_5_0(office):
    facts = office()
    assert facts.frame["产品"].to_list() == ["甲", "甲", "甲", "未归属", "未归属"]
    assert amounts(facts) == ["1", "2", "4", "8", "16"]


def test_unmatched_and_blank_keys_are_told_with_counts_and_examples(office):
    facts = office()
    unmatched = only(facts.findings, "join.unmatched")
    assert unmatched.params["count"] == unmatched.params["keys"] == 1
    assert unmatched.params["examples"] == "7 (1)"
    assert unmatched.params["nearest"] == "5, 6"
    assert only(facts.findings, "join.blank_key").params["count"] == 1
    assert only(facts.findings, "intake.members_blank").params["count"] == 2


def test_double_keys_are_refused_with_counts_and_rows(office):
    with pytest.raises(DataRefused) as refused:
        office("品号,产品\n5,甲\n6,乙\n5.0,丙\n6,丁\n7,戊")
    found = only(refused.value.findings, "join.double_key")
    assert found.params["count"] == 2
    assert found.params["examples"] == "5 (2, 4); 6 (3, 5)"


def test_blank_keys_on_the_right_are_no_double_keys(office):
    assert office("品号,产品\n5,甲\n,乙\n,丙").frame["产品"][0] == "甲"


def test_h55_lost_leading_zeros_are_refused_with_the_code_that_was_meant(office):
    with pytest.raises(DataRefused) as refused:
        office("品号,产品\n005,甲\n7,乙")
    found = only(refused.value.findings, "join.leading_zeros")
    assert (found.params["value"], found.params["suggestion"]) == ("5", "005")
    assert found.params["count"] == 3


def test_an_alias_also_finds_the_key(office):
    facts = office(aliases={"7": "6"})
    assert facts.frame["产品"].to_list()[3] == "乙"


def test_joins_can_be_chained(office, tmp_path):
    series = write(tmp_path, "系号,系列\ns1,一系\ns2,二系", "series.csv")
    for left in ("系号", "p.系号"):
        facts = office(joins=(Join(series, left, "系号"),), columns=("系列", "series.系号"))
        assert facts.frame["系列"].to_list()[0] == "一系"
        assert facts.chosen["系列"] == "series.系列"


def test_a_column_of_both_sides_is_refused_with_its_qualified_names(office):
    with pytest.raises(DataRefused) as refused:
        office("品号,产品,金额\n5,甲,9", columns=("产品", "金额"))
    found = only(refused.value.findings, "intake.column_ambiguous")
    assert found.params["choices"] == "facts.金额, p.金额"


def test_the_key_itself_is_not_ambiguous(office):
    assert office(columns=("品号",)).frame["品号"].to_list()[:2] == ["5", "5.0"]


def test_the_amount_cannot_come_from_a_joined_table(office):
    with pytest.raises(DataRefused) as refused:
        office("品号,产品,价格\n5,甲,9", amount="价格")
    assert codes(refused.value.findings) == ["intake.amount_joined"]


def test_the_date_can_come_from_a_joined_table(tmp_path):
    sales = write(tmp_path, "日号,金额,地区\n1,5,甲\n2,6,乙", "sales.csv")
    days = write(tmp_path, "日号,日期\n1,2025-01-01\n2,2025-02-01", "days.csv")
    request = IntakeRequest(files=(sales,), joins=(Join(days, "日号", "日号", "d"),), date="d.日期")
    assert [str(day) for day in read_facts(request).frame["date"]] == ["2025-01-01", "2025-02-01"]


def test_wrong_key_columns_are_refused_with_the_nearest(office):
    with pytest.raises(DataRefused) as refused:
        office(left="品牌号")
    assert only(refused.value.findings, "intake.column_missing").subject == "品牌号"
    with pytest.raises(DataRefused) as refused:
        office(right="品牌号")
    assert only(refused.value.findings, "intake.column_missing").params["file"] == "products.csv"


def test_two_tables_of_one_name_are_refused(office, tmp_path):
    with pytest.raises(UsageRefused) as refused:
        office(joins=(Join(tmp_path / "products.csv", "品号", "品号", "p"),))
    assert codes(refused.value.findings) == ["join.alias_twice"]


def test_joined_tables_are_handed_on_as_texts(office):
    table = office().tables["p"]
    assert table.rows() == [("5", "甲", "s1"), ("6", "乙", "s2")]


def test_what_is_wrong_in_a_joined_column_nobody_names_does_not_matter(office):
    products = "品号,产品,备注\n5,甲,锟斤拷\n6,乙,"
    assert office(products).frame["产品"][0] == "甲"
    with pytest.raises(DataRefused) as refused:
        office(products, columns=("备注",))
    assert codes(refused.value.findings) == ["intake.mojibake"]


def test_a_joined_parquet_file_may_hold_lists(tmp_path):
    sales = write(tmp_path, SALES)
    path = tmp_path / "p.parquet"
    pl.DataFrame({"品号": [5, 6], "产品": ["甲", "乙"], "标签": [["x"], []]}).write_parquet(path)
    request = IntakeRequest(files=(sales,), columns=("产品",), joins=(Join(path, "品号", "品号"),))
    facts = read_facts(request)
    assert facts.frame["产品"].to_list() == ["甲", "甲", "甲", "未归属", "未归属"]
    assert facts.tables["p"].columns == ["品号", "产品"]


KEYS = st.sampled_from(["1", "2", "3", "4", "5.0", " 5", "", "x"])


@given(
    rows=st.lists(st.tuples(KEYS, st.integers(-999, 999)), min_size=1, max_size=30),
    right=st.sets(st.integers(1, 9), min_size=1, max_size=9),
)
@settings(max_examples=examples(300), deadline=None)
def test_no_join_ever_changes_the_total(rows, right, tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    lines = [f"2025-01-01,{amount},{name}" for name, amount in rows]
    sales = write(folder, "\n".join(["日期,金额,品号", *lines]))
    table = write(folder, "\n".join(["品号,产品", *(f"{key},P{key}" for key in right)]), "p.csv")
    plain = read_facts(IntakeRequest(files=(sales,), columns=("品号",)))
    joined = read_facts(
        IntakeRequest(files=(sales,), columns=("产品",), joins=(Join(table, "品号", "品号"),))
    )
    assert joined.frame["amount"].to_list() == plain.frame["amount"].to_list()


@pytest.mark.shared_data
def test_adventureworks_joins_to_its_known_sums():
    folder = shared("adventureworks/dw/FactResellerSales.csv.gz").parent
    facts = read_facts(
        IntakeRequest(
            files=(folder / "FactResellerSales.csv.gz",),
            columns=("SalesTerritoryRegion", "EnglishProductCategoryName", "EmployeeKey"),
            joins=(
                Join(folder / "DimSalesTerritory.csv", "SalesTerritoryKey", "SalesTerritoryKey"),
                Join(folder / "DimProduct.csv", "ProductKey", "ProductKey", "p"),
                Join(
                    folder / "DimProductSubcategory.csv",
                    "p.ProductSubcategoryKey",
                    "ProductSubcategoryKey",
                ),
                Join(
                    folder / "DimProductCategory.csv",
                    "DimProductSubcategory.ProductCategoryKey",
                    "ProductCategoryKey",
                ),
                Join(folder / "DimEmployee.csv", "EmployeeKey", "EmployeeKey", "e"),
            ),
        )
    )
    assert facts.chosen["date"] == "OrderDate"
    assert facts.chosen["amount"] == "SalesAmount"
    assert not codes(facts.findings, "warning")
    assert _cents(facts.frame["amount"].sum()) == 8_045_059_698
    rows = facts.frame.with_columns(year=facts.frame["date"].dt.year())
    by_year = dict(rows.group_by("year").agg("amount").rows())
    assert {year: _cents(sum(values)) for year, values in by_year.items()} == {
        2010: 48_932_858,
        2011: 1_819_280_271,
        2012: 2_819_363_153,
        2013: 3_357_483_416,
    }
    southwest = rows.filter((rows["SalesTerritoryRegion"] == "Southwest") & (rows["year"] == 2012))
    assert _cents(southwest["amount"].sum()) == 770_350_108
    bikes = rows.filter((rows["EnglishProductCategoryName"] == "Bikes") & (rows["year"] == 2013))
    assert _cents(bikes["amount"].sum()) == 2_694_269_115
    assert facts.tables["e"].height == 296


def _cents(scaled):
    return (scaled + 50) // 100
