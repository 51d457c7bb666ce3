"""Files to facts: everything that is wrong at once, everything that was done said."""

from __future__ import annotations

import hashlib
from datetime import date

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.report.wording import sentence
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts
from quotaloom.warehouse.intake.frame_facts import facts_of_frame
from tests.support.counts import examples
from tests.support.office import amounts, codes, only, read, refusal, write
from tests.support.shared import shared

ORDERS = """
    订单日期,地区,产品线,金额
    2025-01-03,华东,甲,100
    2025/1/4,华南,乙,"1,200.50"
"""


def read_all(*paths, **asked):
    return read_facts(IntakeRequest(files=paths, **asked))


def refused_all(*paths, **asked):
    with pytest.raises(DataRefused) as refused:
        read_all(*paths, **asked)
    return list(refused.value.findings)


def test_the_plainest_file(tmp_path):
    facts = read(tmp_path, ORDERS)
    assert dict(facts.frame.schema) == {
        "date": pl.Date,
        "amount": pl.Int64,
        "地区": pl.Categorical,
        "产品线": pl.Categorical,
    }
    assert facts.frame.rows() == [
        (date(2025, 1, 3), 1_000_000, "华东", "甲"),
        (date(2025, 1, 4), 12_005_000, "华南", "乙"),
    ]


def test_sources_say_what_was_read(tmp_path):
    path = write(tmp_path, ORDERS)
    (source,) = read_all(path, where="地区 = 华东").sources
    assert (source.file, source.rows, source.used) == ("facts.csv", 2, 1)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.encoding == "utf-8"


def test_h42_several_files_append_whatever_the_order_of_their_columns(tmp_path):
    first = write(tmp_path, ORDERS)
    second = write(tmp_path, "金额,产品线,订单日期,地区\n7,丙,2025-02-01,华北", "b.csv")
    facts = read_all(first, second)
    assert facts.frame["地区"].to_list() == ["华东", "华南", "华北"]
    assert [source.used for source in facts.sources] == [2, 1]


def test_h38_a_file_that_lacks_a_column_is_named(tmp_path):
    first = write(tmp_path, ORDERS)
    second = write(tmp_path, "订单日期,地区,销售额\n2025-02-01,华北,7", "b.csv")
    found = [one for one in refused_all(first, second) if one.severity == "error"]
    assert [(one.subject, one.params["file"]) for one in found] == [
        ("金额", "b.csv"),
        ("产品线", "b.csv"),
    ]


def test_files_with_other_units_are_each_read_in_their_own(tmp_path):
    first = write(tmp_path, ORDERS)
    second = write(tmp_path, "订单日期,地区,产品线,金额(万元)\n2025-02-01,华北,丙,7", "b.csv")
    facts = read_all(first, second)
    assert amounts(facts) == ["100", "1200.5", "70000"]
    assert only(facts.findings, "intake.header_unit").params["file"] == "b.csv"


def test_currencies_of_several_files_are_not_added(tmp_path):
    first = write(tmp_path, ORDERS)
    second = write(tmp_path, ORDERS.replace("100", "$100").replace('"1,200.50"', "$5"), "b.csv")
    found = only(refused_all(first, second), "intake.two_currencies")
    assert found.params["currencies"] == "CNY 2, USD 2"


def test_h81_every_fault_of_every_file_is_told_at_once(tmp_path):
    first = write(tmp_path, "日期,地区,金额\n2025-02-30,甲,1\n2025-01-01,#REF!,x\n,乙,")
    second = write(tmp_path, "日期,地区,金额\n03/04/2025,甲,$5\n2025-01-01,乙,￥6", "b.csv")
    third = tmp_path / "c.csv"
    third.write_bytes(b"")
    found = refused_all(first, second, third)
    assert codes(found) == [
        "intake.date_blank",
        "intake.date_impossible",
        "intake.amount_blank",
        "amount.unreadable",
        "intake.error_cell",
        "intake.date_ambiguous",
        "intake.file_empty",
        "intake.two_currencies",
    ]


def test_a_refusal_says_file_row_column_value_and_the_way_out(tmp_path):
    found = only(
        refusal(tmp_path, ORDERS.replace("2025/1/4", "2025/13/4")), "intake.date_impossible"
    )
    assert sentence(found, "zh") == (
        "facts.csv › 第3行 A列「订单日期」 › 值「2025/13/4」 › 没有这一天。请改正日期。"
    )


def test_blank_members_are_kept_under_their_own_name(tmp_path):
    facts = read(tmp_path, ORDERS.replace("华南", ""))
    assert facts.frame["地区"].to_list() == ["华东", "未归属"]


def test_sums_beyond_int64_are_refused(tmp_path):
    text = "日期,地区,金额\n" + "2025-01-01,甲,899999999999999\n2025-01-01,乙,-899999999999999\n"
    assert codes(refusal(tmp_path, text)) == ["intake.total_too_large"]


def test_parquet_is_read_by_the_columns_that_are_needed(tmp_path):
    path = tmp_path / "facts.parquet"
    frame = pl.DataFrame(
        {
            "订单日期": [date(2025, 1, 3), date(2025, 1, 4)],
            "金额": pl.Series(["1.25", "2.50"]).cast(pl.Decimal(18, 2)),
            "客户经理": [5, None],
            "地区": pl.Series(["华东", " 华东"]).cast(pl.Categorical),
            "明细": [[1], [2]],
        }
    )
    frame.write_parquet(path)
    facts = read_all(path)
    assert facts.frame.rows() == [
        (date(2025, 1, 3), 12_500, "5", "华东"),
        (date(2025, 1, 4), 25_000, "未归属", "华东"),
    ]
    assert only(refused_all(path, columns=("明细",)), "intake.column_type").subject == "明细"


