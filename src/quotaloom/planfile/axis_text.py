"""An axis of the definition: its levels, and a line for each member in the order of its place.

    axis 组织
      levels: 大区, 岗位
      member: EAST | * | 华东大区
      member: S-7 | EAST, 2027-04-01=NORTH | 王牌岗 | until=2027-10-01

A member's cells: id, parents and names from their days on (a star is the top), then from, until and
part where they are not as usual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.journal.axis import ALWAYS, PARTS, Axis, Member, Part
from quotaloom.planfile.clause import Said
from quotaloom.planfile.number import read_day, read_rate, write_rate
from quotaloom.planfile.piece import ALL, read_name, read_names, word
from quotaloom.planfile.reading import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from fractions import Fraction

    from quotaloom.core.allocation.journal.axis import Dated
    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.piece import Piece
    from quotaloom.planfile.reading import Reading

_NOBODY: Final = Member("", (), ())
_UNBOUNDED: Final[tuple[tuple[str, Fraction], ...]] = ()
_USUAL_PART: Final[Part] = ""


def say_axis(axis: Axis) -> Said:
    """The clause of an axis."""
    levels = ", ".join(map(word, axis.levels))
    members = [("member", _write_member(member)) for member in axis.members]
    over = ", ".join(f"{word(level)}={write_rate(most)}" for level, most in axis.over)
    return Said("axis", [word(axis.name)], [("levels", levels), ("over", over), *members])


def read_axis(reading: Reading) -> Axis:
    """The axis of a clause; a member twice, an unknown parent and a circle are faults."""
    name = reading.about(read_name, "")
    none: tuple[str, ...] = ()
    levels = reading.option("levels", read_names, none)
    over = reading.option("over", _read_over, _UNBOUNDED)
    axis = Axis(name, levels, reading.every({"member": _read_member}, _NOBODY), over)
    reading.findings += _faults(reading, axis)
    return axis


def _read_over(piece: Piece) -> tuple[tuple[str, Fraction], ...]:
    """Levels, each with the most 加码 of its members."""
    return tuple(read_level(one) for one in piece.split(","))


def read_level(piece: Piece) -> tuple[str, Fraction]:
    """A level and a rate: 大区=5%."""
    sides = piece.split("=")
    if len(sides) != 2:
        raise piece.refused("planfile.level_rate_unreadable")
    return sides[0].name(), read_rate(sides[1])


def _write_member(member: Member) -> str:
    cells = [word(member.id), _write_dated(member.parents), _write_dated(member.names)]
    cells += [f"from={member.opened.isoformat()}"] if member.opened != ALWAYS else []
    cells += [f"until={member.closed.isoformat()}"] if member.closed else []
    cells += [f"part={member.part}"] if member.part else []
    return " | ".join(cells)


def _write_dated(values: tuple[Dated, ...]) -> str:
    return ", ".join(
        ("" if day == ALWAYS else f"{day.isoformat()}=") + (word(value) if value else ALL)
        for day, value in values
    )


def _read_member(piece: Piece) -> Member:
    cells = piece.split("|")
    if len(cells) < 3:
        raise piece.refused("planfile.member_line_unreadable")
    days: dict[str, date] = {}
    part = _USUAL_PART
    for cell in cells[3:]:
        key, *value = cell.split("=")
        if len(value) != 1 or key.text in days:
            raise cell.refused("planfile.member_line_unreadable")
        if key.text == "part":
            part = one_of(tuple(PARTS))(value[0])
        else:
            days[one_of(("from", "until", "part"))(key)] = read_day(value[0])
    return Member(
        cells[0].name(),
        _read_dated(cells[1]),
        _read_dated(cells[2]),
        days.get("from", ALWAYS),
        days.get("until"),
        part,
    )


def _read_dated(piece: Piece) -> tuple[Dated, ...]:
    return tuple(_read_from(one) for one in piece.split(","))


def _read_from(piece: Piece) -> Dated:
    """A value and the day from which it holds."""
    *days, value = piece.split("=")
    if len(days) > 1:
        raise piece.refused("planfile.member_line_unreadable")
    day = read_day(days[0]) if days else ALWAYS
    return day, "" if value.text == ALL else value.name()


def _faults(reading: Reading, axis: Axis) -> Iterator[Finding]:
    lines = [value for key, value in reading.clause.options if key.text == "member"]
    known: set[str] = set()
    for line, member in zip(lines, axis.members, strict=True):
        if member.id and member.id in known:
            yield line.fault("planfile.member_twice", member=member.id)
        known.add(member.id)
    if "" in known:  # some line cannot be read: who is missing is not known
        return
    orphans = {
        place: parent
        for place, member in enumerate(axis.members)
        for _, parent in member.parents
        if parent and parent not in known
    }
    for place, parent in orphans.items():
        yield lines[place].fault("planfile.parent_unknown", parent=parent)
    if not orphans and len(known) == len(lines):
        yield from (lines[place].fault("planfile.circle") for place in _circling(axis))


def _circling(axis: Axis) -> list[int]:
    """The first member that stands above itself on some day, if any does."""
    size = len(axis.members)
    for day in (ALWAYS, *axis.turns):
        up = np.append(axis.parents_on(day), -1)  # the top is its own parent, at the end
        for _ in range(size.bit_length()):
            up = up[up]
        found = np.flatnonzero(up[:size] != -1)
        if len(found):
            return [int(found[0])]
    return []
