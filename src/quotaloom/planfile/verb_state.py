"""Edits that move no figure: hold, release, note, reviews, elapse, edition; and revert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from quotaloom.core.allocation.journal.edit import (
    EditionEdit,
    Elapse,
    HoldEdit,
    Note,
    Release,
    Revert,
    Review,
)
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import HoldKind
from quotaloom.planfile.clause import Said
from quotaloom.planfile.number import read_count, read_day, read_digest
from quotaloom.planfile.piece import read_name, word
from quotaloom.planfile.place_text import read_slice, write_slice
from quotaloom.planfile.reading import one_of
from quotaloom.planfile.verb import Verb

if TYPE_CHECKING:
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.reading import Reading

_NOWHERE: Final = Slice()
_CELLS: Final[HoldKind] = "cells"
_STEPS: Final[tuple[Literal["submit", "accept", "return"], ...]] = ("submit", "accept", "return")


def _say_hold(edit: HoldEdit, _: Measures) -> Said:
    options = [
        ("kind", "" if edit.kind == _CELLS else edit.kind),
        ("owner", word(edit.owner) if edit.owner else ""),
        ("until", edit.until.isoformat() if edit.until else ""),
    ]
    return Said("hold", [write_slice(edit.at)], options)


def _read_hold(reading: Reading) -> HoldEdit:
    return HoldEdit(
        reading.about(read_slice, _NOWHERE),
        reading.option("kind", one_of(get_args(HoldKind)), _CELLS),
        reading.option("owner", read_name, ""),
        reading.option("until", read_day, None),
    )


def _say_note(edit: Note, _: Measures) -> Said:
    return Said("note", [write_slice(edit.at)], [("text", edit.digest)])


def _read_note(reading: Reading) -> Note:
    at = reading.about(read_slice, _NOWHERE)
    return Note(at, reading.needed("text", read_digest, ""))


def _say_review(edit: Review, _: Measures) -> Said:
    return Said(edit.step, [write_slice(edit.at)])


def _read_review(reading: Reading) -> Review:
    return Review(reading.about(read_slice, _NOWHERE), one_of(_STEPS)(reading.clause.verb))


def _say_release(edit: Release, _: Measures) -> Said:
    return Said("release", [str(edit.seq)])


def _read_release(reading: Reading) -> Release:
    return Release(reading.about(read_count, 0))


def _say_elapse(edit: Elapse, _: Measures) -> Said:
    return Said("elapse", [word(edit.period)])


def _read_elapse(reading: Reading) -> Elapse:
    return Elapse(reading.about(read_name, ""))


def _say_edition(edit: EditionEdit, _: Measures) -> Said:
    options = [("from", word(edit.period)), ("digest", edit.digest)]
    return Said("edition", [str(edit.number)], options)


def _read_edition(reading: Reading) -> EditionEdit:
    return EditionEdit(
        reading.about(read_count, 0),
        reading.needed("from", read_name, ""),
        reading.needed("digest", read_digest, ""),
    )


def _say_revert(edit: Revert, _: Measures) -> Said:
    return Said("revert", [str(edit.seq)])


def _read_revert(reading: Reading) -> Revert:
    return Revert(reading.about(read_count, 0))


VERBS: Final[tuple[Verb[Any], ...]] = (
    Verb(("hold",), HoldEdit, _read_hold, _say_hold),
    Verb(("release",), Release, _read_release, _say_release),
    Verb(("note",), Note, _read_note, _say_note),
    Verb(_STEPS, Review, _read_review, _say_review),
    Verb(("elapse",), Elapse, _read_elapse, _say_elapse),
    Verb(("edition",), EditionEdit, _read_edition, _say_edition),
    Verb(("revert",), Revert, _read_revert, _say_revert),
)
