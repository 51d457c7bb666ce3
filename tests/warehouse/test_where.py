"""Filters: a small language that keeps rows, and can do nothing else."""

from __future__ import annotations

import random
import string

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts
from quotaloom.warehouse.intake.frame_facts import facts_of_frame
from quotaloom.warehouse.intake.where_grammar import columns_of, parse_where
from tests.support.counts import examples
from tests.support.office import codes, only, read, refusal
from tests.support.shared import shared

DEALS = """
    单号,阶段,产品,日期,金额,数量
    1,Won,GTX Pro,2025-01-31,100,5
    2,Won,GTXPro,2025-02-01,200,5.0
    3,Lost,MG,2025-02-28,300,10
    4,,mg,2025-03-01,400,
    5,"O'Neil, and",NA,2025-12-31,"1,500",20
"""


@pytest.fixture
def kept(tmp_path):
    def numbers(where, **asked):
        facts = read(tmp_path, DEALS, where=where, columns=("单号",), **asked)
        return "".join(facts.frame["单号"])

    return numbers


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        ("阶段 = Won", "12"),
        ("阶段=Won", "12"),
        ("阶段 == 'Won'", "12"),
        ("阶段 != Won", "345"),
        ("阶段 <> Won", "345"),
        ("not 阶段 = Won", "345"),
        ("阶段 is blank", "4"),
        ("阶段 is not blank", "1235"),
        ("阶段 为空", "4"),
        ("阶段 不为空", "1235"),
        ("阶段 in (Won, Lost)", "123"),
        ("阶段 not in (Won, Lost)", "45"),
        ("阶段 属于 （Won，Lost）", "123"),
        ("产品 = GTX Pro", "1"),
        ('产品 = "GTX Pro"', "1"),
        ("产品 = 「GTX Pro」 或 产品 = NA", "15"),
        ("产品 like 'GTX*'", "12"),
        ("产品 like G?X*Pro", "12"),
        ("产品 not like *G*", "45"),
        ("产品 like '.*'", ""),
        ("阶段 = 'O''Neil, and'", "5"),
        ("金额 > 200", "345"),
        ("金额 >= 200", "2345"),
        ("金额 < 200.5", "12"),
        ("金额 <= 1e5", None),
        ("金额 = 1500", "5"),
        ("金额 > 0.1万", "5"),
        ("数量 = 5", "12"),
        ("数量 = '5'", "1"),
        ("数量 > 5", "35"),
        ("数量 != 5", "345"),
        ("not 数量 > 5", "124"),
        ("日期 >= 2025-02-01", "2345"),
        ("日期 = 2025-02", "23"),
        ("日期 > 2025-02", "45"),
        ("日期 <= 2025-02", "123"),
        ("日期 < 2025年2月1日", "1"),
        ("日期 = 2025/2/1", "2"),
        ("日期 >= 2025", "12345"),
        ("日期 < 2025Q2", "1234"),
        ("阶段 = Won and 金额 > 100 or 产品 = NA", "25"),
        ("阶段 = Won and (金额 > 100 or 产品 = NA)", "2"),
        ("阶段 = Won 且 非 金额 大于 100", "1"),
        ("facts.阶段 = Won", "12"),
        ("阶段=Won AND NOT 产品=GTXPro", "1"),
    ],
)
def test_what_a_filter_keeps(kept, where, numbers):
    if numbers in (None, ""):
        with pytest.raises(QuotaLoomError):
            kept(where)
    else:
        assert kept(where) == numbers


def test_a_member_is_found_by_its_alias_too(kept):
    assert kept("产品 = GTX Pro", aliases={"GTXPro": "GTX Pro"}) == "12"
    assert kept("产品 = GTXPro", aliases={"GTXPro": "GTX Pro"}) == "2"


def test_how_many_rows_are_kept_is_told(tmp_path):
    told = only(read(tmp_path, DEALS, where="阶段 = Won").findings, "where.kept")
    assert (told.params["kept"], told.params["count"]) == (2, 5)


