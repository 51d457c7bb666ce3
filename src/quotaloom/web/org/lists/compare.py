"""A list beside what is there: what would be new, changed or the same, as one consequence."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Severity, info
from quotaloom.cycle.progress import silent
from quotaloom.web.org.book import HOLDER, NAME, PARENT, Life, Spell
from quotaloom.web.org.consequence import weighed
from quotaloom.web.org.lists.stage import counted
from quotaloom.web.org.pen import Pen
from quotaloom.web.org.span import Span, merged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.jobs.registry import Progress
    from quotaloom.web.org.book import Book, Key
    from quotaloom.web.org.consequence import Consequence
    from quotaloom.web.org.lists.proposal import Held, Item, People, Proposal
    from quotaloom.web.org.lists.row import Row

STAFF: Final = uuid.UUID("0d3c1df1-7f9a-4d51-8f43-0a6cf5b2f0aa")  # people without a row yet


@dataclass(frozen=True)
class Comparison:
    """What the list would do: members new, changed and the same; people who are new."""

    done: Consequence
    new: int
    changed: int
    same: int
    people: Mapping[str, tuple[str, str]]  # id -> name, staff number
    findings: tuple[Finding, ...]


class Writer:
    """Writes a proposal on a copy of the book, row by row, and notes what forbids it."""

    def __init__(self, book: Book, tree: str, day: date, people: People) -> None:
        self.book, self.tree, self.day, self.people = book, tree, day, people
        self.pen = Pen(book, day, "refuse")
        self.findings: list[Finding] = []
        self.fresh: dict[str, tuple[str, str]] = {}

    def member(self, item: Item) -> None:
        """A member as its rows say."""
        told = {(r and (r.start, r.end, r.cell("name")), up): (r, up) for r, up in item.rows}
        rows = sorted(told.values(), key=lambda one: (self._start(one[0]), _number(one[0])))
        self._overlaps(rows)
        if item.code not in self.book.lives:
            self._open(item, rows)
            return
        for row, above in rows:
            self.pen.day = (row.start if row else None) or self.day
            self._change(item, row, above)

    def _start(self, row: Row | None) -> date:
        return (row.start if row else None) or self.day

    def _opens(self, item: Item, row: Row | None) -> date:
        """A row's own day; without one, the day of the list or what stands below it needs."""
        if row and row.start:
            return row.start
        return min(item.since or self.day, self.day)

    def _overlaps(self, rows: list[tuple[Row | None, str | None]]) -> None:
        """Two rows of one member that hold on one day are refused with both."""
        told = [(row, Span(self._start(row), row.end)) for row, _ in rows if row]
        for (row, span), (other, later) in pairwise(told):
            if span.meets(later):
                self.findings.append(other.fault("enlist.twice", "code", first=row.number))

    def _open(self, item: Item, rows: list[tuple[Row | None, str | None]]) -> None:
        spans = [
            (Span(self._opens(item, row), row.end if row else None), above) for row, above in rows
        ]
        early = [row for row, _ in rows if row and row.end and row.end <= self._opens(item, row)]
        day = str(self.day)
        self.findings += [row.fault("enlist.ended_before", "to", day=day) for row in early]
        if early:
            return
        last = max((s.end for s, _ in spans if s.end), default=None)
        end = None if any(span.end is None for span, _ in spans) else last
        life = Span(min(span.start for span, _ in spans), end)
        grade = next((row.cell("grade") for row, _ in rows if row and row.cell("grade")), "")
        self.pen.lives[item.code] = Life(item.kind, life)
        self.pen.lines[NAME, item.code] = (Spell(life, (item.name, grade)),)
        placed = merged((above or "", span) for span, above in spans)
        spells = tuple(Spell(span, above or None) for above, span in placed)
        self.pen.lines[PARENT, self.tree, item.code] = spells

    def _change(self, item: Item, row: Row | None, above: str | None) -> None:
        code, end = item.code, self.pen.end_of(item.code)
        if row is None:
            return
        if not self.pen.lives[code].span.holds(self.pen.day):
            day = str(self.pen.day)
            self.findings.append(row.doubt("enlist.not_open", "code", day=day))
            return
        known = self.pen.book.on((NAME, code), self.pen.day)
        told = known.value if known and isinstance(known.value, tuple) else (code, "")
        name, grade = row.cell("name") or told[0], row.cell("grade") or told[1]
        self.pen.put((NAME, code), (name, grade), end)
        if above is not None:
            self.pen.put((PARENT, self.tree, code), above, end)
        if row.end and end != row.end:
            self.pen.day = row.end
            self.pen.end_life(code)

    def vacate(self, seat: str, row: Row) -> None:
        """Whoever holds the seat leaves on the row's day."""
        self.pen.day = row.holds_from or self.day
        for person in self.book.holders(seat):
            self.pen.cut((HOLDER, seat, person), for_good=False)

    def holder(self, held: Held) -> None:
        """A person takes the seat on its row's day; whoever else held it leaves."""
        person = self._person(held)
        if person is None or held.seat not in self.pen.lives:
            return
        self.pen.day = held.row.holds_from or self.day
        share = held.share or Decimal(1)
        key: Key = (HOLDER, held.seat, person)
        ends = held.row.holds_to
        others = self.book.holders(held.seat) if held.share is None and ends is None else []
        for other in others:
            if other != person:
                self.pen.cut((HOLDER, held.seat, other), for_good=False)
        self.pen.people[person] = held.name
        now = self.pen.book.on(key, self.pen.day)
        if held.share is not None or now is None:
            self.pen.put(key, share, ends or self.pen.end_of(held.seat))

    def _person(self, held: Held) -> str | None:
        """Who is meant: by staff number, else by a name that one alone bears."""
        if held.staff_no:
            known = self.people.by_number.get(held.staff_no)
            person = known or str(uuid.uuid5(STAFF, f"#{held.staff_no}"))
        else:
            bearers = self.people.by_name.get(held.name, ())
            if len(bearers) > 1:
                self.findings.append(
                    held.row.fault("enlist.name_unclear", "person", count=len(bearers))
                )
                return None
            known = bearers[0] if bearers else None
            person = known or str(uuid.uuid5(STAFF, held.name))
        if known is None:
            self.fresh[person] = (held.name, held.staff_no)
        return person


