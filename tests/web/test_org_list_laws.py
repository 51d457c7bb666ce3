"""Laws of lists: any order says the same, twice changes nothing, nothing unsound is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.raw_table import RawTable
from quotaloom.web.org.book import HOLDER, NAME, PARENT, Book, Life, Spell
from quotaloom.web.org.faults import faults
from quotaloom.web.org.lists.column import recognised
from quotaloom.web.org.lists.compare import compared
from quotaloom.web.org.lists.proposal import People, Reader
from quotaloom.web.org.lists.row import rows_of
from quotaloom.web.org.span import Span
from tests.support.counts import examples

DAY = date(2027, 1, 1)
WORDS = st.sampled_from(["华东", "华北", "新一", "新二"])
LISTED = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=3, unique=True), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=examples(300), deadline=None)
@given(LISTED, st.randoms(use_true_random=False))
def test_a_list_says_the_same_in_any_order_and_changes_nothing_twice(people, chance):
    columns = recognised(("姓名", "工号", "部门"), "org", {})
    lines = [(f"人{n}", f"F{n}", "/".join(path)) for n, (path, _) in enumerate(people)]
    once = _read(lines, columns, EMPTY, People())
    chance.shuffle(lines)
    again = _read(lines, columns, EMPTY, People())
    assert once.done.after == again.done.after
    known = {number: pk for pk, (_, number) in once.people.items()}
    assert _read(lines, columns, once.done.after, People(known)).done.changes == ()
    assert faults(once.done.after) == []


EMPTY = Book({}, {}, {})


def _read(lines, columns, book, people):
    frame = pl.DataFrame(lines, schema=["姓名", "工号", "部门"], orient="row")
    numbers = pl.Series(range(2, len(lines) + 2))
    table = RawTable("a.csv", "", 1, tuple(frame.columns), ("A", "B", "C"), frame, numbers)
    rows, found = rows_of(table, columns)
    assert found == []
    return compared(
        book, Reader(book, "org", "org", DAY, "ask", people).read(rows), "org", DAY, people
    )


HEADERS = (
    *("编码", "名称", "上级", "部门", "大区", "工号", "姓名", "职务", "直属上级", "类别", "级别"),
    *("生效日期", "失效日期", "任职开始", "任职结束", "任职比例", "员工状态"),
)
CELLS = st.sampled_from(
    (
        *("", "A", "B", "EAST", "甲", "乙", "甲/乙", "甲;乙", "岗位", "单位", "待招", "离职", "F1"),
        *("2025-01-01", "2027-06-01", "2025-13-01", "50%", "1e999", "长" * 300, "\u202e", "=1+1"),
    )
)
ANY = st.lists(st.sampled_from(HEADERS), min_size=2, max_size=9, unique=True).flatmap(
    lambda headers: st.tuples(
        st.just(tuple(headers)),
        st.lists(st.tuples(*[CELLS] * len(headers)), min_size=1, max_size=6),
    )
)
THERE = Book(
    {"EAST": Life("unit", Span(date(2024, 1, 1))), "A": Life("seat", Span(date(2024, 1, 1)))},
    {
        (NAME, "EAST"): (Spell(Span(date(2024, 1, 1)), ("华东", "")),),
        (NAME, "A"): (Spell(Span(date(2024, 1, 1)), ("甲", "")),),
        (PARENT, "org", "EAST"): (Spell(Span(date(2024, 1, 1)), None),),
        (PARENT, "org", "A"): (Spell(Span(date(2024, 1, 1)), "EAST"),),
        (HOLDER, "A", "p1"): (Spell(Span(date(2024, 1, 1)), Decimal(1)),),
    },
    {"p1": "甲"},
)


@settings(max_examples=examples(3000), deadline=None)
@given(ANY, st.sampled_from(["ask", "share", "first"]))
def test_any_list_is_written_soundly_or_refused(drawn, double):
    headers, lines = drawn
    columns = recognised(headers, "org", {})
    frame = pl.DataFrame(lines, schema=list(headers), orient="row")
    numbers = pl.Series(range(2, len(lines) + 2))
    table = RawTable("a.csv", "", 1, headers, tuple("ABCDEFGHI"[: len(headers)]), frame, numbers)
    rows, found = rows_of(table, columns)
    people = People({"F1": "p1"}, {"甲": ("p1",)})
    proposal = Reader(THERE, "org", "org", DAY, double, people).read(rows)
    proposal.findings += found
    try:
        made = compared(THERE, proposal, "org", DAY, people)
    except DataRefused:
        return
    assert faults(made.done.after) == []
    assert not any(one.severity == "error" for one in made.findings)
