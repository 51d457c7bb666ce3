"""Writing on a copy of a book from a day on; the days before stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.findings import error
from quotaloom.web.org.book import NAME, Book, Life, Spell
from quotaloom.web.org.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Key, Value

Later = Literal["refuse", "keep", "replace"]


class Pen:
    """Writes on a copy of a book from a day on, and collects why it may not."""

    def __init__(self, book: Book, day: date, later: Later) -> None:
        self.day, self.later = day, later
        self.lives, self.lines = dict(book.lives), dict(book.lines)
        self.people = dict(book.people)
        self.faults: list[Finding] = []

    @property
    def book(self) -> Book:
        """The book as it is written so far."""
        return Book(self.lives, self.lines, self.people)

    def refuse(self, finding: Finding) -> None:
        """Note a reason."""
        self.faults.append(finding)

    def label(self, code: str) -> str:
        """A member as people read it."""
        return self.book.label(code, self.day)

    def is_open(self, code: str) -> bool:
        """Whether the member is open on the day; notes it where it is not."""
        life = self.lives.get(code)
        if life and life.span.holds(self.day):
            return True
        self.refuse(error("arrange.not_open", self.label(code), day=str(self.day)))
        return False

    def end_of(self, code: str) -> date | None:
        """Where the life of a member ends."""
        return self.lives[code].span.end

    def put(self, key: Key, value: Value, end: date | None) -> None:
        """From the day on the line says ``value``, until ``end``."""
        spells = self.lines.get(key, ())
        runs = self.book.on(key, self.day)
        future = [one for one in spells if one.span.start > self.day]
        if runs and runs.value == value and not (future and self.later == "replace"):
            return
        if future and self.later == "keep":
            end = future[0].span.start
        if self.later == "replace":
            future = []
        start = self.day
        if runs and runs.value == value:
            start = runs.span.start
        new = Spell(Span(start, end), value)
        self._keep(key, [*cut_before(spells, start), new, *future])

    def cut(self, key: Key, *, for_good: bool = True) -> None:
        """From the day on the line says nothing; else until its next spell begins."""
        spells = self.lines.get(key, ())
        future = [] if for_good else [one for one in spells if one.span.start > self.day]
        self._keep(key, [*cut_before(spells, self.day), *future])

    def grade(self, code: str) -> str:
        """The grade of a member on the day."""
        spell = self.book.on((NAME, code), self.day)
        return spell.value[1] if spell and isinstance(spell.value, tuple) else ""

    def _keep(self, key: Key, spells: list[Spell]) -> None:
        kept = tuple(sorted(spells, key=lambda one: one.span.start))
        if kept:
            self.lines[key] = kept
        else:
            self.lines.pop(key, None)

    def hand_over(self, key: Key, old: str, new: str) -> None:
        """From the day on a line of parents says ``new`` wherever it said ``old``."""
        kept: list[Spell] = []
        for one in self.lines[key]:
            if one.value != old or not one.span.meets(Span(self.day)):
                kept.append(one)
                continue
            kept += cut_before((one,), self.day)
            kept.append(Spell(Span(max(one.span.start, self.day), one.span.end), new))
        self._keep(key, kept)

    def below(self, code: str) -> list[Key]:
        """Lines that stand under a member on the day or later."""
        rows = self.book.children().get(code, [])
        open_end = Span(self.day)
        return sorted(
            key
            for key in rows
            if any(s.value == code and s.span.meets(open_end) for s in self.lines.get(key, ()))
        )

    def end_life(self, code: str) -> None:
        """The member ends on the day, with all its lines."""
        life = self.lives[code]
        if life.span.start >= self.day:
            opened = str(life.span.start)
            self.refuse(error("arrange.closes_too_early", self.label(code), opened=opened))
            return
        self.lives[code] = Life(life.kind, Span(life.span.start, self.day))
        for key in list(self.book.keys_of(code)):
            self.cut(key)


def cut_before(spells: Iterable[Spell], day: date) -> list[Spell]:
    """The spells as far as they lie before a day."""
    spells = tuple(spells)
    ends_by = [one for one in spells if one.span.end is not None and one.span.end <= day]
    running = [one for one in spells if one.span.start < day and one not in ends_by]
    return ends_by + [Spell(Span(one.span.start, day), one.value) for one in running]
