"""A slice as text: 区域=EAST & 2027Q1 & booked/issued. A star is the whole plan.

The parts may stand in any order: axis=member, a period on its own, measure/layer. Of the last one
either side may be missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.number import read_amount, write_amount
from quotaloom.planfile.piece import ALL, word

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece


def write_slice(at: Slice) -> str:
    """The slice with its axes by name, then period, then measure and layer."""
    parts = [f"{word(axis)}={word(member)}" for axis, member in at.members]
    parts += [word(at.period)] if at.period else []
    if at.measure or at.layer:
        parts.append("/".join(word(one) if one else "" for one in at.key))
    return " & ".join(parts) or ALL


def read_slice(piece: Piece) -> Slice:
    """The slice that the text names; DataRefused with what is twice or unreadable."""
    if piece.text == ALL:
        return Slice()
    members: dict[str, str] = {}
    others: dict[str, Key] = {}
    for part in piece.split("&"):
        names, kind = _part(part)
        found = members if kind == "member" else others
        key = names[0] if kind == "member" else kind
        if key in found:
            raise part.refused("planfile.named_twice")
        if kind == "member":
            members[key] = names[1]
        else:
            others[kind] = names
    measure, layer = others.get("measure", ("", ""))
    period = others.get("period", ("", ""))[0]
    return Slice(tuple(sorted(members.items())), period, measure, layer)


def _part(part: Piece) -> tuple[Key, str]:
    """The two names of a part and what it is: a member, a measure or a period."""
    sides = part.split("=")
    if len(sides) == 2:
        return (sides[0].name(), sides[1].name()), "member"
    both = part.split("/")
    if len(both) == 2 and len(sides) == 1 and any(side.text for side in both):
        measure, layer = (side.name() if side.text else "" for side in both)
        return (measure, layer), "measure"
    if len(both) > 1 or len(sides) > 1:
        raise part.refused("planfile.part_unreadable")
    return (part.name(), ""), "period"


def measure_of(at: Slice, measures: Measures) -> PlanMeasure:
    """The measure in which a slice's amounts count."""
    found = measures.get(at.measure)
    if found is None:
        known = "、".join(measures)
        raise DataRefused([error("planfile.measure_unknown", at.measure, measures=known)])
    return found


def write_wish(at: Slice, amount: int | None, measures: Measures) -> str:
    """A slice and its amount, if it has one."""
    if amount is None:
        return write_slice(at)
    return f"{write_slice(at)}: {write_amount(amount, measure_of(at, measures))}"


def read_wish(piece: Piece, measures: Measures) -> Wish:
    """A slice and its amount."""
    at, amount = read_aim(piece, measures)
    if amount is None:
        raise piece.refused("planfile.amount_missing")
    return Wish(at, amount)


def read_aim(piece: Piece, measures: Measures) -> tuple[Slice, int | None]:
    """A slice, with or without an amount."""
    at, *rest = piece.split(":")
    if len(rest) > 1:
        raise rest[1].refused("planfile.one_amount")
    place = read_slice(at)
    return place, read_amount(rest[0], measure_of(place, measures)) if rest else None
