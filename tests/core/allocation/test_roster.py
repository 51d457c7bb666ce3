"""Who is there next year: leavers, successors, new members and their ramp."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.allocation.roster import Change, Weights, apply_roster
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.periods import FiscalCalendar

QUARTERS = FiscalCalendar().periods(2027, "quarter")
MONTHS = FiscalCalendar().periods(2027, "month")
PERSON, PRODUCT = 0, 1


def weights(table, periods=QUARTERS):
    """Weights from lines of ``person product`` and a weight for each quarter (or one for all)."""
    cells, last_year = {}, {}
    for line in table.strip().splitlines():
        person, product, *values = line.split()
        row = [Fraction(value) for value in values]
        cells[person, product] = row * len(periods) if len(row) == 1 else row
        last_year[person, product] = int(sum(cells[person, product])) * 10
    return Weights(cells, last_year)


def changed(table, *changes, periods=QUARTERS):
    made = weights(table, periods)
    findings = apply_roster(made, changes, periods)
    return made, findings


def rows(made):
    return {key: [float(cell) for cell in row] for key, row in made.cells.items()}


def leaves(member, day=None, column=PERSON):
    return Change(column, member, "leave", start=day)


def succeeded(member, successor, day=None, column=PERSON):
    return Change(column, member, "succeed", successor=successor, start=day)


def opens(member, like=None, day=None, ramp=(1,), **given):
    return Change(
        PERSON, member, "open", like=like, start=day, ramp=tuple(map(Fraction, ramp)), **given
    )


TABLE = """
    甲  云  100
    甲  屏  40
    乙  云  60
