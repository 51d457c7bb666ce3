"""Edits that bring layers together: calibrate, reconcile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.allocation.journal.edit import Calibrate, Reconcile
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.planfile.clause import Said
from quotaloom.planfile.number import read_numbers, write_number
from quotaloom.planfile.piece import ALL, word
from quotaloom.planfile.place_text import read_slice, write_slice
from quotaloom.planfile.verb import Verb

if TYPE_CHECKING:
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece
    from quotaloom.planfile.reading import Reading

_NOWHERE: Final = Slice()
_READ_REFERENCE: Final = {"reference": read_slice}


def _say_calibrate(edit: Calibrate, _: Measures) -> Said:
    along = ", ".join(word(one) if one else ALL for one in edit.along)
    options = [("reference", write_slice(edit.reference)), ("along", along)]
    return Said("calibrate", [write_slice(edit.at)], options)


def _read_calibrate(reading: Reading) -> Calibrate:
    return Calibrate(
        reading.about(read_slice, _NOWHERE),
        reading.needed("reference", read_slice, _NOWHERE),
        reading.needed("along", _read_axes, ()),
    )


def _read_axes(piece: Piece) -> tuple[str, ...]:
    """Axes by name; the star is time."""
    return tuple("" if one.text == ALL else one.name() for one in piece.split(","))


def _say_reconcile(edit: Reconcile, _: Measures) -> Said:
    options = [("reference", write_slice(one)) for one in edit.references]
    options.append(("weights", ", ".join(map(write_number, edit.weights))))
    return Said("reconcile", [write_slice(edit.at)], options)


def _read_reconcile(reading: Reading) -> Reconcile:
    at = reading.about(read_slice, _NOWHERE)
    references = reading.every(_READ_REFERENCE, _NOWHERE)
    if not references:
        missing = reading.clause.verb.fault("planfile.option_missing", option="reference")
        reading.findings.append(missing)
    return Reconcile(at, references, reading.option("weights", read_numbers, ()))


VERBS: Final[tuple[Verb[Any], ...]] = (
    Verb(("calibrate",), Calibrate, _read_calibrate, _say_calibrate),
    Verb(("reconcile",), Reconcile, _read_reconcile, _say_reconcile),
)
