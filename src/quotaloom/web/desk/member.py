"""Members of a plan as a page changes them: opened, closed, moved, renamed, split, merged."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.axis import PARTS
from quotaloom.core.allocation.journal.edit import Close, Merge, Move, Open, Rename, Split
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import half_width
from quotaloom.planfile.number import read_day, read_number
from quotaloom.planfile.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.edit import MemberEdit
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.report.pivot import Path
    from quotaloom.web.plans.selectors import Seen

    Asked = Mapping[str, str]
    Verb = Callable[["Asked", "Axis", str], MemberEdit]
TOP: Final = "*"
LONGEST: Final = 200
_SEPARATOR: Final = re.compile("[,，、]")
_MONTH: Final = re.compile("[0-9]{4}-[0-9]{2}")
LACKS: Final = {
    "code": "restructure.lacks_code",
    "name": "restructure.lacks_name",
    "other": "restructure.lacks_other",
    "part": "restructure.lacks_part",
    "parts": "restructure.lacks_parts",
    "day": "restructure.lacks_day",
}
MOST: Final = 100  # members that one may be split into, or that become one


def member_edit(
    asked: Asked, plan: Plan, rows: Sequence[str], node: tuple[Path, Slice]
) -> MemberEdit:
    """The change of the member that a row shows; of the whole, what is opened on top of it.

    ``node`` is the row's path under the order ``rows``, with its slice. Raises UsageRefused and
    DataRefused for what is missing or cannot be read.
    """
    path, at = node
    verb = VERBS.get(asked.get("change", ""))
    if verb is None:
        raise UsageRefused([error("restructure.unknown_verb")])
    depth = max((place for place, text in enumerate(path) if text), default=0)
    axis = next(one for one in plan.axes if rows[depth] in one.levels)
    member = dict(at.members).get(axis.name, "")
    if not member and verb is not _open:
        raise UsageRefused([error("restructure.whole")])
    return verb(asked, axis, member)


def first_open_day(seen: Seen) -> date | None:
    """The first day that is not over, to begin a change with; None where no label tells it."""
    living = seen.figures.living
    if living:
        return next((one.start for one in living.periods[living.elapsed :]), None)
    label = next(one.label for one in seen.pivot.columns if one.is_leaf)
    return date.fromisoformat(f"{label}-01") if _MONTH.fullmatch(label) else None


def _open(asked: Asked, axis: Axis, member: str) -> Open:
    like = _named(asked, "other", axis)
    return Open(axis.name, _told(asked, "code"), member, _text(asked, "name"), _day(asked), like)


def _part(asked: Asked, axis: Axis, member: str) -> Open:
    part = asked.get("part", "")
    if part not in PARTS:
        raise UsageRefused([error(LACKS["part"])])
    return Open(axis.name, f"{member}#{part}", member)


def _close(asked: Asked, axis: Axis, member: str) -> Close:
    return Close(axis.name, member, _day(asked), _named(asked, "other", axis))


def _move(asked: Asked, axis: Axis, member: str) -> Move:
    text = _told(asked, "other")
    parent = "" if text == TOP else axis.find(text)
    return Move(axis.name, member, parent, _day(asked))


def _rename(asked: Asked, axis: Axis, member: str) -> Rename:
    return Rename(axis.name, member, _told(asked, "name"), _day(asked))


def _split(asked: Asked, axis: Axis, member: str) -> Split:
    parts = tuple(map(_one_part, _several(asked.get("parts", "").splitlines())))
    if len(parts) < 2:
        raise UsageRefused([error(LACKS["parts"])])
    return Split(axis.name, member, parts, _day(asked))


def _one_part(line: str) -> tuple[str, str, Fraction]:
    """A line such as ``S-71 | 上海一部 | 60``; without a name the code is the name."""
    cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
    if len(cells) not in (2, 3) or not cells[0] or len(line) > LONGEST:
        raise UsageRefused([error("restructure.part_unreadable", line[:LONGEST])])
    name = cells[1] if len(cells) == 3 else ""
    return cells[0], name, read_number(Piece(half_width(cells[-1])).trimmed())


def _merge(asked: Asked, axis: Axis, member: str) -> Merge:
    told = _several(_SEPARATOR.split(asked.get("other", "")))
    if not told:
        raise UsageRefused([error(LACKS["other"])])
    others = map(axis.find, told)
    members = tuple(dict.fromkeys((member, *others)))
    into = _text(asked, "code") or member
    return Merge(axis.name, members, into, _text(asked, "name"), _day(asked))


def _several(told: Sequence[str]) -> list[str]:
    """Those that say something. Raises UsageRefused for too many."""
    found = [one.strip() for one in told if one.strip()]
    if len(found) > MOST:
        raise UsageRefused([error("restructure.too_many", count=len(found), limit=MOST)])
    return found


def _text(asked: Asked, field: str) -> str:
    """What a field says. Raises UsageRefused for what is too long to be a name."""
    text = asked.get(field, "").strip()
    if len(text) > LONGEST:
        raise UsageRefused([error("restructure.too_long", text[:20], limit=LONGEST)])
    return text


def _told(asked: Asked, field: str) -> str:
    """What must be said. Raises UsageRefused."""
    text = _text(asked, field)
    if not text:
        raise UsageRefused([error(LACKS[field])])
    return text


def _named(asked: Asked, field: str, axis: Axis) -> str:
    """The id of a member that may be named, "" for none."""
    text = _text(asked, field)
    return axis.find(text) if text else ""


def _day(asked: Asked) -> date:
    return read_day(Piece(_told(asked, "day")))


VERBS: Final[dict[str, Verb]] = {
    "open": _open,
    "part": _part,
    "close": _close,
    "move": _move,
    "rename": _rename,
    "split": _split,
    "merge": _merge,
}
