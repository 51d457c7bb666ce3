"""Edits that move figures: set, spread, scale, fix, bound."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, get_args

from quotaloom.core.allocation.journal.edit import BoundEdit, Fix, Keep, Scale, Set, Spread, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.planfile.clause import Said
from quotaloom.planfile.method_text import read_method, write_method
from quotaloom.planfile.number import read_amount, read_rate, write_amount, write_rate
from quotaloom.planfile.piece import read_name, word
from quotaloom.planfile.place_text import (
    measure_of,
    read_aim,
    read_slice,
    read_wish,
    write_slice,
    write_wish,
)
from quotaloom.planfile.reading import one_of
from quotaloom.planfile.verb import Verb

if TYPE_CHECKING:
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece
    from quotaloom.planfile.reading import Reading

_NOWHERE: Final = Slice()
_SIGNS: Final = {">=": ">=", "≥": ">=", "<=": "<=", "≤": "<="}
_USUAL_KEEP: Final[Keep] = "roll_up"
_READ_EXCLUDE: Final = {"exclude": read_slice}


def _say_set(edit: Set, measures: Measures) -> Said:
    options = write_method(edit.method, edit.wishes[0].at, measures)
    options.append(("keep", "" if edit.keep == _USUAL_KEEP else edit.keep))
    options.append(("along", word(edit.along) if edit.along else ""))
    options += [("exclude", write_slice(one)) for one in edit.exclude]
    return Said("set", _wishes(edit.wishes, measures), options)


def _read_set(reading: Reading) -> Set:
    wishes = _read_wishes(reading)
    return Set(
        wishes,
        read_method(reading, wishes[0].at if wishes else _NOWHERE),
        reading.option("keep", one_of(get_args(Keep)), _USUAL_KEEP),
        reading.option("along", read_name, ""),
        reading.every(_READ_EXCLUDE, _NOWHERE),
    )


def _say_spread(edit: Spread, measures: Measures) -> Said:
    options = write_method(edit.method, edit.at, measures)
    options += [("exclude", write_slice(one)) for one in edit.exclude]
    return Said("spread", [write_wish(edit.at, edit.amount, measures)], options)


def _read_spread(reading: Reading) -> Spread:
    unread: tuple[Slice, int | None] = (_NOWHERE, None)
    at, amount = reading.about(lambda piece: read_aim(piece, reading.measures), unread)
    method = read_method(reading, at)
    return Spread(at, method, amount, reading.every(_READ_EXCLUDE, _NOWHERE))


def _say_scale(edit: Scale, _: Measures) -> Said:
    return Said("scale", [f"{write_slice(edit.at)}: {write_rate(edit.rate)}"])


def _read_scale(reading: Reading) -> Scale:
    return reading.about(_scaled, Scale(_NOWHERE, Fraction(0)))


def _scaled(piece: Piece) -> Scale:
    parts = piece.split(":")
    if len(parts) != 2:
        raise piece.refused("planfile.rate_missing")
    return Scale(read_slice(parts[0]), read_rate(parts[1]))


def _say_fix(edit: Fix, measures: Measures) -> Said:
    within = "" if edit.within is None else write_slice(edit.within)
    return Said("fix", _wishes(edit.wishes, measures), [("within", within)])


def _read_fix(reading: Reading) -> Fix:
    return Fix(_read_wishes(reading), reading.option("within", read_slice, None))


def _say_bound(edit: BoundEdit, measures: Measures) -> Said:
    ends = [(">=", edit.low), ("<=", edit.high)]
    said = [
        f"{sign} {write_amount(amount, measure_of(edit.at, measures))}"
        for sign, amount in ends
        if amount is not None
    ]
    at = write_slice(edit.at)
    return Said("bound", [f"{at}: {' & '.join(said)}" if said else at])


def _read_bound(reading: Reading) -> BoundEdit:
    stand_in = BoundEdit(_NOWHERE, None, None)
    return reading.about(lambda piece: _bounded(piece, reading.measures), stand_in)


def _bounded(piece: Piece, measures: Measures) -> BoundEdit:
    """A slice and one or both ends of what its sum may be."""
    at, *rest = piece.split(":")
    if len(rest) > 1:
        raise rest[1].refused("planfile.one_amount")
    place = read_slice(at)
    ends: dict[str, int] = {}
    for end in rest[0].split("&") if rest else ():
        sign = _SIGNS.get(end.text[:2]) or _SIGNS.get(end.text[:1])
        if sign is None or sign in ends:
            raise end.refused("planfile.bound_unreadable")
        amount = end.dropped(2 if end.text[:2] in _SIGNS else 1)
        ends[sign] = read_amount(amount, measure_of(place, measures))
    return BoundEdit(place, ends.get(">="), ends.get("<="))


def _wishes(wishes: tuple[Wish, ...], measures: Measures) -> list[str]:
    return [write_wish(wish.at, wish.amount, measures) for wish in wishes]


def _read_wishes(reading: Reading) -> tuple[Wish, ...]:
    return reading.things(lambda piece: read_wish(piece, reading.measures), Wish(_NOWHERE, 0))


VERBS: Final[tuple[Verb[Any], ...]] = (
    Verb(("set",), Set, _read_set, _say_set),
    Verb(("spread",), Spread, _read_spread, _say_spread),
    Verb(("scale",), Scale, _read_scale, _say_scale),
    Verb(("fix",), Fix, _read_fix, _say_fix),
    Verb(("bound",), BoundEdit, _read_bound, _say_bound),
)
