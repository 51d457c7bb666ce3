"""The lines of a plan file: a verb with what it is about, and its options under it.

    set
      - 区域=EAST & 2027Q1 & booked/issued: 350000
      - 区域=WEST & 2027Q1 & booked/issued: 50000
      method: by_weights, add

One thing alone stands behind the verb. Lines that begin with # and empty ones say nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.core.model.findings import Finding

_VERB: Final = re.compile(r"([a-z_]+)(?:[ \t\u3000]+(.*))?")
_OPTION: Final = re.compile(r"([a-z0-9_]+)[ \t]*[:：][ \t]*(.*)")
_ITEM: Final = "- "


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb, the things that it is about, and its options (key, value) in their order."""

    verb: Piece
    things: tuple[Piece, ...]
    options: tuple[tuple[Piece, Piece], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a verb is to say: its things and its options; an option without a value is left out."""

    verb: str
    things: Sequence[str] = ()
    options: Sequence[tuple[str, str]] = ()

    def __str__(self) -> str:
        alone = f" {self.things[0]}" if len(self.things) == 1 else ""
        items = () if alone else self.things
        lines = [self.verb + alone, *(f"  {_ITEM}{item}" for item in items)]
        lines += [f"  {key}: {value}" for key, value in self.options if value]
        return "\n".join(lines) + "\n"


def read_clauses(
    text: str, *, file: str = "", row: int = 1
) -> tuple[tuple[Clause, ...], tuple[Finding, ...]]:
    """The clauses of a text, and a finding for each line that is none."""
    clauses: list[Clause] = []
    findings: list[Finding] = []
    block: list[Piece] = []
    for piece in _lines(text.removeprefix("\ufeff"), file, row):
        if block and piece.text[0] not in " \t\u3000":
            clauses += _clause(block, findings)
            block = []
        block.append(piece)
    clauses += _clause(block, findings) if block else ()
    return tuple(clauses), tuple(findings)


def refuse(findings: Iterable[Finding]) -> None:
    """Raise DataRefused with the findings, if there are any."""
    if found := tuple(findings):
        raise DataRefused(found)


def _lines(text: str, file: str, row: int) -> Iterable[Piece]:
    for number, line in enumerate(text.split("\n"), start=row):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            yield Piece(line.rstrip("\r"), number, 1, file)


def _clause(block: list[Piece], findings: list[Finding]) -> tuple[Clause, ...]:
    """One clause of a verb line and the lines under it; none where the verb line is none."""
    head, *rest = block
    match = _VERB.fullmatch(head.text.rstrip())
    if not match:
        findings.append(head.trimmed().fault("planfile.line_unreadable"))
        return ()
    verb = Piece(match[1], head.row, 1, head.file)
    about = Piece(match[2] or "", head.row, match.start(2) + 1, head.file)
    things = [about.trimmed()] if match[2] else []
    options = []
    for line in map(Piece.trimmed, rest):
        if line.text.startswith(_ITEM):
            things.append(line.dropped(len(_ITEM)))
        elif found := _OPTION.fullmatch(line.text):
            key = Piece(found[1], line.row, line.column, line.file)
            start = line.column + found.start(2)
            options.append((key, Piece(found[2], line.row, start, line.file)))
        else:
            findings.append(line.fault("planfile.line_unreadable"))
    return (Clause(verb, tuple(things), tuple(options)),)
