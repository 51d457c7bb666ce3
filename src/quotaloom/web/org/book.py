"""An axis as pure rows: lives of members, and for each line (parent, name, holder) its spells.

Nothing here knows the database: a verb plans on a book, and a test can write one by hand.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from quotaloom.web.org.span import gaps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from quotaloom.web.org.span import Span

Value = str | tuple[str, str] | Decimal | None  # parent | (name, grade) | share
Key = tuple[str, ...]

PARENT: Final = "parent"  # (PARENT, tree, member): the parent's code, None at the top
NAME: Final = "name"  # (NAME, member): (name, grade)
HOLDER: Final = "holder"  # (HOLDER, seat, person): the share


def member_of(key: Key) -> str:
    """The member whose line it is; the seat of a holder."""
    return key[1] if key[0] == HOLDER else key[-1]


@dataclass(frozen=True, slots=True)
class Spell:
    """What holds for some days."""

    span: Span
    value: Value


@dataclass(frozen=True, slots=True)
class Life:
    """The kind of a member and the days on which it is open."""

    kind: str
    span: Span


@dataclass(frozen=True)
class Book:
    """All members of an axis by code; spells of a line stand by their first day.

    ``people`` gives the name of each person that a line names.
    """

    lives: Mapping[str, Life]
    lines: Mapping[Key, tuple[Spell, ...]]
    people: Mapping[str, str]

    def on(self, key: Key, day: date) -> Spell | None:
        """The first spell of a line that holds on a day."""
        return next((one for one in self.lines.get(key, ()) if one.span.holds(day)), None)

    def trees(self, code: str) -> list[str]:
        """The trees in which a member stands at any time."""
        return sorted({key[1] for key in self.lines if key[0] == PARENT and key[2] == code})

    def holders(self, seat: str) -> list[str]:
        """The people who ever hold a seat."""
        return self._held.get(seat, [])

    @cached_property
    def _held(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(key for key in self.lines if key[0] == HOLDER):
            found[key[1]].append(key[2])
        return found

    def children(self) -> dict[str, list[Key]]:
        """Lines of parents by each parent that they name at any time."""
        found: dict[str, list[Key]] = defaultdict(list)
        edges = {
            (one.value, key)
            for key, spells in self.lines.items()
            if key[0] == PARENT
            for one in spells
        }
        for parent, key in sorted((above, key) for above, key in edges if isinstance(above, str)):
            found[parent].append(key)
        return found

    def label(self, code: str, day: date) -> str:
        """A member as people read it: its name on a day, then its code."""
        spell = self.on((NAME, code), day)
        return f"{spell.value[0]} {code}" if spell and isinstance(spell.value, tuple) else code

    def keys_of(self, code: str) -> Iterator[Key]:
        """The lines of a member: its names, its parents, its holders."""
        for key in self.lines:
            if code == member_of(key):
                yield key


def vacancies(book: Book, seat: str) -> list[Span]:
    """The days of a seat on which nobody holds it."""
    held = [one.span for person in book.holders(seat) for one in book.lines[HOLDER, seat, person]]
    return gaps(book.lives[seat].span, held)


def narrowed(book: Book, codes: Collection[str]) -> Book:
    """The members named and their lines; what stood under another stands at the top."""
    lines: dict[Key, tuple[Spell, ...]] = {}
    for key, spells in book.lines.items():
        if member_of(key) not in codes:
            continue
        cut = key[0] == PARENT
        lines[key] = tuple(
            Spell(one.span, None) if cut and one.value not in codes else one for one in spells
        )
    lives = {code: life for code, life in book.lives.items() if code in codes}
    return Book(lives, lines, book.people)
