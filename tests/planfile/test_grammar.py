"""Edits as text and back, for every verb."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.allocation.journal.edit import (
    BoundEdit,
    Edit,
    HoldEdit,
    Method,
    Move,
    Open,
    Scale,
    Set,
    Wish,
)
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.grammar import WORDS, read_edits, write_edit, write_edits
from quotaloom.report.wording import sentence
from tests.planfile.edits import BY_VERB, MEASURES, edits, names
from tests.support.counts import examples

EAST = Slice.of(period="2027Q1", measure="booked", layer="下达", 区域="EAST")


def read(text):
    return read_edits(text, MEASURES)


def refused(text):
    """The faults of a text: code, row and column each."""
    with pytest.raises(DataRefused) as told:
        read_edits(text, MEASURES, file="edits.txt")
    found = told.value.findings
    assert {one.params["file"] for one in found} == {"edits.txt"}
    return [(one.code, one.params["row"], one.params["column"]) for one in found]


def test_every_edit_has_a_verb():
    assert set(BY_VERB) == set(get_args(Edit))
    assert len(WORDS) == len(set(get_args(Edit))) + 2  # a review is one of three words


@pytest.mark.heavy
@pytest.mark.parametrize("verb", BY_VERB, ids=lambda verb: verb.__name__)
def test_what_is_written_is_read_back_equal(verb):
    @settings(max_examples=examples(1000), deadline=None)
    @given(BY_VERB[verb])
    def law(edit):
        text = write_edit(edit, MEASURES)
        assert read(text) == (edit,)
        assert write_edits(read(text), MEASURES) == text

    law()


@pytest.mark.heavy
@settings(max_examples=examples(1000), deadline=None)
@given(st.lists(edits, max_size=6))
def test_several_edits_stay_apart(several):
    assert read(write_edits(several, MEASURES)) == tuple(several)


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (Set((Wish(EAST, 350000),)), "set 区域=EAST & 2027Q1 & booked/下达: 350000\n"),
        (
            Set((Wish(EAST, 5), Wish(EAST.at("区域", ""), -7)), Method("equal", "add")),
            """set
  - 区域=EAST & 2027Q1 & booked/下达: 5
  - 2027Q1 & booked/下达: -7
  method: equal, add
