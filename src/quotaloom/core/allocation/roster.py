"""Who is there next year: leavers, successors and new members carry their part of the weights.

Changes are made in the order of their dates. A leaver's cells keep the days before the date; a
successor takes over what comes after, on the same tuples. A new member copies the tuples, as they
were before any change, of the one it is like, scaled by a ramp that counts months from its start;
without a pattern it copies the median member of its level. Whom a new region has below it is not
known yet: 未归属.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error, info, warning
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.periods import Period

Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One line of a roster. ``column`` is the place of its dimension in a tuple's key.

    ``below`` are the places of the levels below it. Dates are ``[start, end)``; None is open; who
    leaves does so at the one that is given, at once where none is. ``ramp`` holds a share for
    each month from the start; the last one lasts.
    """

    column: int
    member: str
    action: Literal["leave", "succeed", "open"]
    successor: str | None = None
    like: str | None = None
    ramp: tuple[Fraction, ...] = (Fraction(1),)
    start: date | None = None
    end: date | None = None
    below: tuple[int, ...] = ()

    @property
    def day(self) -> date:
        """When the change happens; before all others where no date is given."""
        away = None if self.action == "open" else self.end
        return self.start or away or date.min


@dataclass
class Weights:
    """Weights of tuples by period in 分, and last year's amount of each, whole 分.

    ``gone`` holds the part of last year's amounts that left with somebody and that nobody took;
    ``closed`` the tuples that were passed on for the whole year.
    """

    cells: dict[Key, list[Fraction]]
    last_year: dict[Key, int]
    gone: dict[Key, int] = field(default_factory=dict)
    closed: set[Key] = field(default_factory=set)


def apply_roster(
    weights: Weights, changes: Sequence[Change], periods: Sequence[Period]
) -> list[Finding]:
    """Change the weights in place; tells how many tuples each line moved.

    The order of the lines does not matter: earlier dates first; on one day openings first, and all
    that pass on in one dimension do so at once, so that two may swap. Raises DataRefused where a
    member is opened twice, or passes on twice, on one day.
    """
    _refuse_twice(changes)
    found = []
    before = Weights(dict(weights.cells), {})
    for _, group in groupby(sorted(changes, key=_order), key=lambda c: _order(c)[:3]):
        now = Weights(dict(weights.cells), dict(weights.last_year))
        for change in group:
            is_open = change.action == "open"
            source = before if is_open else now
            count = (_open if is_open else _pass_on)(weights, source, change, periods)
            found.append(_told(change, count))
    return found


def _order(change: Change) -> tuple[date, bool, int, str]:
    return change.day, change.action != "open", change.column, change.member


def _refuse_twice(changes: Sequence[Change]) -> None:
    lines = Counter(_order(change) for change in changes)
    double = sorted({member for (*_, member), count in lines.items() if count > 1})
    if double:
        raise DataRefused([error("roster.twice", member) for member in double])


def _told(change: Change, count: int) -> Finding:
    if count == 0:
        return warning("roster.without_history", change.member)
    if change.action == "open":
        return info("roster.opened", change.member, tuples=count, like=change.like or "")
    if change.action == "succeed":
        return info(
            "roster.succeeded", change.member, tuples=count, successor=change.successor or ""
        )
    return info("roster.left", change.member, tuples=count)


def _pass_on(weights: Weights, now: Weights, change: Change, periods: Sequence[Period]) -> int:
    goes = [1 - _share_before(period, change.day) for period in periods]
    mine = [key for key in now.cells if key[change.column] == change.member]
    weights.closed |= set(mine) if min(goes) == 1 else set()
    for key in mine:
        row = now.cells[key]
        left = [cell * part for cell, part in zip(row, goes, strict=True)]
        share = Fraction(sum(left), sum(row)) if any(row) else Fraction(1)
        moved = half_up(now.last_year.get(key, 0) * share)
        _add(weights, key, [-cell for cell in left], -moved)
        if change.action == "succeed" and change.successor:
            _add(weights, _renamed(key, change.column, change.successor), left, moved)
        else:
            weights.gone[key] = weights.gone.get(key, 0) + moved
    return len(mine)


def _open(weights: Weights, before: Weights, change: Change, periods: Sequence[Period]) -> int:
    pattern = change.like or median_member(before.cells, change.column)
    ramp = [_ramped(period, change) for period in periods]
    copied = [key for key in before.cells if key[change.column] == pattern]
    for key in copied:
        scaled = [cell * share for cell, share in zip(before.cells[key], ramp, strict=True)]
        named = _renamed(key, change.column, change.member)
        for place in change.below:
            named = _renamed(named, place, UNASSIGNED)
        _add(weights, named, scaled, 0)
    return len(copied)


def _add(weights: Weights, key: Key, row: list[Fraction], last_year: int) -> None:
    present = weights.cells.get(key, [Fraction(0)] * len(row))
    weights.cells[key] = [old + new for old, new in zip(present, row, strict=True)]
    weights.last_year[key] = weights.last_year.get(key, 0) + last_year


def _renamed(key: Key, column: int, member: str) -> Key:
    return (*key[:column], member, *key[column + 1 :])


def median_member(cells: dict[Key, list[Fraction]], column: int) -> str:
    """The member in the middle by weight, the lower one of two; ties by code."""
    sums: dict[str, Fraction] = {}
    for key, row in cells.items():
        sums[key[column]] = sums.get(key[column], Fraction(0)) + sum(row)
    ranked = sorted(sums, key=lambda member: (sums[member], member))
    return ranked[(len(ranked) - 1) // 2] if ranked else ""


def _share_before(period: Period, day: date) -> Fraction:
    """The share of the period's days that lie before the day."""
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
