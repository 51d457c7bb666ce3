"""Amounts, shares and targets as people write them (H45–H52)."""

from __future__ import annotations

import re
from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotaloom.core.model.amounts import (
    UNITS,
    Amount,
    format_amount,
    parse_amount,
    parse_share,
    parse_target,
    read_amount,
)
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding
from tests.support.counts import examples

READ = """
    500000000 = 500000000          5亿 = 500000000            1.5亿 = 150000000
    1.2万 = 12000                  1.2w = 12000               1.2W = 12000
    350万元 = 3500000 CNY          350 万元 = 3500000 CNY     3百万 = 3000000
    2千万 = 20000000               100萬 = 1000000            1,234.50 = 1234.5
    5千 = 5000                     1.2万亿 = 1200000000000    1億 = 100000000
    １２３，４５６．７８ = 123456.78    ５亿 = 500000000       .5 = 0.5
    ￥1,234.50 = 1234.5 CNY        ¥100 = 100 CNY             100元 = 100 CNY
    CNY100 = 100 CNY               RMB 100 = 100 CNY          100RMB = 100 CNY
    cny 5亿 = 500000000 CNY        USD 1,000 = 1000 USD       $1,000.00 = 1000 USD
    100美元 = 100 USD              US$5 = 5 USD               HK$5 = 5 HKD
    ￥100元 = 100 CNY              100元整 = 100 CNY          人民币100元 = 100 CNY
    (1,000) = -1000                （1,000） = -1000          (1,000)元 = -1000 CNY
    (￥1,000.50) = -1000.5 CNY     ￥(5) = -5 CNY             (5万元) = -50000 CNY
    (5万)元 = -50000 CNY           -5 = -5                    −5 = -5
    －5 = -5                       ―5 = -5                    –5 = -5
    -￥5 = -5 CNY                  ￥-5 = -5 CNY              +7 = 7
    ＋7 = 7                        007 = 7                    -0 = 0
    1,234,567 = 1234567            0.01 = 0.01                109402644.29 = 109402644.29
    0.30000000000000004 = 0.30000000000000004                 1\u00a0234.50 = 1234.5
"""


def lines(text):
    """(written, amount, currency) of a table of ``written = amount currency``."""
    cells = [cell.strip() for cell in re.split(r"[ \n]{2,}", text) if cell.strip()]
    for cell in cells:
        written, said = cell.split(" = ")
        amount, _, currency = said.partition(" ")
        yield written, Fraction(amount), currency or None


@pytest.mark.parametrize(("text", "value", "currency"), list(lines(READ)))
def test_an_amount_is_read(text, value, currency):
    found = parse_amount(text)
    assert (found.value, found.currency) == (value, currency)


def test_the_unit_word_is_kept_for_the_echo():
    assert [parse_amount(text).unit for text in ("1.2w", "3百万", "5元")] == ["万", "百万", None]


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("amount.empty", ["", " ", "\u3000", "\u00a0"]),
        ("amount.only_dash", ["-", "—", "－", "--"]),
        ("amount.underscore", ["1_000", "_1", "￥1_000元"]),
        ("amount.exponent", ["1e5", "1E5", "1.23457E+19", "1e999999", "-1e-5", "1e5元", "１ｅ５"]),
        ("amount.hexadecimal", ["0x10", "0X1F", "0b1", "0o7", "-0x10"]),
        ("amount.foreign_digits", ["٣", "१२", "1٣", "²", "①"]),
        ("amount.not_a_number", ["NaN", "nan", "sNaN", "Infinity", "-inf", "∞", "+Infinity"]),
        ("amount.percent", ["12%", "１００％"]),
        ("amount.chinese_numerals", ["壹佰贰拾万元整", "五亿", "一百万", "百万", "两千", "亿元"]),
        ("amount.grouping", ["1,23", "1.234,56", "1,2345", "1234,567", "1,234,5", "1 23", "1.2.3"]),
        ("amount.two_currencies", ["￥5 USD", "USD 5元", "$5元"]),
        ("amount.too_long", ["1" * 65, "1" * 10**6, " " * 100]),
        (
            "amount.unreadable",
            [
                *("abc", "--5", "(5", "5)", "((5))", "(-5)", "-(5)", "+-5", "5-", "5.", "1,", ","),
                *("3亿5000万", "5亿5", "2027-01-05", "#REF!", "TRUE", "5斤", "万5", "元5万x"),
            ],
        ),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(code, texts):
    for text in texts:
        found = read_amount(text)
        assert isinstance(found, Finding), text
        assert (text, found.code) == (text, code)


@pytest.mark.parametrize("text", ["1e999999", "9" * 10**6, "1,111" * 12, "1 " * 32, "(" * 64])
def test_a_hostile_amount_is_refused_within_a_millisecond(text):
    spans = []
    for _ in range(20):
        start = perf_counter()
        found = read_amount(text)
        spans.append(perf_counter() - start)
    assert isinstance(found, Finding)
    assert min(spans) < 0.001


def test_a_long_text_is_cut_in_the_finding():
    assert len(str(read_amount("x" * 10**6).params["value"])) == 65