""",
        ),
        (Scale(Slice(), Fraction(-1, 20)), "scale *: -5%\n"),
        (Scale(Slice(), Fraction(1, 3)), "scale *: +100/3%\n"),
        (
            BoundEdit(Slice(measure="开票"), -1, 123456),
            "bound 开票/: >= -0.01 & <= 1234.56\n",
        ),
        (BoundEdit(Slice(measure="big/one"), 3, None), 'bound "big/one"/: >= 30000\n'),
        (BoundEdit(Slice(measure="heads"), None, 12), "bound heads/: <= 12\n"),
        (
            HoldEdit(Slice.of(客户='A"B'), "total", "p-1", date(2027, 3, 1)),
            'hold 客户="A""B"\n  kind: total\n  owner: p-1\n  until: 2027-03-01\n',
        ),
        (
            Move("组织", "S-7", "", date(2027, 4, 1)),
            "move 组织=S-7\n  parent: *\n  from: 2027-04-01\n",
        ),
        (Open("组织", "*", "*"), 'open 组织="*"\n  parent: "*"\n'),
    ],
)
def test_the_canonical_text(edit, text):
    assert write_edit(edit, MEASURES) == text
    assert read(text) == (edit,)


@pytest.mark.parametrize(
    "text",
    [
        "set 区域=EAST & 2027Q1 & booked/下达: 35万",
        "\ufeffset　booked/下达 & 2027Q1 & 区域=EAST: 350,000",
        "# 华东\n\nset\r\n\t- 2027Q1 ＆ 区域 ＝ EAST ＆ booked／下达： 350000.00  \r\n  # 完\r\n",
        'set "区域"="EAST" & "2027Q1" & "booked"/"下达": 350000\n  method: proportional',
        "set 区域=EAST & 2027Q1 & booked/下达: 350000\n  method：proportional，replace，all",
    ],
)
def test_what_a_person_writes_means_the_same(text):
    assert read(text) == (Set((Wish(EAST, 350000),)),)


@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("move 区域=S-7\n  parent: *", "option_missing", 1, 1),
        ("Set *: 3", "line_unreadable", 1, 1),
        ("  - 2027", "line_unreadable", 1, 3),
        ("mvoe 区域=S-7", "verb_unknown", 1, 1),
        ("set", "nothing_named", 1, 1),
        ("set 2027 & booked/", "amount_missing", 1, 5),
        ("set 2027 & bookd/: 3", "measure_unknown", 1, 5),
        ("set 2027 & 2028 & booked/: 3", "named_twice", 1, 12),
        ("hold 区域=a & 区域=b", "named_twice", 1, 13),
        ("hold 区域=", "name_unreadable", 1, 9),
        ('hold 区域="a', "quote_open", 1, 6),
        ('hold 区域=a"b"c', "name_unreadable", 1, 9),
        ("hold 区域=a\x07b", "name_unwritable", 1, 9),
        ("hold a=b=c", "part_unreadable", 1, 6),
        ("hold a/b/c", "part_unreadable", 1, 6),
        ("hold /", "part_unreadable", 1, 6),
        ("set booked/: 3: 4", "one_amount", 1, 17),
        ("set booked/: 3元", "currency_written", 1, 14),
        ("set booked/: drei", "amount_unreadable", 1, 14),
        ("set heads/: 1.5", "no_count", 1, 13),
        ("bound booked/: = 3", "bound_unreadable", 1, 16),
        ("bound booked/: >= 3 & >= 4", "bound_unreadable", 1, 23),
        ("scale booked/", "rate_missing", 1, 7),
        ("scale booked/: 10", "rate_unreadable", 1, 16),
        ("hold 2027\n  until: 2027-02-30", "day_unreadable", 2, 10),
        ("hold 2027\n  until: 20270201", "day_unreadable", 2, 10),
        ("hold 2027\n  kind: all", "word_unknown", 2, 9),
        ("hold 2027\n  kind: total\n  kind: cells", "option_twice", 3, 9),
        ("hold 2027\n  what: total", "option_unknown", 2, 3),
        ("hold 2027\n  total", "line_unreadable", 2, 3),
        ("hold\n  - 2027\n  - 2028", "one_thing", 3, 5),
        ("release x", "count_unreadable", 1, 9),
        ("set booked/: 3\n  method: equal, plus", "word_unknown", 2, 18),
        ("set booked/: 3\n  weights: 1, ½", "number_unreadable", 2, 15),
        ("set booked/: 3\n  weights: 1/0", "number_unreadable", 2, 12),
        ("note 2027\n  text: 说明", "no_digest", 2, 9),
        ("move 区域=a, b\n  parent: *\n  from: 2027-01-01", "one_member", 1, 6),
        ("close a\n  from: 2027-01-01", "member_unreadable", 1, 7),
        ("split a=b\n  from: 2027-01-01", "option_missing", 1, 1),
        ("split a=b\n  into: c | 60\n  from: 2027-01-01", "share_unreadable", 2, 9),
    ],
)
def test_a_fault_is_named_with_its_place(text, code, row, column):
    assert refused(text) == [(f"planfile.{code}", row, column)]


def test_an_amount_that_is_no_multiple_is_refused_with_its_place():
    assert refused("set booked/: 3\n\nset booked/: 0.5") == [("amount.no_multiple", 3, 14)]


def test_all_faults_of_a_text_are_told_at_once():
    text = (
        "set booked/: drei\n  method: equal, plus\n  color: red\nfoo\nhold 2027\n  until: morgen\n"
    )
    assert refused(text) == [
        ("planfile.amount_unreadable", 1, 14),
        ("planfile.word_unknown", 2, 18),
        ("planfile.option_unknown", 3, 3),
        ("planfile.verb_unknown", 4, 1),
        ("planfile.day_unreadable", 6, 10),
    ]


def test_a_fault_reads_well():
    with pytest.raises(DataRefused) as told:
        read_edits("hold 2027\n  until: 明天", MEASURES, file="调整.txt")
    (found,) = told.value.findings
    assert (
        sentence(found, "zh") == "调整.txt › 第2行 「10」列 › 「明天」不是日期。请写成 2027-04-01。"
    )


@pytest.mark.parametrize("name", ["", "a\nb", "a\rb", "a\u2028b", "\ud800", "\x00"])
def test_a_name_that_no_line_can_hold_is_refused(name):
    with pytest.raises(DataRefused, match="name_unwritable"):
        write_edit(Open("组织", name, ""), MEASURES)


@given(names)
def test_no_name_breaks_out_of_its_line(name):
    text = write_edit(Open("组织", name, name, name), MEASURES)
    assert text.count("\n") == 3


WORDS_OF_IT = [
    *WORDS,
    "\n",
    "  ",
    "- ",
    "booked/",
    "2027",
    "区域=a",
    "&",
    ":",
    '"',
    "method: ",
    "3",
    "9" * 30,
]


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(st.lists(st.sampled_from(WORDS_OF_IT) | st.text(max_size=3), max_size=12))
def test_any_text_is_read_or_refused(words):
    try:
        found = read("".join(words))
    except DataRefused:
        return
    assert read(write_edits(found, MEASURES)) == found
