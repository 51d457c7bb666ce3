"""Whose a fact is: the vectorised rules against a slow reading of the same words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.attainment.credit import credited_members
from quotaloom.core.attainment.credit_rule import WHOLE, checked_rules
from quotaloom.core.model.errors import DataRefused
from tests.support.counts import examples

START = date(2026, 1, 1)
CONDITIONS = ("customer", "product")
RULES = {
    "rule": pl.String,
    "customer": pl.String,
    "product": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "member": pl.String,
    "share": pl.Int64,
    "kind": pl.String,
}
FACTS = {
    "customer": pl.String,
    "product": pl.String,
    "date": pl.Date,
    "origin": pl.Date,
    "amount": pl.Int64,
    "own": pl.String,
}


def day(number):
    return None if number is None else START + timedelta(number)


def rules(*rows):
    told = [
        (n, c, p, day(a), day(b), m, share * WHOLE // 100, k) for n, c, p, a, b, m, share, k in rows
    ]
    return pl.DataFrame(told, schema=RULES, orient="row")


def facts(*rows):
    told = [(c, p, day(at), day(begun), amount, "own") for c, p, at, begun, amount in rows]
    return pl.DataFrame(told, schema=FACTS, orient="row")


def credits_of(found, *wishes, hold_over=0):
    table = credited_members(
        found, checked_rules(rules(*wishes), CONDITIONS), CONDITIONS, hold_over=hold_over
    )
    return [(row["member"], row["credit"], row["kind"]) for row in table.iter_rows(named=True)]


def test_a_deal_of_two_with_an_overlay_is_credited_120_per_cent():  # C50
    deal = facts(("甲", "平台", 0, None, 1000))
    found = credits_of(
        deal,
        ("客户", "甲", None, None, None, "A", 50, "split"),
        ("客户", "甲", None, None, None, "B", 50, "split"),
        ("专家", None, "平台", None, None, "A", 20, "overlay"),
    )
    assert found == [("A", 200, "overlay"), ("A", 500, "split"), ("B", 500, "split")]


def test_half_of_an_order_is_half_of_it():  # W31
    found = credits_of(
        facts(("甲", "x", 0, None, 5), ("乙", "x", 0, None, 10)),
        ("甲", "甲", None, None, None, "A", 100, "split"),
        ("乙", "乙", None, None, None, "A", 50, "split"),
        ("乙", "乙", None, None, None, "B", 50, "split"),
    )
    assert sum(credit for member, credit, _ in found if member == "A") == 10


def test_the_rule_with_more_conditions_counts_and_without_any_the_own_seat_keeps_it():
    found = credits_of(
        facts(
            ("甲", "平台", 0, None, 10), ("甲", "硬件", 0, None, 20), ("乙", "硬件", 0, None, 30)
        ),
        ("客户", "甲", None, None, None, "A", 100, "split"),
        ("客户产品", "甲", "平台", None, None, "B", 100, "split"),
    )
    assert found == [("B", 10, "split"), ("A", 20, "split"), ("own", 30, "own")]


def test_a_move_in_mid_period_counts_from_its_day_on():
    moved = (
        ("前", "甲", None, None, 40, "A", 100, "split"),
        ("后", "甲", None, 40, None, "B", 100, "split"),
    )
    found = facts(("甲", "x", 39, None, 1), ("甲", "x", 40, None, 2))
    assert credits_of(found, *moved) == [("A", 1, "split"), ("B", 2, "split")]


def test_what_was_begun_before_a_move_is_held_over_for_some_days():
    moved = (
        ("前", "甲", None, None, 40, "A", 100, "split"),
        ("后", "甲", None, 40, None, "B", 100, "split"),
    )
    found = facts(
        ("甲", "x", 69, 10, 1),  # begun before, within 30 days
        ("甲", "x", 70, 10, 2),  # the thirtieth day after is too late
        ("甲", "x", 50, 45, 3),  # begun after the move
        ("甲", "x", 50, None, 4),  # nobody knows when
    )
    told = credits_of(found, *moved, hold_over=30)
    assert [(member, credit) for member, credit, _ in told] == [
        ("A", 1),
        ("B", 2),
        ("B", 3),
        ("B", 4),
    ]


def test_a_refund_is_credited_exactly_as_the_sale_was():
    split = [("客户", "甲", None, None, None, member, 50, "split") for member in "AB"]
    beside = ("专家", "甲", None, None, None, "C", 25, "overlay")
    sale, refund = facts(("甲", "x", 0, None, 1001)), facts(("甲", "x", 0, None, -1001))
    sold, back = credits_of(sale, *split, beside), credits_of(refund, *split, beside)
    assert sorted((m, -credit, k) for m, credit, k in back) == sorted(sold)


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ([("r", "甲", None, None, None, "A", 60, "split")], "credit.shares_not_whole"),
        ([("r", "甲", None, 9, 9, "A", 100, "split")], "credit.rule_backwards"),
        ([("r", "甲", None, None, None, "A", 0, "overlay")], "credit.share_not_positive"),
        ([("r", "甲", None, None, None, "A", 50, "split")] * 2, "credit.member_twice"),
        (
            [
                ("r", "甲", None, None, 10, "A", 100, "split"),
                ("s", "甲", None, 9, None, "B", 100, "split"),
            ],
            "credit.rules_overlap",
        ),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(wishes, code):
    with pytest.raises(DataRefused) as refusal:
        checked_rules(rules(*wishes), CONDITIONS)
    assert [one.code for one in refusal.value.findings] == [code]


def test_two_rules_that_fit_alike_are_named_not_chosen_between():
    with pytest.raises(DataRefused) as refusal:
        credits_of(
            facts(("甲", "平台", 0, None, 10)),
            ("客户", "甲", None, None, None, "A", 100, "split"),
            ("产品", None, "平台", None, None, "B", 100, "split"),
        )
    assert refusal.value.findings[0].code == "credit.two_rules"
    assert refusal.value.findings[0].subject == "产品 / 客户"


# A slow reading: fact by fact, with fractions.


def fitting(rows, fact, at):
    return [
        row
        for row in rows
        if at is not None
        and all(row[name] in (None, fact[name]) for name in CONDITIONS)
        and (row["start"] is None or row["start"] <= at)
        and (row["end"] is None or at < row["end"])
    ]


def best(rows, fact, at):
    depth = {id(row): sum(row[name] is not None for name in CONDITIONS) for row in rows}
    met = [row for row in fitting(rows, fact, at) if row["kind"] == "split"]
    most = max((depth[id(row)] for row in met), default=0)
    return [row for row in met if depth[id(row)] == most]


def slow(table, fact, hold_over):
    rows = table.to_dicts()
    chosen = best(rows, fact, fact["date"])
    since = chosen[0]["start"] if chosen else None
    origin = fact["origin"]
    if since and origin and origin < since and fact["date"] < since + timedelta(hold_over):
        chosen = best(rows, fact, origin) or chosen
    exact = {row["member"]: Fraction(fact["amount"] * row["share"], WHOLE) for row in chosen}
    size = {name: abs(part) for name, part in exact.items()}
    given = {name: part.__floor__() for name, part in size.items()}
    left = abs(fact["amount"]) - sum(given.values()) if exact else 0
    shares = {row["member"]: row["share"] for row in chosen}
    up = sorted(size, key=lambda name: (given[name] - size[name], -shares[name], name))[:left]
    sign = -1 if fact["amount"] < 0 else 1
    found = [(name, sign * (given[name] + (name in up)), "split") for name in size]
    found = found or [(fact["own"], fact["amount"], "own")]
    for row in fitting(rows, fact, fact["date"]):
        if row["kind"] == "overlay":
            part = abs(Fraction(fact["amount"] * row["share"], WHOLE))
            found.append((row["member"], sign * (part + Fraction(1, 2)).__floor__(), "overlay"))
    return found


@st.composite
def books(draw):
    """Rules whose versions never fit alike: by customer, by both, for all; and overlays."""
    rows = []
    for customer, product in ((None, None), ("甲", None), ("甲", "x")):
        edges = sorted(draw(st.sets(st.integers(0, 90), max_size=3)))
        for start, end in zip([None, *edges], [*edges, None], strict=True):
            count = draw(st.integers(0, 3))
            shares = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
            whole = [WHOLE * one // sum(shares) for one in shares]
            whole[:1] = [one + WHOLE - sum(whole) for one in whole[:1]]
            span = ("r", customer, product, day(start), day(end))
            rows += [(*span, "ABC"[n], part, "split") for n, part in enumerate(whole)]
    for _ in range(draw(st.integers(0, 2))):
        share = draw(st.integers(1, WHOLE))
        rows.append(
            ("o", draw(st.sampled_from([None, "甲"])), None, day(20), None, "D", share, "overlay")
        )
    return pl.DataFrame(rows, schema=RULES, orient="row")


sold = st.tuples(
    st.sampled_from(["甲", "乙"]),
    st.sampled_from(["x", "y"]),
    st.integers(0, 100),
    st.none() | st.integers(0, 100),
    st.integers(-(10**15), 10**15),
)


@settings(max_examples=examples(300), deadline=None)
@given(table=books(), lines=st.lists(sold, max_size=8), hold_over=st.sampled_from([0, 30]))
def test_it_credits_as_the_slow_reading_does_and_every_fact_exactly_once(table, lines, hold_over):
    found = facts(*lines)
    table = checked_rules(table, CONDITIONS)
    credit = credited_members(found, table, CONDITIONS, hold_over=hold_over)
    for number, fact in enumerate(found.iter_rows(named=True)):
        own = credit.filter(pl.col("fact") == number).select("member", "credit", "kind").rows()
        assert sorted(own) == sorted(slow(table, fact, hold_over))
    counted = credit.filter(pl.col("kind") != "overlay")
    assert counted["credit"].sum() == found["amount"].sum()