def test_a_file_may_write_decimal_commas():
    assert parse_amount("1.234,56", decimal_mark=",").value == Fraction(123456, 100)
    assert parse_amount("1 234,50", decimal_mark=",").value == Fraction(12345, 10)
    with pytest.raises(UsageRefused, match="grouping"):
        parse_amount("1,234.56", decimal_mark=",")


def test_a_refused_amount_raises_its_finding():
    with pytest.raises(UsageRefused, match=r"amount\.underscore"):
        parse_amount("1_000")


FULL = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@settings(max_examples=examples(5000))
@given(
    fen=st.integers(0, 10**17),
    unit=st.sampled_from(["", *UNITS]),
    grouped=st.booleans(),
    full=st.booleans(),
    frame=st.sampled_from(["{}", "-{}", "({})", "￥{}", "{}元", "CNY {} 元", "−￥{}", "({}元)"]),
)
def test_a_written_amount_is_read_back(fen, unit, grouped, full, frame):
    number = f"{fen // 100:{',' if grouped else ''}}.{fen % 100:02}"
    text = frame.format((number.translate(FULL) if full else number) + unit)
    sign = -1 if frame[0] in "-(−" else 1
    assert parse_amount(text).value == sign * Fraction(fen, 100) * UNITS.get(unit, 1)


def naive(text):
    """A slow second reading of an accepted text: digits times the unit, negative or not."""
    number = re.search(r"[\d,. ]*\d", text)[0]
    unit = re.search("[百千万亿W]*", text[text.index(number) + len(number) :].strip(" )"))[0]
    value = Fraction(re.sub("[, ]", "", number)) * UNITS.get(unit, 1)
    return -value if re.search("[-(]", text) else value


@settings(max_examples=examples(20000))
@given(text=st.text(alphabet="0123,. +-()¥元万亿千W%_Ex", max_size=9))
@example("1,000.5万元")
def test_any_text_is_read_as_a_second_reader_would_or_refused(text):
    found = read_amount(text)
    if isinstance(found, Amount):
        assert found.value == naive(text)


@given(text=st.text(max_size=80))
def test_any_text_at_all_is_an_amount_or_a_finding(text):
    assert isinstance(read_amount(text), Amount | Finding)


@pytest.mark.parametrize(
    ("text", "share"),
    [("35%", "7/20"), ("12.5 %", "1/8"), ("１００％", "1"), ("0%", "0"), ("33.33%", "3333/10000")],
)
def test_a_share_is_read(text, share):
    assert parse_share(text) == Fraction(share)


@pytest.mark.parametrize("text", ["35", "0.35", "+5%", "-5%", "%", "1,5%", "1e2%", "5%%", "9" * 99])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(UsageRefused, match=r"share\.unreadable"):
        parse_share(text)


@pytest.mark.parametrize(
    ("text", "kind", "value", "of_200"),
    [
        ("5亿", "absolute", "500000000", "500000000"),
        ("USD 40,000,000", "absolute", "40000000", "40000000"),
        ("+15%", "growth", "3/20", "230"),
        ("＋１５％", "growth", "3/20", "230"),
        ("-5%", "growth", "-1/20", "190"),
        ("−100%", "growth", "-1", "0"),
        ("1.2x", "multiple", "6/5", "240"),
        ("1.2倍", "multiple", "6/5", "240"),
        ("2X", "multiple", "2", "400"),
    ],
)
def test_a_target_is_read(text, kind, value, of_200):
    found = parse_target(text)
    assert (found.kind, found.value, found.amount(200)) == (kind, Fraction(value), Fraction(of_200))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15%", "target.percent_unsigned"),
        ("+5亿", "target.sign_unclear"),
        ("-5亿", "target.sign_unclear"),
        ("￥-5", "target.sign_unclear"),
        ("(5)", "target.sign_unclear"),
        ("-100.1%", "target.below_zero"),
        ("1_000", "amount.underscore"),
        ("1e9", "amount.exponent"),
        ("-1.2x", "amount.unreadable"),
        ("", "amount.empty"),
        ("9" * 65, "amount.too_long"),
    ],
)
def test_a_target_that_can_mean_two_things_is_refused(text, code):
    with pytest.raises(UsageRefused) as caught:
        parse_target(text)
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize(
    ("minor", "lang", "unit", "text"),
    [
        (50_000_000_000, "zh", "元", "500,000,000元"),
        (10_940_264_429, "zh", "元", "109,402,644.29元"),
        (10_940_264_429, "zh", "万元", "10,940.26万元"),
        (10_940_264_429, "zh", "亿元", "1.09亿元"),
        (10_940_264_429, "en", "元", "CNY 109,402,644.29"),
        (10_940_264_429, "en", "万元", "CNY 10,940.26 ×10k"),
        (-1_234_50, "zh", "元", "-1,234.50元"),
        (5_000, "zh", "万元", "0.01万元"),
        (4_999, "zh", "万元", "0万元"),
        (-4_999, "zh", "万元", "0万元"),
        (0, "en", "元", "CNY 0"),
    ],
)
def test_an_amount_is_written_for_people(minor, lang, unit, text):
    assert format_amount(minor, lang, unit) == text


@given(minor=st.integers(-(10**18), 10**18))
def test_what_is_written_in_yuan_is_read_back(minor):
    assert parse_amount(format_amount(minor, "zh")).value == Fraction(minor, 100)
