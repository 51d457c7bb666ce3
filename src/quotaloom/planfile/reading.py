"""A clause read piece by piece: what is wrong is collected, so that all of it is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.planfile.clause import Clause, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece

T = TypeVar("T")


class Reading:
    """One clause on its way to become a value.

    After a fault a stand-in goes on in place of what could not be read, so that the other faults
    are met too; ``close`` then refuses them all, and whatever was built of stand-ins is dropped.
    """

    def __init__(self, clause: Clause, measures: Measures) -> None:
        self.clause = clause
        self.measures = measures
        self.findings: list[Finding] = []
        self._asked: set[str] = set()

    def tried(self, read: Callable[[Piece], T], piece: Piece, stand_in: T) -> T:
        """What the piece says, or the stand-in where it cannot be read."""
        try:
            return read(piece)
        except QuotaLoomError as refused:
            self.findings += [piece.placed(finding) for finding in refused.findings]
            return stand_in

    def about(self, read: Callable[[Piece], T], stand_in: T) -> T:
        """The one thing that the verb is about."""
        things = self.things(read, stand_in)
        if len(things) > 1:
            self.findings.append(self.clause.things[1].fault("planfile.one_thing"))
        return things[0] if things else stand_in

    def things(self, read: Callable[[Piece], T], stand_in: T) -> tuple[T, ...]:
        """All things that the verb is about, at least one."""
        if not self.clause.things:
            self.findings.append(self.clause.verb.fault("planfile.nothing_named"))
        return tuple(self.tried(read, piece, stand_in) for piece in self.clause.things)

    def option(self, key: str, read: Callable[[Piece], T], default: T) -> T:
        """The value of an option that may be left out."""
        found = self._values(key)
        if len(found) > 1:
            self.findings.append(found[1].fault("planfile.option_twice", option=key))
        return self.tried(read, found[0], default) if found else default

    def needed(self, key: str, read: Callable[[Piece], T], stand_in: T) -> T:
        """The value of an option that must be there."""
        if not self._values(key):
            self.findings.append(self.clause.verb.fault("planfile.option_missing", option=key))
        return self.option(key, read, stand_in)

    def every(self, read: Mapping[str, Callable[[Piece], T]], stand_in: T) -> tuple[T, ...]:
        """The values of options that may stand several times, in the order of the lines."""
        self._asked |= set(read)
        return tuple(
            self.tried(read[key.text], value, stand_in)
            for key, value in self.clause.options
            if key.text in read
        )

    def close(self) -> None:
        """Refuse what was found, and the options that nobody asked for."""
        refuse(self.faults())

    def faults(self) -> list[Finding]:
        """What was found, and the options that nobody asked for."""
        known = "、".join(sorted(self._asked))
        unknown = [key for key, _ in self.clause.options if key.text not in self._asked]
        return [
            *self.findings,
            *(key.fault("planfile.option_unknown", known=known) for key in unknown),
        ]

    def _values(self, key: str) -> list[Piece]:
        self._asked.add(key)
        return [value for name, value in self.clause.options if name.text == key]


def one_of(words: tuple[T, ...]) -> Callable[[Piece], T]:
    """Reads one of the given words."""
    known = {str(one): one for one in words}

    def read(piece: Piece) -> T:
        if piece.text not in known:
            raise piece.refused("planfile.word_unknown", known="、".join(known))
        return known[piece.text]

    return read