def test_a_filter_goes_before_every_check(tmp_path):
    text = "阶段,日期,金额\nWon,2025-01-01,5\nOpen,,\nLost,never,#REF!"
    assert read(tmp_path, text, where="阶段 = Won").frame.height == 1
    assert len(codes(refusal(tmp_path, text))) == 4


def test_nothing_kept_is_refused(tmp_path):
    assert codes(refusal(tmp_path, DEALS, where="阶段 = Nobody")) == ["intake.no_facts"]


def test_an_unknown_column_is_refused_with_the_nearest(tmp_path):
    found = only(refusal(tmp_path, DEALS, where="阶断 = Won"), "intake.column_missing")
    assert found.params["nearest"].startswith("阶段")


def test_a_cell_that_cannot_be_compared_is_refused_with_its_address(tmp_path):
    found = only(refusal(tmp_path, DEALS, where="产品 > 5"), "where.not_comparable")
    assert (found.params["row"], found.params["value"]) == (2, "GTX Pro")
    assert found.params["count"] == 5
    found = only(refusal(tmp_path, DEALS, where="金额 > abc"), "where.value_not_comparable")
    assert found.params["literal"] == "abc"


@pytest.mark.parametrize(
    ("where", "position"),
    [
        ("", None),
        ("阶段", 3),
        ("阶段 =", 5),
        ("= Won", 1),
        ("阶段 = Won and", 13),
        ("(阶段 = Won", 10),
        ("阶段 = Won)", 9),
        ("阶段 in ()", 8),
        ("阶段 in (Won", 11),
        ("阶段 is Won", 7),
        ("阶段 = 'Won", 6),
        ("阶段 = a = b", 8),
        ("阶段 ! Won", 4),
    ],
)
def test_a_wrong_filter_says_where_it_stops_making_sense(where, position):
    with pytest.raises(UsageRefused) as refused:
        parse_where(where)
    found = only(refused.value.findings, "where.unreadable")
    assert position is None or found.params["position"] == position


def test_brackets_are_bounded():
    deep = "(" * 40 + "a = 1" + ")" * 40
    assert columns_of(parse_where(deep)) == ("a",)
    for hostile in (f"({deep})", "not " * 41 + "a = 1", "(" * 3_000):
        with pytest.raises(UsageRefused) as refused:
            parse_where(hostile)
        assert codes(refused.value.findings) == ["where.too_deep"]


def test_length_is_bounded():
    with pytest.raises(UsageRefused) as refused:
        parse_where("a = " + "1" * 4_000)
    assert codes(refused.value.findings) == ["where.too_long"]


LEAD_INS = (
    "__import__('os').system('id')", "1; drop table facts", "' or 1=1 --", "a = 1 union select 1",
    "{{7*7}}", "${7*7}", "%s%s%s%n", "../../etc/passwd", "lambda: 1", "阶段 = Won; import os",
    "9**9**9", "1e999999 = 1", "金额 > 9**9**9", "金额 > 1e999999", "金额 = " + "9" * 3_000,
    "产品 like '" + "*a" * 1_900 + "'", "产品 like '" + "?" * 3_900 + "'",
    "产品 like '((((((a+)+)+)+)+'", "产品 in (" + ",".join("abcdefgh"[i % 8] for i in range(1_900)),
    " or ".join(["阶段=a"] * 600), " and ".join(["not 阶段=a"] * 300), "\x00", "\ud800",
    "阶段 = \u202e", "阶段 = '" + "'" * 2_001, "阶段 = '" + '"' * 2_000, "((((", "not" * 1_000,
    "金额 > NaN", "日期 > 9999-99-99", "日期 > 0000-00-00", "日期 < ٣", "金额 < -" + "9" * 60,
    "阶段.__class__ = 1",
)  # fmt: skip
WORDS = (
    *("阶段", "金额", "日期", "=", "!=", "<", ">", "(", ")", ",", "in", "like", "is", "blank"),
    *("and", "or", "not", "Won", "5", "2025-01", "'", '"', "*", "\\", "\n", "；", "9" * 18),
)


