"""The head of a plan file as text and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.allocation.journal.axis import ALWAYS, PARTS, Axis, Member
from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.measures.kind import MeasureKind, Side
from quotaloom.core.model.periods import Alignment, FiscalCalendar, Kind, Pattern
from quotaloom.planfile.definition import Definition, read_definition, write_definition
from tests.planfile.edits import days, digests, maybe, names
from tests.support.counts import examples

DIGEST = "ab" * 32
TEXT = f"""plan 华东 2027
  grammar: 1
  currency: CNY
  year: 2027
  periods: month
  elapsed: 2
  layers: 下达, 上报
  references: last_year
  figures: {DIGEST}

calendar
  start_month: 4
  pattern: 4-4-5

measure booked
  unit: 10000

measure heads
  unit: 1
  money: no
  kind: distinct

measure 挑战
  unit: 0.01
  at_least: booked

axis 组织
  levels: 大区, 岗位
  member: EAST | * | 华东大区
  member: NORTH | * | 华北, 2027-06-01=京津冀
  member: S-7 | EAST, 2027-04-01=NORTH | 王牌岗 | from=2027-01-01 | until=2027-10-01
  member: EAST#own | EAST | 本级 | part=own

axis 产品
  member: P1 | * | 主机
"""


def values(one):
    """A definition as plain values: an axis is equal to itself alone."""
    found = {field.name: getattr(one, field.name) for field in fields(one)}
    return found | {"axes": [(axis.name, axis.levels, axis.members) for axis in one.axes]}


def refused(text):
    """The faults of a definition: code and row each."""
    with pytest.raises(DataRefused) as told:
        read_definition(text, file="plan.txt")
    found = told.value.findings
    assert {one.params["file"] for one in found} == {"plan.txt"}
    return [(one.code.removeprefix("planfile."), one.params["row"]) for one in found]


def test_the_canonical_text():
    found = read_definition(TEXT)
    assert write_definition(found) == TEXT
    assert found.calendar == FiscalCalendar(start_month=4, pattern="4-4-5")
    assert found.measures[0] == PlanMeasure("booked", unit=1_000_000)
    assert found.measures[2] == PlanMeasure("挑战", unit=1, at_least="booked")
    moved = found.axes[0].members[2]
    assert moved.parents == ((ALWAYS, "EAST"), (date(2027, 4, 1), "NORTH"))
    assert (moved.opened, moved.closed) == (date(2027, 1, 1), date(2027, 10, 1))
    assert (found.elapsed, found.references, found.figures) == (2, ("last_year",), DIGEST)


def unique(values_, **more):
    return st.lists(values_, unique=True, max_size=4, **more).map(tuple)


dated_names = st.lists(st.tuples(days, names), min_size=1, max_size=3).map(tuple)
measures = st.builds(
    PlanMeasure,
    names,
    st.sampled_from(get_args(MeasureKind)),
    st.integers(1, 10**9),
    st.booleans(),
    maybe,
    maybe,
    st.sampled_from(get_args(Side)),
    maybe,
)
calendars = st.builds(
    FiscalCalendar,
    st.integers(1, 12),
    st.integers(0, 31),
    st.none() | st.sampled_from(get_args(Pattern)),
    st.integers(1, 7),
    st.sampled_from(get_args(Alignment)),
    st.sampled_from(["end", "start"]),
)


@st.composite
def axes(draw):
    """An axis whose parents stand before their children, so that no circle comes about."""
    members = []
    for id_ in draw(unique(names)):
        above = st.sampled_from(["", *(one.id for one in members)])
        parents = draw(st.lists(st.tuples(days, above), min_size=1, max_size=3).map(tuple))
        closed, part = draw(st.none() | days), draw(st.sampled_from(["", *PARTS]))
        members.append(Member(id_, parents, draw(dated_names), draw(days), closed, part))
    return Axis(draw(names), draw(unique(names)), tuple(members))


definitions = st.builds(
    Definition,
    name=names,
    currency=names,
    year=st.integers(1900, 2199),
    kind=st.sampled_from(get_args(Kind)),
    calendar=calendars,
    measures=st.lists(measures, max_size=3, unique_by=lambda one: one.code).map(tuple),
    layers=unique(names, min_size=1),
    axes=st.lists(axes(), max_size=3, unique_by=lambda one: one.name).map(tuple),
    figures=digests,
    references=unique(names),
    elapsed=st.integers(0, 366),
)


@pytest.mark.heavy
@settings(max_examples=examples(2000), deadline=None)
@given(definitions)
def test_a_definition_is_read_back_equal(one):
    text = write_definition(one)
    assert values(read_definition(text)) == values(one)
    assert write_definition(read_definition(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("year: 2027", "year: 二〇二七", [("count_unreadable", 4)]),
        ("  year: 2027\n", "", [("option_missing", 1)]),
        ("periods: month", "periods: day", [("word_unknown", 5)]),
        ("grammar: 1", "grammar: 7", [("grammar_unknown", 2)]),
        (DIGEST, "abc", [("no_digest", 9)]),
        ("下达, 上报", "下达, 下达", [("name_twice", 1)]),
        ("measure heads", "measure booked", [("name_twice", 1)]),
        ("axis 产品", "axis 组织", [("name_twice", 1)]),
        ("unit: 0.01", "unit: 0", [("unit_unreadable", 23)]),
        ("unit: 1\n", "unit: 0.5\n", [("unit_unreadable", 18)]),
        ("kind: distinct", "kind: sum", [("word_unknown", 21)]),
        ("| EAST, 2027", "| SOUTH, 2027", [("parent_unknown", 31)]),
        ("member: NORTH", "member: EAST", [("member_twice", 30), ("parent_unknown", 31)]),
        ("member: EAST | *", "member: EAST | S-7", [("circle", 29)]),
        ("EAST | * | 华东大区", "EAST | 华东大区", [("member_line_unreadable", 29)]),
        ("until=2027-10-01", "to=2027-10-01", [("word_unknown", 31)]),
        ("until=2027-10-01", "from=2027-10-01", [("member_line_unreadable", 31)]),
        ("part=own", "part=mine", [("word_unknown", 32)]),
        ("2027-06-01=京津冀", "2027-06-31=京津冀", [("day_unreadable", 30)]),
        ("axis 产品", "ax 产品", [("verb_unknown", 34)]),
        ("calendar\n", "plan 二\ncalendar\n", [("clause_twice", 11)]),
        ("pattern: 4-4-5", "pattern: 4-4-4", [("word_unknown", 13)]),
    ],
)
def test_a_fault_is_named_with_its_place(old, new, faults):
    assert TEXT.count(old) >= 1
    assert refused(TEXT.replace(old, new, 1)) == faults


def test_a_wrong_calendar_is_named():
    with pytest.raises(DataRefused, match=r"calendar\.setting_refused start_month"):
        read_definition(TEXT.replace("start_month: 4", "start_month: 13"))


def test_all_faults_of_a_definition_are_told_at_once():
    text = "plan 华东\n  year: x\n  color: red\nfoo\nmeasure booked\n"
    found = refused(text)
    assert ("verb_unknown", 4) in found
    assert ("count_unreadable", 2) in found
    assert ("option_unknown", 3) in found
    assert ("option_missing", 5) in found
    assert found.count(("option_missing", 1)) == 5  # grammar, currency, periods, layers, figures


def test_nothing_is_no_definition():
    assert ("nothing_named", 1) in refused("")


@pytest.mark.parametrize("size", [2, 3, 1000])
def test_a_circle_of_any_length_is_found(size):
    members = "".join(f"  member: M{n} | M{(n + 1) % size} | x\n" for n in range(size))
    assert refused(TEXT + f"axis 圈\n{members}")[0][0] == "circle"


def test_a_circle_that_comes_about_later_is_found():
    member = "  member: A | * | x\n  member: B | A, 2027-05-01=C | x\n  member: C | B | x\n"
    assert refused(TEXT + f"axis 圈\n{member}")[0][0] == "circle"
