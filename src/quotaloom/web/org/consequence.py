"""What a wish would change, worked out before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.web.org.book import Book, member_of, vacancies
from quotaloom.web.org.faults import SEAT, faults, over_full_people
from quotaloom.web.org.pen import Pen
from quotaloom.web.org.verbs import write

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Key, Spell
    from quotaloom.web.org.pen import Later
    from quotaloom.web.org.wish import Wish


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; None where it is new, or gone."""

    key: Key
    before: Spell | None
    after: Spell | None

    @property
    def member(self) -> str:
        """Whose row it is; the seat of a holder."""
        return member_of(self.key)


@dataclass(frozen=True, slots=True)
class Consequence:
    """The book as it would be, the rows that differ, and what the reader should know."""

    before: Book
    after: Book
    changes: tuple[Change, ...]
    told: tuple[Finding, ...]

    @property
    def touched(self) -> frozenset[str]:
        """The members of which anything differs."""
        lines = {one.member for one in self.changes}
        lives = {*self.before.lives.items()} ^ {*self.after.lives.items()}
        return frozenset(lines | {code for code, _ in lives})


def planned(book: Book, wish: Wish, day: date, later: Later = "refuse") -> Consequence:
    """What the wish would change from ``day`` on. Raises DataRefused with all reasons."""
    pen = Pen(book, day, later)
    write(pen, wish)
    if pen.faults:
        raise DataRefused(pen.faults)
    done = weighed(book, pen.book)
    if not done.changes:
        raise DataRefused([error("arrange.nothing", str(day))])
    return done


def weighed(book: Book, after: Book) -> Consequence:
    """What differs between two books. Raises DataRefused with every fault that is new."""
    done = Consequence(book, after, tuple(_changes(book, after)), ())
    known = {str(one) for one in faults(book, done.touched)}
    wrong = [one for one in faults(after, done.touched) if str(one) not in known]
    if wrong:
        raise DataRefused(wrong)
    return replace(done, told=tuple(_told(done)))


def _changes(before: Book, after: Book) -> list[Change]:
    found = []
    for key in sorted({*before.lines, *after.lines}):
        old = {one.span.start: one for one in before.lines.get(key, ())}
        new = {one.span.start: one for one in after.lines.get(key, ())}
        pairs = [(old.get(day), new.get(day)) for day in sorted({*old, *new})]
        found += [Change(key, one, other) for one, other in pairs if one != other]
    return found


def _told(done: Consequence) -> list[Finding]:
    found: list[Finding] = []
    lives = done.after.lives
    seats = {code for code in done.touched & lives.keys() if lives[code].kind == SEAT}
    for seat in sorted(seats):
        old = vacancies(done.before, seat) if seat in done.before.lives else []
        new = [g for g in vacancies(done.after, seat) if not any(g.within(one) for one in old)]
        labels = [(done.after.label(seat, gap.start), str(gap)) for gap in new]
        found += [info("arrange.vacant", label, span=span) for label, span in labels]
    known, now = over_full_people(done.before), over_full_people(done.after)
    for person in sorted(set(now) - set(known)):
        span, total = now[person]
        name, percent = done.after.people.get(person, person), f"{total * 100:.0f}%"
        found.append(warning("arrange.person_over_full", name, day=str(span.start), total=percent))
    return found
