"""What was written at once, kept so that it can be taken back while nobody has built on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.org.book import HOLDER, NAME, PARENT, Book, Life, Spell, member_of
from quotaloom.web.org.consequence import weighed
from quotaloom.web.org.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Key, Value
    from quotaloom.web.org.consequence import Consequence

Line = tuple[Spell, ...]
CHANGED = {
    PARENT: "retract.parent_changed",
    NAME: "retract.name_changed",
    HOLDER: "retract.holder_changed",
}


@dataclass(frozen=True)
class Written:
    """Whole lines and lives before and after, of one axis, and the ids of people who were new."""

    lines: Mapping[Key, tuple[Line, Line]]
    lives: Mapping[str, tuple[Life | None, Life | None]]
    people: frozenset[str] = frozenset()

    @cached_property
    def opened(self) -> frozenset[str]:
        """The members that were not there before."""
        return frozenset(code for code, (before, _) in self.lives.items() if before is None)


def written(done: Consequence, people: Iterable[str] = ()) -> Written:
    """What a consequence writes."""
    old, new = done.before, done.after
    keys = dict.fromkeys(one.key for one in done.changes)
    lines = {key: (old.lines.get(key, ()), new.lines.get(key, ())) for key in keys}
    pairs = {code: (old.lives.get(code), new.lives.get(code)) for code in sorted(done.touched)}
    lives = {code: (before, after) for code, (before, after) in pairs.items() if before != after}
    return Written(lines, lives, frozenset(people))


def taken_back(book: Book, told: Written) -> Consequence:
    """The book as it was before.

    Raises DataRefused naming all that was changed since, all that stands on it now, and every
    rule that would be broken.
    """
    found = [*_changed(book, told), *_built_on(book, told)]
    if found:
        raise DataRefused(found)
    lives = {code: life for code, life in book.lives.items() if code not in told.lives}
    lives |= {code: before for code, (before, _) in told.lives.items() if before}
    lines = {key: line for key, line in book.lines.items() if key not in told.lines}
    lines |= {key: before for key, (before, _) in told.lines.items() if before}
    return weighed(book, Book(lives, lines, book.people))


def _changed(book: Book, told: Written) -> Iterator[Finding]:
    """Lines and lives that are no longer as they were written."""
    for code, (_, life) in told.lives.items():
        if book.lives.get(code) != life:
            yield error("retract.life_changed", _label(book, code))
    for key, (_, after) in told.lines.items():
        if book.lines.get(key, ()) != after:
            yield error(CHANGED[key[0]], _label(book, member_of(key)), **_who(book, key))


def _who(book: Book, key: Key) -> dict[str, str]:
    return {"person": book.people.get(key[2], key[2])} if key[0] == HOLDER else {}


def _built_on(book: Book, told: Written) -> Iterator[Finding]:
    """Lines written since that name a member or a person who would be gone."""
    for key in sorted(book.lines.keys() - told.lines.keys()):
        code = member_of(key)
        if code in told.opened:
            yield error(CHANGED[key[0]], _label(book, code), **_who(book, key))
        elif key[0] == HOLDER and key[2] in told.people:
            yield error("retract.person_used", book.people[key[2]], seat=_label(book, code))
        elif key[0] == PARENT:
            yield from _below(book, key, told.opened)


def _below(book: Book, key: Key, opened: frozenset[str]) -> list[Finding]:
    """Units that would be gone and that a member was put under since."""
    above = {str(one.value) for one in book.lines[key]} & opened
    member = _label(book, key[2])
    return [error("retract.built_on", _label(book, one), member=member) for one in sorted(above)]


def _label(book: Book, code: str) -> str:
    life = book.lives.get(code)
    return book.label(code, life.span.start) if life else code


def as_json(told: Written) -> dict[str, Any]:
    """For a column of the database."""
    lines = [[list(key), *map(_plain_line, both)] for key, both in told.lines.items()]
    lives = [[code, *map(_plain_life, both)] for code, both in told.lives.items()]
    return {"lines": lines, "lives": lives, "people": sorted(told.people)}


def from_json(kept: Mapping[str, Any]) -> Written:
    """As it was given to ``as_json``."""
    lines = {
        tuple(key): (_line(key[0], before), _line(key[0], after))
        for key, before, after in kept["lines"]
    }
    lives = {code: (_life(before), _life(after)) for code, before, after in kept["lives"]}
    return Written(lines, lives, frozenset(kept["people"]))


def _plain_days(span: Span) -> list[str | None]:
    return [str(span.start), str(span.end) if span.end else None]


def _plain_line(line: Line) -> list[list[Any]]:
    return [
        [*_plain_days(one.span), str(one.value) if isinstance(one.value, Decimal) else one.value]
        for one in line
    ]


def _plain_life(life: Life | None) -> list[Any] | None:
    return [*_plain_days(life.span), life.kind] if life else None


def _span(start: str, end: str | None) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end) if end else None)


def _line(sort: str, kept: list[list[Any]]) -> Line:
    return tuple(Spell(_span(start, end), _value(sort, value)) for start, end, value in kept)


def _value(sort: str, kept: Any) -> Value:  # noqa: ANN401 - JSON
    if sort == HOLDER:
        return Decimal(kept)
    return (kept[0], kept[1]) if sort == NAME else kept


def _life(kept: list[Any] | None) -> Life | None:
    return Life(kept[2], _span(kept[0], kept[1])) if kept else None
