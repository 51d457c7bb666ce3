"""Who is there next year: leavers, successors and new members carry their part of the weights.

A leaver's cells keep the days before the date; a successor takes over what comes after, on the
same tuples. A new member copies the tuples of the one it is like, scaled by a ramp that counts
months from its start; without a pattern it copies the median member of its level.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.findings import Finding, info, warning

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.core.model.periods import Period

Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One line of a roster. ``column`` is the place of its dimension in a tuple's key.

    Dates are ``[start, end)``; None is open. ``ramp`` holds a share for each month from the
    start; the last one lasts.
    """

    column: int
    member: str
    action: Literal["leave", "succeed", "open"]
    successor: str | None = None
    like: str | None = None
    ramp: tuple[Fraction, ...] = (Fraction(1),)
    start: date | None = None
    end: date | None = None


@dataclass
class Weights:
    """Weights of tuples by period in 分, and last year's amount of each."""

    cells: dict[Key, list[Fraction]]
    last_year: dict[Key, Fraction]
    changed: set[Key] = field(default_factory=set)


def apply_roster(
    weights: Weights, changes: Sequence[Change], periods: Sequence[Period]
) -> list[Finding]:
    """Change the weights in place, openings first; tells how many tuples each line moved."""
    found = []
    order = {"open": 0, "succeed": 1, "leave": 2}
    before = {key: list(row) for key, row in weights.cells.items()}
    for change in sorted(changes, key=lambda c: (order[c.action], c.column, c.member)):
        if change.action == "open":
            count = _open(weights, before, change, periods)
        else:
            count = _pass_on(weights, change, periods)
        found.append(_told(change, count))
    return found


def _told(change: Change, count: int) -> Finding:
    if count == 0:
        return warning("roster.without_history", change.member)
    if change.action == "open":
        return info("roster.opened", change.member, tuples=count)
    if change.action == "succeed":
        return info(
            "roster.succeeded", change.member, tuples=count, successor=change.successor or ""
        )
    return info("roster.left", change.member, tuples=count)


def _pass_on(weights: Weights, change: Change, periods: Sequence[Period]) -> int:
    date_of_change = change.start or change.end
    stays = [_share_before(period, date_of_change) for period in periods]
    mine = [key for key in weights.cells if key[change.column] == change.member]
    for key in mine:
        row = weights.cells[key]
        left = [cell * (1 - stay) for cell, stay in zip(row, stays, strict=True)]
        part = Fraction(sum(left), sum(row)) if any(row) else Fraction(1)
        weights.cells[key] = [cell * stay for cell, stay in zip(row, stays, strict=True)]
        weights.changed.add(key)
        moved = weights.last_year.get(key, Fraction(0)) * part
        weights.last_year[key] = weights.last_year.get(key, Fraction(0)) - moved
        if change.action == "succeed" and change.successor:
            heir = _renamed(key, change.column, change.successor)
            _add(weights, heir, left, moved)
    return len(mine)


def _open(
    weights: Weights, before: dict[Key, list[Fraction]], change: Change, periods: Sequence[Period]
) -> int:
    pattern = change.like or _median_member(before, change.column)
    ramp = [_ramped(period, change) for period in periods]
    copied = [key for key in before if key[change.column] == pattern]
    for key in copied:
        scaled = [cell * share for cell, share in zip(before[key], ramp, strict=True)]
        _add(weights, _renamed(key, change.column, change.member), scaled, Fraction(0))
    return len(copied)


def _add(weights: Weights, key: Key, row: list[Fraction], last_year: Fraction) -> None:
    present = weights.cells.get(key, [Fraction(0)] * len(row))
    weights.cells[key] = [old + new for old, new in zip(present, row, strict=True)]
    weights.last_year[key] = weights.last_year.get(key, Fraction(0)) + last_year
    weights.changed.add(key)


def _renamed(key: Key, column: int, member: str) -> Key:
    return (*key[:column], member, *key[column + 1 :])


def _median_member(cells: dict[Key, list[Fraction]], column: int) -> str:
    sums: dict[str, Fraction] = {}
    for key, row in cells.items():
        sums[key[column]] = sums.get(key[column], Fraction(0)) + sum(row)
    ranked = sorted(sums, key=lambda member: (sums[member], member))
    return ranked[(len(ranked) - 1) // 2] if ranked else ""


def _share_before(period: Period, day: date | None) -> Fraction:
    """The share of the period's days that lie before the day; none where there is no day."""
    if day is None:
        return Fraction(0)
    days = min(max((day - period.start).days, 0), (period.end - period.start).days)
    return Fraction(days, (period.end - period.start).days)


def _ramped(period: Period, change: Change) -> Fraction:
    """The mean ramp over the days of a period; 0 before the start and from the end on."""
    days = (period.end - period.start).days
    whole = sum((_on_day(period.start + timedelta(n), change) for n in range(days)), Fraction(0))
    return whole / days


def _on_day(day: date, change: Change) -> Fraction:
    if (change.start and day < change.start) or (change.end and day >= change.end):
        return Fraction(0)
    if change.start is None:
        return change.ramp[-1]
    months = (day.year - change.start.year) * 12 + day.month - change.start.month
    months -= day.day < change.start.day
    return change.ramp[min(months, len(change.ramp) - 1)]