def _number(row: Row | None) -> int:
    return row.number if row else 0


def compared(
    book: Book,
    proposal: Proposal,
    tree: str,
    day: date,
    people: People,
    progress: Progress = silent,
) -> Comparison:
    """What the list would change. Raises DataRefused with everything that forbids it."""
    writer = Writer(book, tree, day, people)
    items = proposal.items.values()
    for item in counted(items, len(items), "compare", progress):
        writer.member(item)
    for seat, row in proposal.vacant:
        writer.vacate(seat, row)
    held, doubled = _by_person(proposal)
    for one in held:
        writer.holder(one)
    found = [*proposal.findings, *doubled, *writer.findings, *writer.pen.faults]
    progress("weigh", 0, 0)
    try:
        done = weighed(book, writer.pen.book)
    except DataRefused as refusal:
        raise DataRefused([*found, *_addressed(refusal, proposal)]) from refusal
    if any(one.severity == Severity.ERROR for one in found):
        raise DataRefused(found)
    touched = done.touched & proposal.items.keys()
    new = len(touched - book.lives.keys())
    counts = (new, len(touched) - new, len(proposal.items) - len(touched))
    return Comparison(
        done, *counts, writer.fresh, (*found, *done.told, *_absent(book, proposal, day))
    )


def _by_person(proposal: Proposal) -> tuple[list[Held], list[Finding]]:
    """Holders in order, and those whom only a name tells apart from somebody else."""
    names = Counter(one.name for one in {(h.name, h.row.number): h for h in proposal.held}.values())
    found: list[Finding] = []
    rows: set[int] = set()
    for one in proposal.held:
        if one.row.number not in rows and names[one.name] > 1 and not one.staff_no:
            count = names[one.name]
            found.append(one.row.fault("enlist.namesakes", "person", count=count))
        rows.add(one.row.number)
    found += _two_places(proposal)
    return proposal.held, found


def _two_places(proposal: Proposal) -> list[Finding]:
    """A staff number on two rows in different units, without shares that say so."""
    first: dict[str, Held] = {}
    found = []
    for one in proposal.held:
        other = first.setdefault(one.staff_no, one) if one.staff_no else one
        apart = other.row is not one.row and other.seat != one.seat and one.share is None
        if apart and not _follow(other, one):
            found.append(one.row.fault("enlist.second_place", "staff_no", first=other.row.number))
    return found


def _follow(one: Held, other: Held) -> bool:
    """Whether one of two holdings ends before the other begins."""
    early, late = sorted((one.row, other.row), key=lambda row: str(row.holds_from or ""))
    return bool(early.holds_to and late.holds_from and early.holds_to <= late.holds_from)


def _addressed(refusal: DataRefused, proposal: Proposal) -> list[Finding]:
    """The faults of the book with the row of the list that brought them, where one did."""
    found = []
    for one in refusal.findings:
        code = one.subject.rsplit(" ", 1)[-1]
        item = proposal.items.get(code)
        row = next((row for row, _ in item.rows if row), None) if item else None
        address = row.address("parent") if row else {}
        found.append(replace(one, params={**address, **one.params}))
    return found


def _absent(book: Book, proposal: Proposal, day: date) -> list[Finding]:
    """Members that are open and that the list does not name: they stay."""
    alive = {code for code, life in book.lives.items() if life.span.holds(day)}
    count = len(alive - proposal.items.keys())
    return [info("enlist.absent", str(day), count=count)] if count else []
