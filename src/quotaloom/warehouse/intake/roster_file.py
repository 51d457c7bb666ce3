"""Rosters: who leaves, who takes over and who or what is new next year, from a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, warning
from quotaloom.core.model.names import nearest_names
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.aliases import ROSTER, plain
from quotaloom.warehouse.intake.date_text import Day, Habits, read_day
from quotaloom.warehouse.intake.named_table import Line, NamedTable, read_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from fractions import Fraction
    from pathlib import Path

    from quotaloom.warehouse.intake.raw_table import RawOptions

Action = Literal["leave", "succeed", "open"]

_WORDS: Final[dict[Action, str]] = {
    "leave": "离职|离岗|离任|调离|调出|退休|停产|停售|下架|退市|撤销|撤岗|关闭|终止"
    "|leave|leaves|leaver|left|discontinue|discontinued|end of life|eol|close|closed|stop",
    "succeed": "接替|接任|继任|接手|替换|替代|转交|交接|succeed|succeeds|successor|replace"
    "|replaced|hand over|takeover",
    "open": "新增|入职|到岗|上市|新品|新品上市|新设|增编|新开|open|opened|new|join|joins"
    "|launch|launched|hire|new hire",
}
_ACTIONS: Final[dict[str, Action]] = {
    plain(word): action for action, words in _WORDS.items() for word in words.split("|")
}
_STEPS: Final = re.compile(r"[,，;；、/|→>~\-—\s]+")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster; ``row`` is where it stands in the file.

    ``leave``: the member ends on ``start`` (or ``end``; None: before the year). ``succeed``: what
    the member would get from ``start`` on goes to ``successor``. ``open``: a new member, shaped
    ``like`` another (None: like the median of its peers), with a share a month in ``ramp``.
    Dates are ``[start, end)``.
    """

    dimension: str
    member: str
    action: Action
    successor: str | None
    like: str | None
    ramp: tuple[Fraction, ...]
    start: date | None
    end: date | None
    row: int


def read_roster(
    path: Path, known: Mapping[str, Collection[str]], options: RawOptions | None = None
) -> tuple[tuple[RosterRow, ...], tuple[Finding, ...]]:
    """Read a roster, in the order of its rows. ``known`` holds the members of each dimension.

    A leaver whose successor is named is succeeded. Raises DataRefused with all faults at once; an
    unknown member or pattern names its three nearest. An unknown successor is a new name and said.
    """
    required = {"member", "action"} | ({"dimension"} if len(known) > 1 else set())
    named = read_named(path, options, ROSTER, required)
    faults: list[Finding] = []
    rows = [row for line in named.lines() if (row := _row(line, known, faults)) is not None]
    faults += _doubles(rows, named)
    if faults:
        raise DataRefused(faults)
    return tuple(rows), (*named.table.findings, *_told(rows, known))


def _row(
    line: Line, known: Mapping[str, Collection[str]], faults: list[Finding]
) -> RosterRow | None:
    """The row of a line, or None with what is wrong with it added to the faults."""
    if not any(line.cells.values()):
        return None
    before = len(faults)
    dimension = _dimension(line, known, faults)
    action = _ACTIONS.get(plain(line.cells["action"]))
    if action is None:
        faults.append(line.fault("roster.unknown_action", "action"))
    if action == "leave" and line.cells.get("successor"):
        action = "succeed"
    if action == "succeed" and not line.cells.get("successor"):
        faults.append(line.fault("roster.successor_missing", "successor"))
    start, end = _day(line, "from", faults), _day(line, "to", faults)
    if start and end and start >= end:
        faults.append(line.fault("roster.empty_interval", "to"))
    ramp = _ramp(line, faults)
    if dimension and action:
        _check_members(line, action, known[dimension], faults)
    if len(faults) > before or dimension is None or action is None:
        return None
    member, successor, like = (line.cells.get(role, "") for role in ("member", "successor", "like"))
    return RosterRow(
        dimension, member, action, successor or None, like or None, ramp, start, end, line.row
    )


def _dimension(
    line: Line, known: Mapping[str, Collection[str]], faults: list[Finding]
) -> str | None:
    """The dimension that the line names; the only one there is where it names none."""
    said = line.cells.get("dimension", "")
    hits = [name for name in known if name == said] or [n for n in known if plain(n) == plain(said)]
    if not said and len(known) == 1:
        return next(iter(known))
    if len(hits) == 1:
        return hits[0]
    faults.append(line.fault("roster.unknown_dimension", "dimension", known=", ".join(known)))
    return None


def _check_members(
    line: Line, action: Action, known: Collection[str], faults: list[Finding]
) -> None:
    """The members that a line names must be there, but for a new one and a successor."""
    if not line.cells["member"]:
        faults.append(line.fault("roster.member_blank", "member"))
        return
    roles = ["member"] if action != "open" else []
    roles += ["like"] if line.cells.get("like") else []
    for role in roles:
        if line.cells[role] not in known:
            nearest = ", ".join(nearest_names(line.cells[role], known))
            faults.append(line.fault("roster.unknown_member", role, nearest=nearest))
    if line.cells.get("successor") == line.cells["member"]:
        faults.append(line.fault("roster.own_successor", "successor"))


def _day(line: Line, role: str, faults: list[Finding]) -> date | None:
    text = line.cells.get(role, "")
    if not text:
        return None
    found = read_day(text, Habits(FiscalCalendar()))
    if isinstance(found, Day):
        return found.day
    code = "roster.date_ambiguous" if found == "intake.date_ambiguous" else found
    faults.append(line.fault(code, role))
    return None


def _ramp(line: Line, faults: list[Finding]) -> tuple[Fraction, ...]:
    """Shares by month since the start: 30%,60%,100%, or 0.3;0.6;1. Blank: whole at once."""
    text = line.cells.get("ramp", "")
    if not text:
        return ()
    parts = [part for part in _STEPS.split(text.replace("％", "%")) if part]
    read = [read_amount(part.removesuffix("%")) for part in parts]
    values = [amount.value for amount in read if isinstance(amount, Amount) and not amount.unit]
    if len(values) < len(parts) or not parts:
        faults.append(line.fault("roster.ramp_unreadable", "ramp"))
        return ()
    if "%" in text or max(values) > 1:
        values = [value / 100 for value in values]
    if not all(0 <= value <= 1 for value in values) or not any(values):
        faults.append(line.fault("roster.ramp_out_of_range", "ramp"))
    return tuple(values)


def _doubles(rows: Iterable[RosterRow], named: NamedTable) -> list[Finding]:
    """A member that leaves or opens twice is refused with both rows."""
    seen: dict[tuple[str, str, bool], int] = {}
    found = []
    for row in rows:
        key = (row.dimension, row.member, row.action == "open")
        if key in seen:
            line = Line(named.table, named.headers, row.row, {"member": row.member})
            found.append(line.fault("roster.member_twice", "member", first=seen[key]))
        seen.setdefault(key, row.row)
    return found


def _told(rows: Iterable[RosterRow], known: Mapping[str, Collection[str]]) -> list[Finding]:
    """New members that are there already, and successors that nobody knows yet."""
    rows = list(rows)
    opened = {(row.dimension, row.member) for row in rows if row.action == "open"}
    found = []
    for row in rows:
        names = known[row.dimension]
        if row.action == "open" and row.member in names:
            found.append(warning("roster.already_there", row.member, row=row.row))
        heir = row.successor
        if heir and heir not in names and (row.dimension, heir) not in opened:
            nearest = ", ".join(nearest_names(heir, names))
            found.append(warning("roster.successor_new", heir, row=row.row, nearest=nearest))
    return found
