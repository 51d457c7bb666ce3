"""The dated verbs on a book: what they change, what they refuse, and what they never touch."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.org.book import HOLDER, NAME, PARENT, Book, Life, Spell, vacancies
from quotaloom.web.org.consequence import planned, weighed
from quotaloom.web.org.faults import faults
from quotaloom.web.org.span import Span, gaps
from quotaloom.web.org.wish import Close, Leave, Merge, Move, Occupy, Open, Rename, Split
from quotaloom.web.org.written import as_json, from_json, taken_back, written
from tests.support.counts import examples

BEGIN, DAY, NEXT = date(2024, 1, 1), date(2026, 3, 1), date(2027, 1, 1)
ROWS = (
    ("HQ", None, "unit"),
    ("EAST", "HQ", "unit"),
    ("NORTH", "HQ", "unit"),
    ("JS", "EAST", "unit"),
    ("E1", "JS", "seat"),
    ("E2", "JS", "seat"),
    ("N1", "NORTH", "seat"),
)
NAMES = {"HQ": "总公司", "EAST": "华东", "NORTH": "华北", "JS": "江苏"}


def company(*held):
    """A small company; ``held`` are (seat, person, share in percent)."""
    always = Span(BEGIN)
    lines = {}
    for code, parent, _ in ROWS:
        lines[PARENT, "org", code] = (Spell(always, parent),)
        lines[NAME, code] = (Spell(always, (NAMES.get(code, code), "")),)
    for seat, person, share in held:
        lines[HOLDER, seat, person] = (Spell(always, Decimal(share) / 100),)
    lives = {code: Life(kind, always) for code, _, kind in ROWS}
    return Book(lives, lines, {person: person for _, person, _ in held})


def after(book, *steps):
    """The book after wishes, each (wish, day) or (wish, day, later)."""
    for wish, *when in steps:
        book = planned(book, wish, *when).after
    return book


def refused(book, wish, day=DAY, later="refuse"):
    with pytest.raises(DataRefused) as caught:
        planned(book, wish, day, later)
    return [one.code for one in caught.value.findings], caught.value.findings


def parents(book, day, tree="org"):
    keys = [key for key in book.lines if key[0] == PARENT and key[1] == tree]
    found = {key[2]: book.on(key, day) for key in sorted(keys)}
    return {code: spell.value for code, spell in found.items() if spell}


def test_a_move_holds_from_its_day_on():
    book = after(company(), (Move("JS", "org", "NORTH"), DAY))
    assert parents(book, DAY - timedelta(1))["JS"] == "EAST"
    assert parents(book, DAY)["JS"] == "NORTH"
    assert parents(book, DAY)["E1"] == "JS"


def test_a_move_into_its_own_branch_is_shown_as_a_path():
    codes, found = refused(company(), Move("EAST", "org", "JS"))
    assert codes == ["arrange.circle"]
    assert found[0].params["path"] == "华东 EAST → 江苏 JS → 华东 EAST"


def test_a_circle_that_closes_only_later_is_found():
    book = after(company(), (Move("NORTH", "org", "EAST"), NEXT))
    codes, found = refused(book, Move("EAST", "org", "NORTH"), DAY)
    assert codes == ["arrange.circle"]
    assert found[0].params["day"] == str(NEXT)


def test_a_later_row_is_named_and_met_as_asked():
    book = after(company(), (Move("JS", "org", "NORTH"), NEXT))
    codes, found = refused(book, Move("JS", "org", "HQ"))
    assert codes == ["arrange.overlap"]
    assert found[0].params["first"] == "[2026-03-01, …)"
    assert found[0].params["second"] == "[2027-01-01, …)"
    kept = after(book, (Move("JS", "org", "HQ"), DAY, "keep"))
    assert [parents(kept, day)["JS"] for day in (BEGIN, DAY, NEXT)] == ["EAST", "HQ", "NORTH"]
    dropped = after(book, (Move("JS", "org", "HQ"), DAY, "replace"))
    assert [parents(dropped, day)["JS"] for day in (BEGIN, DAY, NEXT)] == ["EAST", "HQ", "HQ"]


def test_a_unit_with_open_children_does_not_close():
    codes, found = refused(company(), Close("JS"))
    assert codes == ["arrange.children_open"]
    assert found[0].params == {"count": 2, "names": "E1 E1, E2 E2"}


def test_a_child_that_only_comes_later_forbids_closing_too():
    book = after(company(), (Move("N1", "org", "EAST"), NEXT), (Move("JS", "org", "NORTH"), DAY))
    assert refused(book, Close("EAST"), DAY)[0] == ["arrange.children_open"]


def test_closing_a_seat_ends_its_holder_and_its_place():
    done = planned(company(("E1", "wang", 100)), Close("E1"), DAY)
    assert {change.key[0] for change in done.changes} == {PARENT, NAME, HOLDER}
    assert all(change.after.span.end == DAY for change in done.changes)
    assert done.after.lives["E1"].span == Span(BEGIN, DAY)
    assert refused(done.after, Rename("E1", "x"), DAY)[0] == ["arrange.not_open"]


def test_opening_asks_for_a_free_code_and_an_open_unit_above():
    book = company()
    assert refused(book, Open("E1", "seat", "x", "", {"org": "JS"}))[0] == ["arrange.code_taken"]
    assert refused(book, Open("E9", "seat", "x", "", {"org": "E1"}))[0] == [
        "arrange.parent_no_unit"
    ]
    assert refused(book, Open("E9", "seat", "x", "", {"org": "ZZ"}))[0] == ["arrange.not_open"]
    done = planned(book, Open("E9", "seat", "x", "P5", {"org": "JS"}), DAY)
    assert [one.code for one in done.told] == ["arrange.vacant"]
    assert "E9" not in parents(done.after, DAY - timedelta(1))


def test_a_parent_that_closes_later_cannot_hold_a_child_for_good():
    book = after(company(), (Move("E1", "org", "NORTH"), DAY), (Move("E2", "org", "NORTH"), DAY))
    book = after(book, (Close("JS"), NEXT))
    assert refused(book, Move("N1", "org", "JS"))[0] == ["arrange.orphan"]


def test_renaming_keeps_the_old_name_for_the_old_days():
    book = after(company(), (Rename("EAST", "华东大区", "A"), DAY))
    assert book.on((NAME, "EAST"), DAY - timedelta(1)).value == ("华东", "")
    assert book.on((NAME, "EAST"), DAY).value == ("华东大区", "A")
    assert refused(book, Rename("EAST", "华东大区", "A"), NEXT)[0] == ["arrange.nothing"]


def test_a_split_gives_every_child_to_a_part():
    parts = (("JS-N", "苏北"), ("JS-S", "苏南"))
    codes, found = refused(company(), Split("JS", parts, {"E1": "JS-N"}))
    assert codes == ["arrange.child_unassigned"]
    assert found[0].subject == "E2 E2"
    book = after(company(), (Split("JS", parts, {"E1": "JS-N", "E2": "JS-S"}), DAY))
    placed = parents(book, DAY)
    assert (placed["E1"], placed["E2"], placed["JS-N"]) == ("JS-N", "JS-S", "EAST")
    assert "JS" not in placed
    assert parents(book, DAY - timedelta(1))["E1"] == "JS"


def test_a_split_may_leave_the_member_and_what_is_not_named():
    book = after(company(), (Split("JS", (("JS", ""), ("JS-S", "苏南")), {"E2": "JS-S"}), DAY))
    placed = parents(book, DAY)
    assert (placed["JS"], placed["E1"], placed["E2"]) == ("EAST", "JS", "JS-S")
    assert refused(company(), Split("JS", (("JS", ""),)))[0] == ["arrange.split_in_one"]


def test_a_split_seat_shares_out_its_holders():
    book = company(("E1", "wang", 50), ("E1", "li", 50))
    book = after(book, (Split("E1", (("E1", ""), ("E1B", "江苏2")), {}, {"li": "E1B"}), DAY))
    assert book.on((HOLDER, "E1", "li"), DAY) is None
    assert book.on((HOLDER, "E1B", "li"), DAY).value == Decimal("0.5")
    assert book.on((HOLDER, "E1", "wang"), DAY).value == Decimal("0.5")


def test_a_merge_takes_children_and_those_who_stay():
    book = after(company(), (Merge(("NORTH",), "EAST"), DAY))
    assert parents(book, DAY)["N1"] == "EAST"
    assert "NORTH" not in parents(book, DAY)
    book = company(("E1", "wang", 100), ("E2", "li", 100))
    merged = after(book, (Merge(("E2",), "E1"), DAY))
    assert merged.on((HOLDER, "E1", "li"), DAY) is None
    codes, _ = refused(book, Merge(("E2",), "E1", frozenset({"li"})))
    assert codes == ["arrange.seat_over_full"]


def test_a_merge_of_unlike_or_nested_members_is_refused():
    assert refused(company(), Merge(("E1",), "JS"))[0] == ["arrange.kinds_differ"]
    assert refused(company(), Merge(("JS",), "JS"))[0] == ["arrange.merge_alone"]
    assert "arrange.circle" in refused(company(), Merge(("EAST",), "JS"))[0]


def test_a_seat_is_held_to_one_hundred_percent_at_most():
    book = company(("E1", "wang", 60))
    codes, found = refused(book, Occupy("E1", "li", "李", Decimal("0.5")))
    assert codes == ["arrange.seat_over_full"]
    assert found[0].params["total"] == "110%"
    book = after(book, (Occupy("E1", "li", "李", Decimal("0.4")), DAY))
    assert vacancies(book, "E1") == []
    assert refused(book, Occupy("JS", "li", "李"))[0] == ["arrange.no_seat"]
    assert refused(book, Occupy("E2", "li", "李", Decimal(2)))[0] == ["arrange.share_out_of_range"]


def test_a_person_on_two_seats_is_told():
    done = planned(company(("E1", "wang", 100)), Occupy("N1", "wang", "王"), DAY)
    assert [one.code for one in done.told] == ["arrange.person_over_full"]


def test_leaving_makes_the_seat_vacant():
    done = planned(company(("E1", "wang", 100)), Leave("E1", "wang"), DAY)
    assert vacancies(done.after, "E1") == [Span(DAY)]
    assert [one.code for one in done.told] == ["arrange.vacant"]
    assert refused(done.after, Leave("E1", "wang"), NEXT)[0] == ["arrange.not_on_seat"]


def test_another_tree_stands_beside_the_first():
    book = after(company(), (Open("BU", "unit", "事业部", "", {"line": None}), DAY))
    book = after(book, (Move("E1", "line", "BU"), DAY))
    assert parents(book, DAY, "line") == {"BU": None, "E1": "BU"}
    assert parents(book, DAY)["E1"] == "JS"
    assert refused(book, Move("E2", "line", "EAST"))[0] == ["arrange.orphan"]


CODES = [code for code, _, _ in ROWS]
KINDS = {"U": "unit", "S": "seat"}
MORE = ["U1", "U2", "S1", "S2"]
PEOPLE = ["wang", "li"]
days = st.integers(0, 8).map(lambda n: BEGIN + timedelta(60 * n + 1))
codes = st.sampled_from(CODES + MORE)
wishes = st.one_of(
    st.builds(Move, codes, st.just("org"), st.one_of(st.none(), codes)),
    st.builds(Close, codes),
    st.builds(
        lambda code, above: Open(
            code, "unit" if code[0] == "U" else "seat", code, "", {"org": above}
        ),
        st.sampled_from(MORE),
        codes,
    ),
    st.builds(Rename, codes, st.sampled_from("甲乙")),
    st.builds(lambda code, other: Merge((code,), other), codes, codes),
    st.builds(
        lambda code, part, child: Split(code, ((code, ""), (part, part)), {child: part}),
        codes,
        st.sampled_from(MORE),
        codes,
    ),
    st.builds(Occupy, codes, st.sampled_from(PEOPLE), st.just("x"), st.just(Decimal("0.5"))),
    st.builds(Leave, codes, st.sampled_from(PEOPLE)),
)
steps = st.lists(
    st.tuples(wishes, days, st.sampled_from(["refuse", "keep", "replace"])), min_size=1, max_size=12
)


def seen(book, day):
    """What every line says on a day."""
    said = {key: book.on(key, day) for key in book.lines}
    return {key: spell.value for key, spell in said.items() if spell}


def climbs(placed, code):
    path = [code]
    while placed.get(path[-1]) is not None:
        path.append(placed[path[-1]])
        assert len(path) <= len(placed)
    return path


@settings(max_examples=examples(3000), deadline=None)
@given(steps)
def test_after_any_verbs_every_day_stands(story):
    book, applied = company(("E1", "wang", 100)), 0
    for wish, day, later in story:
        before = book
        try:
            book = planned(book, wish, day, later).after
        except DataRefused:
            continue
        applied += 1
        for earlier in (BEGIN, day - timedelta(30), day - timedelta(1)):
            assert seen(book, earlier) == seen(before, earlier)
    assert faults(book) == []
    edges = {s.span.start for spells in book.lines.values() for s in spells}
    for day in edges | {BEGIN, NEXT}:
        placed = parents(book, day)
        for code, life in book.lives.items():
            rows = book.lines.get((PARENT, "org", code), ())
            assert sum(row.span.holds(day) for row in rows) == life.span.holds(day)
            climbs(placed, code)
        for seat in book.lives:
            held = [
                s.value
                for k, ss in book.lines.items()
                if k[:2] == (HOLDER, seat)
                for s in ss
                if s.span.holds(day)
            ]
            assert sum(held) <= 1


def written_out(book, story):
    """The book after all wishes of a story that are not refused."""
    for wish, day, later in story:
        with suppress(DataRefused):
            book = planned(book, wish, day, later).after
    return book


@settings(max_examples=examples(1000), deadline=None)
@given(steps, steps)
def test_whatever_was_written_is_taken_back_whole(earlier, story):
    before = written_out(company(("E1", "wang", 100)), earlier)
    done = weighed(before, written_out(before, story))
    kept = written(done)
    assert from_json(json.loads(json.dumps(as_json(kept)))) == kept
    back = taken_back(done.after, kept).after
    assert (back.lives, back.lines) == (before.lives, before.lines)


@given(st.lists(st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 9)))))
def test_gaps_and_parts_make_the_whole(rows):
    whole = Span(BEGIN, BEGIN + timedelta(40))
    parts = [
        Span(BEGIN + timedelta(start), None if days is None else BEGIN + timedelta(start + days))
        for start, days in rows
    ]
    left = gaps(whole, parts)
    for n in range(40):
        day = BEGIN + timedelta(n)
        assert any(one.holds(day) for one in left) != any(one.holds(day) for one in parts)