def test_a_workbook_with_dates_and_numbers(tmp_path):
    path = tmp_path / "销售.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("2025")
        shown = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, header in enumerate(("签约日期", "金额(万元)", "客户编号", "大区")):
            sheet.write(0, at, header)
        sheet.write_datetime(1, 0, date(2025, 1, 3), shown)
        sheet.write_row(1, 1, [1.5, 7, "华东"])
        sheet.write_datetime(2, 0, date(2025, 1, 4), shown)
        sheet.write_row(2, 1, [-0.1, "007", "华东"])
    facts = read_all(path, columns=("大区", "客户编号"))
    assert facts.frame.rows() == [
        (date(2025, 1, 3), 150_000_000, "华东", "7"),
        (date(2025, 1, 4), -10_000_000, "华东", "007"),
    ]
    assert codes(facts.findings, "warning") == ["intake.members_alike"]
    assert facts.sources[0].sheet == "2025"


def test_what_is_wrong_in_a_column_nobody_uses_does_not_matter(tmp_path):
    text = ORDERS.replace("金额", "金额,备注").replace("100", "100,锟斤拷").replace('50"', '50",x')
    assert amounts(read(tmp_path, text)) == ["100", "1200.5"]
    assert codes(refusal(tmp_path, text, columns=("备注",))) == ["intake.mojibake"]


def test_a_frame_is_checked_as_a_file_is():
    frame = pl.DataFrame(
        {"日期": ["2025-01-03", "2025-02-30"], "金额": ["1.2万", "x"], "省": ["沪", None]}
    )
    with pytest.raises(DataRefused) as refused:
        facts_of_frame(frame, IntakeRequest(files=()))
    assert [(one.code, one.params.get("row")) for one in refused.value.findings][2:] == [
        ("intake.date_impossible", 2),
        ("amount.unreadable", 2),
        ("intake.amount_units_read", None),
        ("intake.members_blank", None),
    ]
    typed = pl.DataFrame({"日期": [date(2025, 1, 3)], "金额": [0.1], "省": ["沪"]})
    facts = facts_of_frame(typed, IntakeRequest(files=()))
    assert facts.frame.rows() == [(date(2025, 1, 3), 1_000, "沪")]


def test_an_empty_frame_is_refused():
    frame = pl.DataFrame(schema={"日期": pl.Date, "金额": pl.Int64})
    with pytest.raises(DataRefused) as refused:
        facts_of_frame(frame, IntakeRequest(files=()))
    assert codes(refused.value.findings) == ["intake.no_rows"]


CELL = st.one_of(
    st.sampled_from(
        (
            *("", "5", "-3.25", "￥7", "1.2万", "1e9", "NaN", "#REF!", "2025-01-03", "03/04/2025"),
            *("45658", "=1+1", "华东", " 华东", "x" * 200, "1.23457E+19", "0", "None", "12,5"),
            *("合计", "小计"),
        )
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8),
)


@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=12))
@settings(max_examples=examples(3_000), deadline=None)
def test_any_cells_give_whole_facts_or_findings(rows):
    frame = pl.DataFrame(
        [[cell or None for cell in row] for row in rows],
        schema=dict.fromkeys(("日期", "金额", "地区", "产品"), pl.String),
        orient="row",
    )
    try:
        facts = facts_of_frame(frame, IntakeRequest(files=(), subtotals="drop"))
    except DataRefused as refused:
        assert codes(refused.findings)  # noqa: PT017 - every refusal has an error
    else:
        assert facts.frame.null_count().sum_horizontal().item() == 0
        assert facts.frame.height <= len(rows)
        assert not codes(facts.findings)


@given(rows=st.permutations(range(6)))
@settings(max_examples=examples(200), deadline=None)
def test_the_order_of_rows_changes_no_fact(rows):
    frame = pl.DataFrame(
        {
            "日期": ["2025-01-01", "2025/2/1", "20250301", "45660", "2025年5月1日", "2025-06"],
            "金额": ["1", "2.5", "￥3", "1,000", "(4)", "5元"],
            "地区": ["华东", "华东 ", None, "华南", "NA", "华\u200b南"],
        }
    )
    whole = facts_of_frame(frame, IntakeRequest(files=())).frame
    mixed = facts_of_frame(frame[list(rows)], IntakeRequest(files=())).frame
    assert mixed.rows() == [whole.row(row) for row in rows]


@pytest.mark.shared_data
def test_the_crm_reports_its_orphans_and_an_alias_finds_them():
    deals = shared("maven_crm/sales_pipeline.csv")
    won = read_all(deals, where="deal_stage = Won", aliases={"GTXPro": "GTX Pro"})
    assert only(won.findings, "intake.alias_applied").params["count"] == 729
    everything = pl.read_csv(deals).with_columns(
        pl.col("close_value").fill_null(0), pl.col("close_date").fill_null("2018-01-01")
    )
    request = IntakeRequest(files=(), columns=("product", "account"), aliases={"GTXPro": "GTX Pro"})
    facts = facts_of_frame(everything, request)
    assert only(facts.findings, "intake.alias_applied").params["count"] == 1_480
    assert only(facts.findings, "intake.members_blank").params["count"] == 1_425


@pytest.mark.shared_data
def test_internet_and_reseller_sales_append_to_their_known_sum():
    folder = shared("adventureworks/dw/FactResellerSales.csv.gz").parent
    files = (folder / "FactResellerSales.csv.gz", folder / "FactInternetSales.csv.gz")
    facts = read_all(*files, columns=("SalesTerritoryKey",))
    cents = (facts.frame["amount"].sum() + 50) // 100
    assert cents == 8_045_059_698 + 2_935_867_722
    assert amounts(facts)[0] == "2024.994"