"""
JULY = date(2027, 7, 1)


def test_who_leaves_at_once_leaves_nothing():
    made, findings = changed(TABLE, leaves("甲"))
    assert rows(made) == {
        ("甲", "云"): [0] * 4,
        ("甲", "屏"): [0] * 4,
        ("乙", "云"): [60] * 4,
    }
    assert made.last_year == {("甲", "云"): 0, ("甲", "屏"): 0, ("乙", "云"): 2400}
    assert made.gone == {("甲", "云"): 4000, ("甲", "屏"): 1600}
    assert [(f.code, f.subject, f.params["tuples"]) for f in findings] == [("roster.left", "甲", 2)]


def test_who_leaves_in_the_year_keeps_the_days_before():
    made, _ = changed(TABLE, leaves("甲", date(2027, 8, 16)))
    stays = 46 / 92  # of the third quarter
    assert rows(made)["甲", "云"] == [100, 100, 100 * stays, 0]
    assert made.last_year["甲", "云"] == 2500
    assert made.gone["甲", "云"] == 1500


def test_the_day_of_leaving_may_be_given_as_the_end():
    one, _ = changed(TABLE, leaves("甲", JULY))
    other, _ = changed(TABLE, Change(PERSON, "甲", "leave", end=JULY))
    assert one == other


def test_a_successor_takes_over_what_comes_after():
    made, findings = changed(TABLE, succeeded("甲", "丙", JULY))
    assert rows(made)["丙", "云"] == [0, 0, 100, 100]
    assert rows(made)["丙", "屏"] == [0, 0, 40, 40]
    assert made.last_year["丙", "云"] == made.last_year["甲", "云"] == 2000
    assert made.gone == {}
    assert findings[0].params == {"tuples": 2, "successor": "丙"}


def test_a_successor_keeps_what_was_his_own():
    made, _ = changed(TABLE, succeeded("甲", "乙", JULY))
    assert rows(made)["乙", "云"] == [60, 60, 160, 160]
    assert made.last_year["乙", "云"] == 4400


def test_a_product_is_discontinued_like_a_person_leaves():
    made, _ = changed(TABLE, leaves("屏", column=PRODUCT))
    assert rows(made)["甲", "屏"] == [0] * 4
    assert rows(made)["甲", "云"] == [100] * 4


def test_two_dimensions_change_on_one_day():
    made, _ = changed(TABLE, succeeded("甲", "丙"), succeeded("屏", "板", column=PRODUCT))
    assert rows(made)["丙", "板"] == [40] * 4
    assert not any(rows(made)["丙", "屏"])
    assert not any(rows(made)["甲", "屏"])


def test_two_may_swap():
    made, _ = changed(TABLE, succeeded("甲", "乙"), succeeded("乙", "甲"))
    assert rows(made)["乙", "云"] == [100] * 4
    assert rows(made)["甲", "云"] == [60] * 4
    assert made.last_year == {
        ("甲", "云"): 2400,
        ("甲", "屏"): 0,
        ("乙", "云"): 4000,
        ("乙", "屏"): 1600,
    }


def test_successions_follow_their_dates():
    first, second = date(2027, 4, 1), date(2027, 10, 1)
    made, _ = changed("甲 云 100", succeeded("甲", "丙", first), succeeded("丙", "乙", second))
    assert rows(made) == {
        ("甲", "云"): [100, 0, 0, 0],
        ("丙", "云"): [0, 100, 100, 0],
        ("乙", "云"): [0, 0, 0, 100],
    }


def test_who_comes_back_after_leaving_stays():
    made, _ = changed(TABLE, leaves("甲", date(2027, 4, 1)), opens("甲", "乙", date(2027, 10, 1)))
    assert rows(made)["甲", "云"] == [100, 0, 0, 60]


def test_a_new_member_is_like_another_one_and_ramps_up():
    # from March, a fifth more each month
    ramp = ("0.2", "0.4", "0.6", "0.8", "1")
    made, findings = changed("甲 云 100", opens("丁", "甲", date(2027, 3, 1), ramp), periods=MONTHS)
    assert rows(made)["丁", "云"] == [0, 0, 20, 40, 60, 80, 100, 100, 100, 100, 100, 100]
    assert made.last_year["丁", "云"] == 0
    assert findings[0].params == {"tuples": 1, "like": "甲"}


def test_a_ramp_counts_from_the_day_of_the_start():
    made, _ = changed("甲 云 31", opens("丁", "甲", date(2027, 1, 16), (0, 1)), periods=MONTHS)
    # full from 16 February: 13 of 28 days
    assert rows(made)["丁", "云"][:3] == [0, pytest.approx(31 * 13 / 28), 31]


def test_a_ramp_that_began_before_the_year_goes_on():
    made, _ = changed(
        "甲 云 100", opens("丁", "甲", date(2026, 12, 1), ("0.5", "0.75", 1)), periods=MONTHS
    )
    assert rows(made)["丁", "云"][:3] == [75, 100, 100]


def test_an_end_closes_what_was_opened():
    made, _ = changed("甲 云 100", opens("丁", "甲", end=JULY))
    assert rows(made)["丁", "云"] == [100, 100, 0, 0]


def test_without_a_pattern_the_median_member_is_copied():
    table = "甲 云 100\n乙 云 60\n丙 云 10\n丙 屏 1"
    made, _ = changed(table, opens("丁"))
    assert rows(made)["丁", "云"] == [60] * 4
    assert ("丁", "屏") not in made.cells


def test_a_new_member_copies_what_was_before_any_change():
    made, _ = changed(TABLE, leaves("甲"), opens("丁", "甲", JULY))
    assert rows(made)["丁", "云"] == [0, 0, 100, 100]


def test_what_lies_below_a_new_region_is_not_known_yet():  # F22: an analog region × a ramp
    table = "华东 上海 100\n华东 江苏 60\n西北 陕西 5"
    made, _ = changed(table, opens("华南", "华东", ramp=("0.3",), below=(1,)))
    assert rows(made)["华南", UNASSIGNED] == [48] * 4


def test_who_has_no_history_is_told():
    made, findings = changed(TABLE, leaves("戊"), opens("己", "戊"))
    assert made == weights(TABLE)
    assert [f.code for f in findings] == ["roster.without_history"] * 2


@pytest.mark.parametrize(
    "changes",
    [
        (leaves("甲", JULY), succeeded("甲", "乙", JULY)),
        (succeeded("甲", "丙"), succeeded("甲", "乙")),
        (opens("丁", "甲"), opens("丁", "乙")),
    ],
)
def test_two_lines_for_one_day_are_refused(changes):  # two rows valid on one day
    with pytest.raises(DataRefused) as refusal:
        changed(TABLE, *changes)
    assert [(f.code, f.subject) for f in refusal.value.findings] == [
        ("roster.twice", changes[0].member)
    ]


def test_nobody_s_last_year_goes_below_zero_when_all_leave():
    made, _ = changed(TABLE, leaves("甲", date(2027, 2, 1)), leaves("甲", date(2027, 5, 1)))
    assert min(made.last_year.values()) >= 0


MEMBERS = ["甲", "乙", "丙", "丁"]
DAYS = [date(2026, 5, 1), date(2027, 1, 1), date(2027, 3, 17), date(2027, 12, 31), None]
CHANGES = st.builds(
    Change,
    st.just(PERSON),
    st.sampled_from(MEMBERS),
    st.sampled_from(["leave", "succeed", "open"]),
    successor=st.sampled_from(MEMBERS),
    like=st.sampled_from([*MEMBERS, None]),
    start=st.sampled_from(DAYS),
)


@given(
    changes=st.lists(
        CHANGES, max_size=6, unique_by=lambda c: (c.day, c.action == "open", c.member)
    ),
    seed=st.integers(0, 99),
)
def test_the_order_of_lines_does_not_matter_and_nothing_is_lost(changes, seed):
    made, findings = changed(TABLE, *changes)
    mixed = Random(seed).sample(changes, len(changes))
    other, said = changed(TABLE, *mixed)
    assert (made.cells, made.last_year, made.gone) == (other.cells, other.last_year, other.gone)
    assert sorted(map(str, findings)) == sorted(map(str, said))
    assert min(min(row) for row in made.cells.values()) >= 0
    whole = sum(weights(TABLE).last_year.values())
    assert sum(made.last_year.values()) + sum(made.gone.values()) == whole


@given(changes=st.lists(CHANGES, max_size=4, unique_by=lambda c: (c.day, c.member)))
def test_a_succession_moves_weights_and_makes_none(changes):
    passing = [replace(c, action="succeed") for c in changes]
    made, _ = changed(TABLE, *passing)
    for place in range(4):
        assert sum(row[place] for row in made.cells.values()) == 200