def hostile(number):
    """The number-th of the hostile texts: known attacks first, then seeded noise of tokens."""
    if number < len(LEAD_INS):
        return LEAD_INS[number]
    dice = random.Random(number)
    count = dice.randint(1, 60)
    noise = [dice.choice([*WORDS, dice.choice(string.printable)]) for _ in range(count)]
    return dice.choice(["", " "]).join(noise)


def test_500_hostile_filters_are_refused_or_harmless():
    deals = pl.DataFrame({
        "阶段": ["Won", None, "Lost"], "产品": ["a" * 2_000, "b", "c"],
        "日期": ["2025-01-01"] * 3, "金额": ["1", "2", "3"],
    })  # fmt: skip
    for number in range(500):
        request = IntakeRequest(files=(), columns=("产品",), where=hostile(number))
        try:
            facts = facts_of_frame(deals, request)
        except QuotaLoomError as refused:
            assert refused.findings  # noqa: PT017 - a refusal without findings would be silent
        else:
            assert set(facts.frame["amount"]) <= {10_000, 20_000, 30_000}


@given(st.text(max_size=60))
@settings(max_examples=examples(3_000), deadline=None)
def test_any_text_is_a_test_or_a_refusal(text):
    try:
        assert columns_of(parse_where(text))
    except UsageRefused as refused:
        assert refused.findings  # noqa: PT017 - as above


STAGES = st.sampled_from(["Won", "Lost", None])
TESTS = st.recursive(
    st.sampled_from(["s = Won", "s != Won", "s is blank", "n > 2", "n <= 2", "s in (Won, Lost)"]),
    lambda inner: st.one_of(
        inner.map(lambda test: f"not ({test})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) and ({two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})"),
    ),
    max_leaves=8,
)


@given(test=TESTS, rows=st.lists(st.tuples(STAGES, st.integers(0, 4)), min_size=1, max_size=12))
@settings(max_examples=examples(1_000), deadline=None)
def test_a_filter_and_its_opposite_share_all_rows(test, rows):
    deals = pl.DataFrame(
        {"日期": "2025-01-01", "金额": "1", "id": [str(at) for at in range(len(rows))]}
        | {"s": [s for s, _ in rows], "n": [str(n) for _, n in rows]},
        schema_overrides={"s": pl.String},
    )

    def ids(where):
        try:
            request = IntakeRequest(files=(), columns=("id",), where=where)
            return set(facts_of_frame(deals, request).frame["id"])
        except QuotaLoomError as refused:
            assert codes(refused.findings) == ["intake.no_facts"]  # noqa: PT017 - kept nothing
            return set()

    assert ids(test) | ids(f"not ({test})") == set(deals["id"])
    assert not ids(test) & ids(f"not ({test})")


@pytest.mark.shared_data
def test_won_deals_of_the_crm_add_up_while_open_ones_are_blank():
    deals = shared("maven_crm/sales_pipeline.csv")
    won = read_facts(IntakeRequest(files=(deals,), where="deal_stage = Won"))
    assert (won.frame.height, won.frame["amount"].sum()) == (4_238, 10_005_534 * 10_000)
    march = read_facts(
        IntakeRequest(files=(deals,), where="deal_stage = Won and close_date = 2017-03")
    )
    assert march.frame["amount"].sum() == 1_134_672 * 10_000


@pytest.mark.shared_data
def test_gdp_of_one_year_is_a_basis():
    provinces = shared("china_regions/gdp_province_1992_2020.csv")
    facts = read_facts(
        IntakeRequest(
            files=(provinces,),
            columns=("province_name",),
            amount="gdp_100m_cny",
            dated=False,
            where="year = 2020",
        )
    )
    assert (facts.frame.height, facts.frame["amount"].sum()) == (31, 10_124_152_000)
