"""The dated verbs: how each writes its wish from its day on, or notes why it may not.

Rows that begin later are met by the choice ``later``: ``refuse`` (both are named), ``keep`` (the
change ends where the next one begins) or ``replace`` (they are dropped).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.web.org.book import HOLDER, NAME, PARENT, Life, Spell
from quotaloom.web.org.span import Span
from quotaloom.web.org.wish import Close, Leave, Merge, Move, Occupy, Open, Rename, Split

if TYPE_CHECKING:
    from quotaloom.web.org.pen import Pen
    from quotaloom.web.org.wish import Wish


def _open(pen: Pen, wish: Open) -> None:
    if wish.code in pen.lives:
        pen.refuse(error("arrange.code_taken", wish.code))
        return
    span = Span(pen.day)
    pen.lives[wish.code] = Life(wish.kind, span)
    pen.lines[NAME, wish.code] = (Spell(span, (wish.name, wish.grade)),)
    for tree, parent in wish.parents.items():
        if parent is None or pen.is_open(parent):
            pen.lines[PARENT, tree, wish.code] = (Spell(span, parent),)


def _close(pen: Pen, wish: Close) -> None:
    if not pen.is_open(wish.code):
        return
    below = pen.below(wish.code)
    if below:
        names = ", ".join(pen.label(key[2]) for key in below[:8])
        subject = pen.label(wish.code)
        pen.refuse(error("arrange.children_open", subject, count=len(below), names=names))
        return
    pen.end_life(wish.code)


def _move(pen: Pen, wish: Move) -> None:
    if not pen.is_open(wish.code) or (wish.parent is not None and not pen.is_open(wish.parent)):
        return
    pen.put((PARENT, wish.tree, wish.code), wish.parent, pen.end_of(wish.code))


def _rename(pen: Pen, wish: Rename) -> None:
    if pen.is_open(wish.code):
        pen.put((NAME, wish.code), (wish.name, wish.grade), pen.end_of(wish.code))


def _split(pen: Pen, wish: Split) -> None:
    if not pen.is_open(wish.code):
        return
    parts = dict(wish.parts)
    if len(parts) < 2:
        pen.refuse(error("arrange.split_in_one", pen.label(wish.code)))
    for code, name in parts.items():
        if code != wish.code:
            _part(pen, wish.code, code, name)
    if pen.faults:
        return
    _share_out(pen, wish, parts)
    if wish.code not in parts:
        pen.end_life(wish.code)
    elif parts[wish.code]:
        _rename(pen, Rename(wish.code, parts[wish.code], pen.grade(wish.code)))


def _share_out(pen: Pen, wish: Split, parts: dict[str, str]) -> None:
    """Each child and holder goes to its part; what is not named stays where the member goes on."""
    for key in pen.below(wish.code):
        part = wish.children.get(key[2], wish.code)
        if part in parts:
            pen.hand_over(key, wish.code, part)
        else:
            pen.refuse(error("arrange.child_unassigned", pen.label(key[2])))
    for person, part in wish.holders.items():
        _hand_seat(pen, person, wish.code, part)


def _part(pen: Pen, code: str, part: str, name: str) -> None:
    """A part stands wherever the member stands from the day on, with its grade."""
    if part in pen.lives:
        pen.refuse(error("arrange.code_taken", part))
        return
    span = Span(pen.day, pen.end_of(code))
    pen.lives[part] = Life(pen.lives[code].kind, span)
    pen.lines[NAME, part] = (Spell(span, (name, pen.grade(code))),)
    for tree in pen.book.trees(code):
        spells = [(one.span.shared(span), one.value) for one in pen.lines[PARENT, tree, code]]
        pen.lines[PARENT, tree, part] = tuple(Spell(days, value) for days, value in spells if days)


def _hand_seat(pen: Pen, person: str, old: str, new: str) -> None:
    """The person holds ``new`` from the day on, with the days and shares of ``old``."""
    if old == new:
        return
    rows = [
        Spell(days, one.value)
        for one in pen.lines.get((HOLDER, old, person), ())
        if (days := one.span.shared(Span(pen.day)))
    ]
    pen.cut((HOLDER, old, person))
    kept = [*pen.lines.get((HOLDER, new, person), ()), *rows]
    pen.lines[HOLDER, new, person] = tuple(sorted(kept, key=lambda one: one.span.start))


def _merge(pen: Pen, wish: Merge) -> None:
    known = [pen.is_open(code) for code in (*wish.codes, wish.into)]
    if not all(known) or not wish.codes or wish.into in wish.codes:
        if all(known):
            pen.refuse(error("arrange.merge_alone", pen.label(wish.into)))
        return
    for code in wish.codes:
        _merge_one(pen, code, wish)


def _merge_one(pen: Pen, code: str, wish: Merge) -> None:
    if pen.lives[code].kind != pen.lives[wish.into].kind:
        into = pen.label(wish.into)
        pen.refuse(error("arrange.kinds_differ", pen.label(code), into=into))
    for key in pen.below(code):
        pen.hand_over(key, code, wish.into)
    for person in wish.stay.intersection(pen.book.holders(code)):
        _hand_seat(pen, person, code, wish.into)
    pen.end_life(code)


def _occupy(pen: Pen, wish: Occupy) -> None:
    if not pen.is_open(wish.seat):
        return
    if not Decimal(0) < wish.share <= 1:
        pen.refuse(error("arrange.share_out_of_range", f"{wish.share * 100:f}%"))
        return
    pen.people[wish.person] = wish.name
    pen.put((HOLDER, wish.seat, wish.person), wish.share, pen.end_of(wish.seat))


def _leave(pen: Pen, wish: Leave) -> None:
    key = (HOLDER, wish.seat, wish.person)
    if not pen.book.on(key, pen.day):
        name = pen.people.get(wish.person, wish.person)
        seat = pen.label(wish.seat)
        pen.refuse(error("arrange.not_on_seat", name, seat=seat, day=str(pen.day)))
        return
    pen.cut(key, for_good=pen.later == "replace")


def write(pen: Pen, wish: Wish) -> None:
    """Write the wish with the pen; what forbids it is noted there."""
    match wish:
        case Open():
            _open(pen, wish)
        case Close():
            _close(pen, wish)
        case Move():
            _move(pen, wish)
        case Rename():
            _rename(pen, wish)
        case _:
            _write_more(pen, wish)


def _write_more(pen: Pen, wish: Split | Merge | Occupy | Leave) -> None:
    match wish:
        case Split():
            _split(pen, wish)
        case Merge():
            _merge(pen, wish)
        case Occupy():
            _occupy(pen, wish)
        case Leave():
            _leave(pen, wish)
