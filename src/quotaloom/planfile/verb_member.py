"""Edits of the members of an axis: open, close, move, rename, split, merge."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.allocation.journal.edit import Close, Merge, Move, Open, Rename, Split
from quotaloom.planfile.clause import Said
from quotaloom.planfile.number import read_day, read_number, write_number
from quotaloom.planfile.piece import ALL, read_name, read_names, word
from quotaloom.planfile.verb import Verb

if TYPE_CHECKING:
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece
    from quotaloom.planfile.reading import Reading

_UNREAD: Final = date.min
_Member = tuple[str, str]


def _at(axis: str, *members: str) -> list[str]:
    return [f"{word(axis)}={', '.join(map(word, members))}"]


def _read_member(piece: Piece) -> _Member:
    axis, members = _read_members(piece)
    if len(members) > 1:
        raise piece.refused("planfile.one_member")
    return axis, members[0]


def _read_members(piece: Piece) -> tuple[str, tuple[str, ...]]:
    sides = piece.split("=")
    if len(sides) != 2:
        raise piece.refused("planfile.member_unreadable")
    return sides[0].name(), read_names(sides[1])


def _optional(name: str) -> str:
    return word(name) if name else ""


def _say_open(edit: Open, _: Measures) -> Said:
    options = [
        ("parent", _optional(edit.parent)),
        ("name", _optional(edit.name)),
        ("from", edit.start.isoformat() if edit.start else ""),
        ("like", _optional(edit.like)),
    ]
    return Said("open", _at(edit.axis, edit.member), options)


def _read_open(reading: Reading) -> Open:
    axis, member = reading.about(_read_member, ("", ""))
    return Open(
        axis,
        member,
        reading.option("parent", read_name, ""),
        reading.option("name", read_name, ""),
        reading.option("from", read_day, None),
        reading.option("like", read_name, ""),
    )


def _say_close(edit: Close, _: Measures) -> Said:
    options = [("from", edit.start.isoformat()), ("to", _optional(edit.to))]
    return Said("close", _at(edit.axis, edit.member), options)


def _read_close(reading: Reading) -> Close:
    axis, member = reading.about(_read_member, ("", ""))
    start = reading.needed("from", read_day, _UNREAD)
    return Close(axis, member, start, reading.option("to", read_name, ""))


def _say_move(edit: Move, _: Measures) -> Said:
    parent = _optional(edit.parent) or ALL
    options = [("parent", parent), ("from", edit.start.isoformat())]
    return Said("move", _at(edit.axis, edit.member), options)


def _read_move(reading: Reading) -> Move:
    axis, member = reading.about(_read_member, ("", ""))
    parent = reading.needed("parent", _parent, "")
    return Move(axis, member, parent, reading.needed("from", read_day, _UNREAD))


def _parent(piece: Piece) -> str:
    """A parent's id; the star is the top, where there is none."""
    return "" if piece.text == ALL else piece.name()


def _say_rename(edit: Rename, _: Measures) -> Said:
    options = [("name", word(edit.name)), ("from", edit.start.isoformat())]
    return Said("rename", _at(edit.axis, edit.member), options)


def _read_rename(reading: Reading) -> Rename:
    axis, member = reading.about(_read_member, ("", ""))
    name = reading.needed("name", read_name, "")
    return Rename(axis, member, name, reading.needed("from", read_day, _UNREAD))


def _say_split(edit: Split, _: Measures) -> Said:
    into = [
        " | ".join((word(member), _optional(name), write_number(weight)))
        for member, name, weight in edit.into
    ]
    options = [*(("into", one) for one in into), ("from", edit.start.isoformat())]
    return Said("split", _at(edit.axis, edit.member), options)


def _read_split(reading: Reading) -> Split:
    axis, member = reading.about(_read_member, ("", ""))
    into = reading.every({"into": _share}, ("", "", Fraction(0)))
    if not into:
        reading.findings.append(reading.clause.verb.fault("planfile.option_missing", option="into"))
    return Split(axis, member, into, reading.needed("from", read_day, _UNREAD))


def _share(piece: Piece) -> tuple[str, str, Fraction]:
    """A new member, its name if it has one, and its weight."""
    cells = piece.split("|")
    if len(cells) != 3:
        raise piece.refused("planfile.share_unreadable")
    member, name, weight = cells
    return member.name(), name.name() if name.text else "", read_number(weight)


def _say_merge(edit: Merge, _: Measures) -> Said:
    options = [
        ("into", word(edit.into)),
        ("name", _optional(edit.name)),
        ("from", edit.start.isoformat()),
    ]
    return Said("merge", _at(edit.axis, *edit.members), options)


def _read_merge(reading: Reading) -> Merge:
    unread: tuple[str, tuple[str, ...]] = ("", ())
    axis, members = reading.about(_read_members, unread)
    into = reading.needed("into", read_name, "")
    name = reading.option("name", read_name, "")
    return Merge(axis, members, into, name, reading.needed("from", read_day, _UNREAD))


VERBS: Final[tuple[Verb[Any], ...]] = (
    Verb(("open",), Open, _read_open, _say_open),
    Verb(("close",), Close, _read_close, _say_close),
    Verb(("move",), Move, _read_move, _say_move),
    Verb(("rename",), Rename, _read_rename, _say_rename),
    Verb(("split",), Split, _read_split, _say_split),
    Verb(("merge",), Merge, _read_merge, _say_merge),
)
