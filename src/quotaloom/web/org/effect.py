"""The consequences of a change as the preview shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from quotaloom.web.org.book import HOLDER, PARENT, member_of
from quotaloom.web.org.change import digest
from quotaloom.web.org.faults import SEAT

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Book, Key, Spell
    from quotaloom.web.org.consequence import Consequence


@dataclass(frozen=True, slots=True)
class Effect:
    """One row before and after, in words; empty where there was or will be none."""

    line: str  # parent, name or holder
    subject: str
    before: str
    before_days: str
    after: str
    after_days: str


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it: what changes, how many are touched, what to know, and its digest."""

    effects: list[Effect]
    members: int
    seats: int
    people: int
    told: tuple[Finding, ...]
    seen: str


def preview_of(done: Consequence, day: date) -> Preview:
    """The preview of a consequence; seats count the whole branch that moves along."""
    effects = [
        Effect(
            one.key[0],
            _subject(done, one.key, day),
            *_said(done.before, one.key, one.before),
            *_said(done.after, one.key, one.after),
        )
        for one in done.changes
    ]
    people = {one.key[2] for one in done.changes if one.key[0] == HOLDER}
    moved = {one.key[2] for one in done.changes if one.key[0] == PARENT}
    seats = _seats_below(done.after, moved | done.touched, day)
    return Preview(effects, len(done.touched), len(seats), len(people), done.told, digest(done))


def _subject(done: Consequence, key: Key, day: date) -> str:
    code = member_of(key)
    book = done.before if code in done.before.lives else done.after
    return book.label(code, day)


def _said(book: Book, key: Key, spell: Spell | None) -> tuple[str, str]:
    if spell is None:
        return "", ""
    value = spell.value
    if key[0] == PARENT:
        text = "" if value is None else book.label(str(value), spell.span.start)
    elif isinstance(value, Decimal):
        text = f"{book.people.get(key[2], key[2])} {value * 100:.0f}%"
    else:
        text = " · ".join(part for part in value or () if part)
    return text or "—", f"{spell.span.start} – {spell.span.end or '…'}"


def _seats_below(book: Book, codes: set[str] | frozenset[str], day: date) -> set[str]:
    children = book.children()
    found, waiting = set(codes), list(codes)
    while waiting:
        one = waiting.pop()
        keys = [key for key in children.get(one, []) if _is_parent(book, key, one, day)]
        fresh = {key[2] for key in keys} - found
        found |= fresh
        waiting += fresh
    return {code for code in found if book.lives[code].kind == SEAT}


def _is_parent(book: Book, key: Key, parent: str, day: date) -> bool:
    spell = book.on(key, day)
    return spell is not None and spell.value == parent
