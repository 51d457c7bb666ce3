"""A record of the journal: an edit, who made it and when, and what proves it.

edit 12
  by: p-0007
  at: 2027-01-05T03:12:44Z
  seen: 11
set 区域=EAST & 2027Q1 & booked/issued: 350000
proof
  method: proportional@1
  …
  sha256: 6e5c…
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import GRAMMAR
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.chain import link, sealed
from quotaloom.planfile.clause import Said, read_clauses, refuse
from quotaloom.planfile.digest import ALGORITHM
from quotaloom.planfile.grammar import read_edit, write_edit
from quotaloom.planfile.number import read_count, read_digest, read_grammar
from quotaloom.planfile.piece import read_name, word
from quotaloom.planfile.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.planfile.clause import Clause
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece

_UNREAD: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """One edit as the journal keeps it.

    ``author`` is an opaque id, ``time`` is UTC, ``seen`` the position that the author saw.
    ``reason`` names a text beside the chain, "" where there is none. ``batch`` is the number of the
    first of several edits that were written as one, 0 for an edit of its own; ``origin`` the hash
    of the record of a branch that this one brought back. ``method`` is the identifier
    with its version (rake@1). ``inputs`` and ``cells`` are digests of what the edit read and left,
    ``stored`` names a cell delta that replay takes instead of computing. ``previous`` is the hash
    of the record before.
    """

    seq: int
    author: str
    time: datetime
    seen: int
    edit: Edit
    previous: str
    reason: str = ""
    batch: int = 0
    origin: str = ""
    method: str = ""
    inputs: str = ""
    cells: str = ""
    stored: str = ""
    grammar: int = GRAMMAR
    algorithm: str = ALGORITHM


def write_record(record: Record, measures: Measures) -> str:
    """The canonical text of a record with its seal, of whole lines."""
    head = Said(
        "edit",
        [str(record.seq)],
        [
            ("by", word(record.author)),
            ("at", record.time.astimezone(UTC).isoformat().replace("+00:00", "Z")),
            ("seen", str(record.seen)),
            ("reason", record.reason),
            ("batch", str(record.batch) if record.batch else ""),
            ("origin", record.origin),
        ],
    )
    proof = Said(
        "proof",
        (),
        [
            ("grammar", str(record.grammar)),
            ("method", record.method),
            ("inputs", record.inputs),
            ("cells", record.cells),
            ("stored", record.stored),
            ("previous", record.previous),
        ],
    )
    return sealed(f"{head}{write_edit(record.edit, measures)}{proof}", record.algorithm)


def read_record(text: str, measures: Measures, *, file: str = "", row: int = 1) -> Record:
    """The record of a text. Raises DataRefused where its seal is broken or it cannot be read.

    That it follows the record before is the chain's to say, not this one's.
    """
    if link(text) is None:
        raise DataRefused([error("planfile.record_changed", _claimed(text))])
    clauses, findings = read_clauses(text, file=file, row=row)
    refuse(findings)
    if [clause.verb.text for clause in (*clauses[:1], *clauses[2:])] != ["edit", "proof"]:
        raise clauses[0].verb.refused("planfile.record_unreadable")
    return _record(clauses, measures)


def _record(clauses: Sequence[Clause], measures: Measures) -> Record:
    head, proof = Reading(clauses[0], measures), Reading(clauses[2], measures)
    grammar = proof.needed("grammar", read_grammar, GRAMMAR)
    record = Record(
        seq=head.about(read_count, 0),
        author=head.needed("by", read_name, ""),
        time=head.needed("at", _read_time, _UNREAD),
        seen=head.needed("seen", read_count, 0),
        reason=head.option("reason", read_digest, ""),
        batch=head.option("batch", read_count, 0),
        origin=head.option("origin", read_digest, ""),
        edit=read_edit(clauses[1], measures),
        grammar=grammar,
        method=proof.option("method", _text, ""),
        inputs=proof.option("inputs", read_digest, ""),
        cells=proof.option("cells", read_digest, ""),
        stored=proof.option("stored", read_digest, ""),
        previous=proof.needed("previous", read_digest, ""),
        algorithm=clauses[2].options[-1][0].text,
    )
    proof.option(record.algorithm, read_digest, "")
    head.close()
    proof.close()
    return record


def _text(piece: Piece) -> str:
    return piece.text


def _read_time(piece: Piece) -> datetime:
    """An instant in UTC, with a Z at its end."""
    try:
        found = datetime.fromisoformat(piece.text)
    except ValueError:
        raise piece.refused("planfile.time_unreadable") from None
    if found.tzinfo is None or found.utcoffset():
        raise piece.refused("planfile.time_unreadable")
    return found


def _claimed(text: str) -> str:
    """The number that a broken record claims to have."""
    return text.partition("\n")[0].removeprefix("edit ")[:20]
