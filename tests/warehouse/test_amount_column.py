"""Columns of amounts: exact to 1/10,000, every refused cell with its address."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.findings import Severity
from quotaloom.warehouse.intake.aliases import headline
from quotaloom.warehouse.intake.amount_column import (
    amount_findings,
    currencies,
    currency_findings,
    first_signs,
    plain_amount,
    read_amounts,
    total_size,
)
from quotaloom.warehouse.intake.amount_text import LARGEST
from tests.support.counts import examples
from tests.support.office import codes, column, only, place

HEAD = headline("金额")


def values(*texts, header="金额", **asked):
    return read_amounts(column(*texts), headline(header), **asked).values.to_list()


def findings(cells, header="金额"):
    head = headline(header)
    return amount_findings(read_amounts(cells, head), cells, place(cells, header), head)


def faults(*texts, header="金额"):
    return [
        (one.code, one.params.get("row"))
        for one in findings(column(*texts), header)
        if one.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,234.50", 12_345_000),
        ("1 234", 12_340_000),
        (" 12 ", 120_000),
        ("-3.1", -31_000),
        ("+7", 70_000),
        ("007", 70_000),
        (".5", 5_000),
    ],
)
def test_h45_a_plain_or_grouped_number_is_exact(text, value):
    assert values(text) == [value]


def test_h46_full_width_digits_are_read():
    assert values("１２３，４５６．７８") == [1_234_567_800]


@pytest.mark.parametrize("text", ["￥5", "¥5", "5元", "CNY 5", "RMB5", "人民币5元"])
def test_h47_signs_of_one_currency_are_read(text):
    assert values(text) == [50_000]


def test_h47_two_currencies_in_a_column_are_refused_with_their_counts():
    read = read_amounts(column("$5", "￥6", "7"), HEAD)
    counts = currencies(read, HEAD)
    assert counts == {"USD": 1, "CNY": 2}
    assert first_signs(read) == {"USD": 0, "CNY": 1}
    signs = {"USD": {"row": 2}, "CNY": {"row": 3}}
    [found] = currency_findings(counts, "金额", signs)
    assert (found.params["currencies"], found.params["row"]) == ("CNY 2, USD 1", 2)


def test_a_column_in_one_foreign_currency_is_told():
    read = read_amounts(column("$5", "US$6", "0"), HEAD)
    told = currency_findings(currencies(read, HEAD), "金额", {})
    assert [(one.code, one.params["currency"]) for one in told] == [
        ("intake.amount_currency", "USD")
    ]


def test_a_header_names_the_currency_of_its_bare_numbers():
    head = headline("Amount (USD)")
    assert currencies(read_amounts(column("5", "€6"), head), head) == {"USD": 1, "EUR": 1}


def test_h48_cells_may_write_their_own_unit_and_are_echoed():
    cells = column("100万", "1.5亿", "1.2w", "0")
    assert values(*cells) == [10**10, 15 * 10**11, 12 * 10**7, 0]
    told = only(findings(cells), "intake.amount_units_read")
    assert told.params["count"] == 3
    assert (told.params["example"], told.params["amount"]) == ("100万", "1,000,000")


@pytest.mark.parametrize("text", ["壹佰贰拾万元整", "5亿3000万", "一百"])
def test_h49_numerals_and_sums_of_units_are_refused(text):
    assert [row for _, row in faults("1", text)] == [3]


def test_h50_accounting_and_typographic_signs_are_negative():
    assert values("(1,000)", "−5", "－5", "-￥5", "（1.5）") == [
        -10_000_000,
        -50_000,
        -50_000,
        -50_000,
        -15_000,
    ]


def test_h50_a_dash_alone_is_no_amount():
    assert [row for _, row in faults("―", "5", "-")] == [2, 4]


@pytest.mark.parametrize("text", ["1_000", "1e5", "0x10", "٣", "12.", "5-", "1.2.3", "TRUE"])
def test_h51_what_only_a_program_reads_is_refused(text):
    assert [row for _, row in faults(text, "1")] == [2]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "1e999999", "9" * 500])
def test_h52_endless_numbers_are_refused(text):
    assert [row for _, row in faults("1", text)] == [3]


def test_h52_floats_that_are_no_number_are_refused():
    cells = pl.Series([1.5, float("nan"), float("inf")])
    assert [one.params["row"] for one in findings(cells) if one.severity is Severity.ERROR] == [
        3,
        4,
    ]


def test_h53_more_than_four_decimals_are_rounded_half_up_and_told():
    cells = column("0.30000000000000004", "99.999999999999", "-0.00005", "1.5")
    assert values(*cells) == [3_000, 1_000_000, -1, 15_000]
    told = only(findings(cells), "intake.amount_rounded")
    assert told.params["count"] == 3


def test_h60_errors_of_excel_are_refused():
    assert [row for _, row in faults("#REF!", "#DIV/0!", "1")] == [2, 3]


def test_h43_the_unit_of_the_header_is_applied_and_shown():
    cells = column("120", "1.5")
    assert values(*cells, header="金额(万元)") == [12 * 10**9, 15 * 10**7]
    told = only(findings(cells, "金额(万元)"), "intake.header_unit")
    assert (told.params["unit"], told.params["amount"]) == ("万元", "1,200,000")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("金额", ["100万", "3500元"]),
        ("金额", ["120", "1.2万"]),
        ("金额(万元)", ["120", "5000元"]),
        ("金额(万元)", ["120", "1亿"]),
    ],
)
def test_h44_two_units_in_one_column_are_refused(header, cells):
    assert [code for code, _ in faults(*cells, header=header)] == ["intake.two_units"]


def test_h44_the_unit_of_the_header_may_be_repeated_in_a_cell():
    assert faults("120", "130万", header="金额(万元)") == []
    assert values("120", "130万", header="金额(万元)") == [12 * 10**9, 13 * 10**9]


def test_h45_a_column_with_decimal_commas_is_asked_about_once():
    assert faults("1.234,56", "12,5", "1000") == [("intake.decimal_comma", 2)]


def test_h45_a_decimal_comma_that_was_announced_is_read():
    assert values("1.234,56", "12,5", "1.000", decimal_mark=",") == [
        12_345_600,
        125_000,
        10_000_000,
    ]


def test_a_blank_amount_is_refused_with_its_address():
    found = only(findings(column("1", None, "  ")[:2]), "intake.amount_blank")
    assert (found.params["file"], found.params["row"]) == ("销售.csv", 3)
    assert found.params["column"] == "C 金额"


def test_beyond_900_trillion_is_refused():
    assert faults("999999999999999", "900000000000000") == [("intake.amount_too_large", 2)]


def test_every_bad_cell_is_listed_up_to_1000_and_the_rest_counted():
    found = findings(column(*["x"] * 1_200))
    assert len(codes(found)) == 1_001
    assert only(found, "intake.more_cells").params["count"] == 200


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pl.Series([1, None, -3], dtype=pl.Int32), [10_000, None, -30_000]),
        (pl.Series(["1.25", "-0.01"]).cast(pl.Decimal(18, 2)), [12_500, -100]),
        (pl.Series(["1.23455", "0.5"]).cast(pl.Decimal(18, 5)), [12_346, 5_000]),
        (pl.Series([0.1, 2024.994, None]), [1_000, 20_249_940, None]),
        (pl.Series([1.00005]), [10_001]),
        (pl.Series([2**63], dtype=pl.UInt64), [None]),
    ],
)
def test_typed_columns_are_read_exactly(cells, expected):
    assert read_amounts(cells, HEAD).values.to_list() == expected


@given(st.lists(st.decimals(-(10**14), 10**14, places=6, allow_nan=False), min_size=1, max_size=20))
@settings(max_examples=examples(1_000), deadline=None)
def test_any_decimal_is_rounded_as_a_decimal_is(numbers):
    exact = [
        int((number * 10_000).to_integral_value(ROUND_HALF_UP)) for number in map(Decimal, numbers)
    ]
    assert values(*(f"{number:f}" for number in numbers)) == exact
    assert values(*(f"￥{number:,.6f}" for number in numbers)) == exact


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=20))
@settings(max_examples=examples(1_000), deadline=None)
def test_floats_are_read_by_the_decimal_that_names_them(numbers):
    floats = pl.Series([number / 100 for number in numbers], dtype=pl.Float64)
    assert read_amounts(floats, HEAD).values.to_list() == [number * 100 for number in numbers]


def test_sizes_beyond_64_bits_are_exact():
    assert total_size(pl.Series([LARGEST, -LARGEST, LARGEST])) == 3 * LARGEST


def test_amounts_are_shown_without_needless_zeros():
    assert [plain_amount(value) for value in (12_345_000, -5, 0)] == ["1,234.5", "-0.0005", "0"]
