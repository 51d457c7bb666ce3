"""Edits of every verb: drawn at random, and one journal of records that follow each other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

from hypothesis import strategies as st

from quotaloom.core.allocation.journal.edit import (
    BoundEdit,
    Calibrate,
    Close,
    EditionEdit,
    Elapse,
    Fix,
    HoldEdit,
    Merge,
    Method,
    Move,
    Note,
    OnZero,
    Open,
    Place,
    Reconcile,
    Release,
    Rename,
    Revert,
    Review,
    Scale,
    Set,
    Split,
    Spread,
    Wish,
)
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.core.numeric.spread_wish import Operation, Scope
from quotaloom.planfile.chain import first_head, follow
from quotaloom.planfile.record import Record, write_record

MEASURES = {
    "booked": PlanMeasure("booked"),
    "开票": PlanMeasure("开票", unit=1),
    "big/one": PlanMeasure("big/one", unit=1_000_000),
    "heads": PlanMeasure("heads", "distinct", unit=1, is_money=False),
}
NOON = datetime(2027, 1, 5, 12, 0, 1, tzinfo=UTC)
DEFINITION = "plan 样例\n"

names = st.one_of(
    st.sampled_from(
        ["EAST", "S-7", "*", "#1", "- x", 'a"b', "华东：沿海", "a b", " ", "10%", "＂"]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8),
)
maybe = st.one_of(st.just(""), names)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
numbers = st.fractions(-(10**6), 10**6, max_denominator=10**6)
units = st.integers(-(2**63 // 10**6), 2**63 // 10**6)
figures = st.one_of(units, st.integers(-1000, 1000))
slices = st.builds(
    lambda members, period, key: Slice(tuple(sorted(members.items())), period, *key),
    st.dictionaries(names, names, max_size=3),
    maybe,
    st.tuples(maybe, maybe),
)
measured = st.builds(
    lambda at, measure: Slice(at.members, at.period, measure, at.layer),
    slices,
    st.sampled_from(list(MEASURES)),
)
wishes = st.builds(Wish, measured, figures)
references = st.lists(st.one_of(slices, names), max_size=3).map(tuple)
methods = st.one_of(
    st.just(Method()),
    st.builds(
        Method,
        st.one_of(st.sampled_from(["proportional", "blend", "growth"]), names),
        st.sampled_from(get_args(Operation)),
        st.sampled_from(get_args(Scope)),
        st.sampled_from(get_args(OnZero)),
        references,
        st.lists(numbers, max_size=4).map(tuple),
        st.one_of(st.none(), numbers),
        st.one_of(st.none(), figures),
        st.sampled_from(get_args(Place)),
    ),
)
some_wishes = st.lists(wishes, min_size=1, max_size=4).map(tuple)
excluded = st.lists(slices, max_size=2).map(tuple)
optional_figures = st.one_of(st.none(), figures)
shares = st.lists(st.tuples(names, maybe, numbers), min_size=1, max_size=3).map(tuple)

BY_VERB = {
    Set: st.builds(
        Set, some_wishes, methods, st.sampled_from(["roll_up", "hold_parent"]), maybe, excluded
    ),
    Spread: st.builds(Spread, measured, methods, optional_figures, excluded),
    Scale: st.builds(Scale, slices, numbers),
    HoldEdit: st.builds(
        HoldEdit, slices, st.sampled_from(["cells", "total"]), maybe, st.none() | days
    ),
    Release: st.builds(Release, st.integers(1, 10**9)),
    BoundEdit: st.builds(BoundEdit, measured, optional_figures, optional_figures),
    Fix: st.builds(Fix, some_wishes, st.none() | slices),
    Calibrate: st.builds(
        Calibrate, slices, slices, st.lists(maybe, min_size=1, max_size=3).map(tuple)
    ),
    Reconcile: st.builds(
        Reconcile,
        slices,
        st.lists(slices, min_size=1, max_size=3).map(tuple),
        st.lists(numbers, max_size=3).map(tuple),
    ),
    Note: st.builds(Note, slices, digests),
    Review: st.builds(Review, slices, st.sampled_from(["submit", "accept", "return"])),
    Elapse: st.builds(Elapse, names),
    EditionEdit: st.builds(EditionEdit, st.integers(0, 10**9), names, digests),
    Revert: st.builds(Revert, st.integers(1, 10**9)),
    Open: st.builds(Open, names, names, maybe, maybe, st.none() | days, maybe),
    Close: st.builds(Close, names, names, days, maybe),
    Move: st.builds(Move, names, names, maybe, days),
    Rename: st.builds(Rename, names, names, names, days),
    Split: st.builds(Split, names, names, shares, days),
    Merge: st.builds(
        Merge, names, st.lists(names, min_size=1, max_size=3).map(tuple), names, maybe, days
    ),
}
edits = st.one_of(*BY_VERB.values())


def wish_edit(number):
    """An edit that differs by its number."""
    return Set((Wish(Slice.of(period="2027Q1", measure="booked", layer="下达"), number),))


def record(head, edit, *, author="p-0007", **more):
    """The record that follows a head."""
    seq = head.position + 1
    time = NOON + timedelta(seconds=seq)
    return Record(seq, author, time, head.position, edit, head.hash, **more)


def chain(count, definition=DEFINITION, *, author="p-0007"):
    """The texts of so many records that follow each other."""
    head, texts = first_head(definition), []
    for number in range(count):
        texts.append(write_record(record(head, wish_edit(number), author=author), MEASURES))
        head = follow(texts[-1], head)
    return texts


def after(texts, definition=DEFINITION):
    """The head behind some records."""
    head = first_head(definition)
    for text in texts:
        head = follow(text, head)
    return head
