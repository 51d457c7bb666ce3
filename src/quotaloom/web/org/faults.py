"""What is wrong with a book: rows that share a day, circles, orphans, seats held more than once."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.web.org.book import HOLDER, NAME, PARENT, member_of
from quotaloom.web.org.span import Span, gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Book, Key, Value

UNIT, SEAT = "unit", "seat"


def faults(book: Book, codes: Iterable[str] | None = None) -> list[Finding]:
    """Everything that breaks a rule about the members named, and about those under them.

    All members where none are named. The order is that of the codes.
    """
    asked = sorted(book.lives) if codes is None else sorted(set(codes) & set(book.lives))
    lines: dict[str, list[Key]] = {}
    for key in book.lines:
        lines.setdefault(member_of(key), []).append(key)
    found = [one for code in asked for one in _of_member(book, code, lines.get(code, []))]
    wanted = set(asked)
    below = book.children()
    edges = {key for code in asked for key in below.get(code, [])}
    edges |= {key for code in asked for key in lines.get(code, []) if key[0] == PARENT}
    found += [one for key in sorted(edges) for one in _orphans(book, key)]
    placed = sorted(key for key in edges if key[2] in wanted)
    return found + [one for key in placed for one in _circle(book, key)]


def _of_member(book: Book, code: str, keys: list[Key]) -> Iterator[Finding]:
    life = book.lives[code].span
    for key in sorted(keys):
        yield from _of_line(book, code, key)
    named = [one.span for one in book.lines.get((NAME, code), ())]
    for gap in gaps(life, named):
        yield error("arrange.unnamed", code, span=str(gap))
    yield from _over_full(book, code, [key for key in keys if key[0] == HOLDER])


def _of_line(book: Book, code: str, key: Key) -> Iterator[Finding]:
    life, subject = book.lives[code].span, _subject(book, code)
    spells = book.lines[key]
    for one in spells:
        if one.span.end is not None and one.span.end <= one.span.start:
            yield error("arrange.empty_span", subject, span=str(one.span))
        elif not one.span.within(life):
            yield error("arrange.outside_life", subject, span=str(one.span), life=str(life))
    for one, other in pairwise(spells):
        if one.span.meets(other.span):
            both = {"first": str(one.span), "second": str(other.span)}
            told = {"one": _said(book, key, one.value), "other": _said(book, key, other.value)}
            yield error("arrange.overlap", subject, **both, **told)
    if key[0] == HOLDER and book.lives[code].kind != SEAT:
        yield error("arrange.no_seat", subject)


def _orphans(book: Book, key: Key) -> Iterator[Finding]:
    """Days on which the parent that a row names is not there to hold it."""
    subject = _subject(book, key[2])
    named = [(str(one.value), one.span) for one in book.lines[key] if one.value is not None]
    for above, span in named:
        parent = _subject(book, above)
        if above not in book.lives:
            yield error("arrange.unknown_parent", subject, parent=above)
        elif book.lives[above].kind != UNIT:
            yield error("arrange.parent_no_unit", subject, parent=parent)
        else:
            yield from _unheld(book, key, above, span)


def _unheld(book: Book, key: Key, above: str, span: Span) -> Iterator[Finding]:
    subject, parent, tree = _subject(book, key[2]), _subject(book, above), key[1]
    stands = [row.span for row in book.lines.get((PARENT, tree, above), ())]
    for gap in gaps(span, stands):
        yield error("arrange.orphan", subject, parent=parent, span=str(gap), tree=tree)


def _circle(book: Book, key: Key) -> Iterator[Finding]:
    """The first circle that leads a member back to itself, as a path, with its first day."""
    _, tree, code = key
    waiting: list[tuple[Span, tuple[str, ...], Value]] = [
        (row.span, (code,), row.value) for row in book.lines[key]
    ]
    while waiting:
        span, path, above = waiting.pop()
        if above == code:
            shown = " → ".join(_subject(book, one) for one in (*path, code))
            yield error("arrange.circle", _subject(book, code), path=shown, day=str(span.start))
            return
        if not isinstance(above, str) or above in path:
            continue
        rows = [
            (span.shared(row.span), row.value) for row in book.lines.get((PARENT, tree, above), ())
        ]
        waiting += [(days, (*path, above), value) for days, value in rows if days]


def _over_full(book: Book, seat: str, keys: list[Key]) -> Iterator[Finding]:
    """The first day on which the shares of a seat pass one."""
    rows = [one for key in keys for one in book.lines[key]]
    for day in sorted({one.span.start for one in rows}):
        held = [one.value for one in rows if one.span.holds(day)]
        total = sum((share for share in held if isinstance(share, Decimal)), Decimal(0))
        if total > 1:
            percent = f"{total * 100:.0f}%"
            yield error("arrange.seat_over_full", _subject(book, seat), day=str(day), total=percent)
            return


def _subject(book: Book, code: str) -> str:
    """A member by its latest name and its code."""
    names = book.lines.get((NAME, code), ())
    value = names[-1].value if names else None
    return f"{value[0]} {code}" if isinstance(value, tuple) else code


def _said(book: Book, key: Key, value: object) -> str:
    """What a row of a line says, for people."""
    if key[0] == PARENT:
        return _subject(book, str(value)) if value else "—"
    if key[0] == HOLDER:
        return book.people.get(key[2], key[2])
    return " ".join(part for part in value if part) if isinstance(value, tuple) else str(value)


def over_full_people(book: Book) -> dict[str, tuple[Span, Decimal]]:
    """People whose shares of all seats pass one: the first such spell and the sum."""
    rows: dict[str, list[tuple[Span, Decimal]]] = {}
    for key, spells in book.lines.items():
        if key[0] == HOLDER:
            held = [(one.span, one.value) for one in spells if isinstance(one.value, Decimal)]
            rows.setdefault(key[2], []).extend(held)
    sums = {person: _fullest(held) for person, held in rows.items()}
    return {person: told for person, told in sums.items() if told}


def _fullest(held: list[tuple[Span, Decimal]]) -> tuple[Span, Decimal] | None:
    """The first spell with which the shares pass one."""
    for span, _ in sorted(held, key=lambda row: row[0].start):
        total = sum((part for days, part in held if days.holds(span.start)), Decimal(0))
        if total > 1:
            return span, total
    return None
