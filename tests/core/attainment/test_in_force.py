"""Which quota counts on which day, and which credit falls to it."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.attainment.in_force import credited, in_force
from quotaloom.core.model.errors import DataRefused

JANUARY = date(2026, 1, 1)


def quotas(*rows):
    return pl.DataFrame(
        [(seat, start, end, amount) for seat, start, end, amount in rows],
        schema={"seat": pl.String, "start": pl.Date, "end": pl.Date, "quota": pl.Int64},
        orient="row",
    )


def day(number):
    return JANUARY + timedelta(number)


def test_a_quota_runs_until_the_next_one_of_its_member():
    found = in_force(
        quotas(("b", day(0), None, 1), ("a", day(90), None, 2), ("a", day(0), None, 3)), ["seat"]
    )
    assert found.rows() == [
        ("a", day(0), day(90), 3),
        ("a", day(90), None, 2),
        ("b", day(0), None, 1),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("a", day(0), day(10), 1), ("a", day(9), None, 1)], "attainment.quotas_overlap"),
        ([("a", day(0), None, 1), ("a", day(0), None, 1)], "attainment.quotas_overlap"),
        ([("a", day(5), day(4), 1)], "attainment.quota_backwards"),
    ],
)
def test_two_quotas_on_one_day_are_refused(rows, code):
    with pytest.raises(DataRefused) as refusal:
        in_force(quotas(*rows), ["seat"])
    assert [one.code for one in refusal.value.findings] == [code]
    assert refusal.value.findings[0].subject == "a"


def test_so_many_overlaps_are_counted_and_the_first_ones_named():
    with pytest.raises(DataRefused) as refusal:
        in_force(quotas(*[("a", day(0), None, 1)] * 100), ["seat"])
    assert len(refusal.value.findings) == 51
    assert refusal.value.findings[-1].params["count"] == 49


SPANS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 20), st.integers(0, 1000)),
    max_size=8,
    unique_by=lambda row: row[:2],
)
LINES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 30), st.integers(-50, 50)))


@given(SPANS, LINES)
def test_every_unit_of_credit_falls_to_the_last_quota_that_started(spans, lines):
    rows = in_force(quotas(*[(m, day(s), None, q) for m, s, q in spans]), ["seat"])
    credit = pl.DataFrame(
        [(m, day(d), a) for m, d, a in lines],
        schema={"seat": pl.String, "date": pl.Date, "credit": pl.Int64},
        orient="row",
    )
    found, outside = credited(credit, rows, ["seat"])
    wanted = {(m, day(s)): 0 for m, s, _ in spans}
    left = []
    for member, number, amount in lines:
        begun = [s for m, s, _ in spans if m == member and s <= number]
        if begun:
            wanted[member, day(max(begun))] += amount
        else:
            left.append((member, day(number), amount))
    assert dict(zip(found.select("seat", "start").rows(), found["credit"], strict=True)) == wanted
    assert outside.rows() == left


def test_credit_behind_the_end_of_a_quota_meets_none():
    rows = in_force(quotas(("a", day(0), day(10), 100)), ["seat"])
    credit = pl.DataFrame({"seat": ["a", "a"], "date": [day(9), day(10)], "credit": [1, 2]})
    found, outside = credited(credit, rows, ["seat"])
    assert found["credit"].to_list() == [1]
    assert outside["credit"].to_list() == [2]
