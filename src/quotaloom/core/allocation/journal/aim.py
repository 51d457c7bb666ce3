"""What an edit aims at: sums of some cells, cut into groups by its wishes and its method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from quotaloom.core.allocation.journal.method import PHASED
from quotaloom.core.allocation.journal.room import overlap
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.numeric.apportion import apportion_fractions
from quotaloom.core.numeric.groups import Groups
from quotaloom.core.numeric.spread_series import SERIES
from quotaloom.core.numeric.spread_wish import Wish as Spreading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.journal.edit import Method
    from quotaloom.core.allocation.journal.place import Ints, Mask, Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.room import Room
    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, eq=False)
class Aim:
    """A wish for some cells of a room: what it is called, its slice, its cells, its amount."""

    text: str
    at: Slice
    cells: Mask
    amount: int


@dataclass(frozen=True, eq=False)
class Targets:
    """Group codes over a room's rectangle, -1 for cells in none, and each group's aim."""

    codes: NDArray[np.signedinteger[Any]]
    texts: tuple[str, ...]
    amounts: Ints
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, aims: Sequence[Aim]) -> Targets:
        """A group an aim; their cells do not meet."""
        texts = tuple(aim.text for aim in aims)
        amounts = np.array([aim.amount for aim in aims], np.int64)
        if len(aims) == 1:
            return cls(aims[0].cells.astype(np.int8) - np.int8(1), texts, amounts)
        codes = np.full(aims[0].cells.shape, -1, np.int64)
        for number, aim in enumerate(aims):
            codes[aim.cells] = number
        return cls(codes, texts, amounts)

    def sums(self, values: Ints) -> Ints:
        """What each group adds up to."""
        inside = self.codes >= 0
        found = np.zeros(len(self.amounts), np.int64)
        if len(found) == 1:
            found[0] = values[inside].sum()
        else:
            np.add.at(found, self.codes[inside], values[inside])
        return found


def targets(
    plan: Plan, room: Room, aims: Sequence[Aim], method: Method, along: str = ""
) -> Targets:
    """The groups of some aims: one each, or where the method is phased one a part of it."""
    if method.name not in PHASED:
        return Targets.of(aims)
    even, findings = _evened(method)
    parts = [part for aim in aims for part in _phased(plan, room, aim, even, along)]
    return replace(Targets.of(parts), findings=findings)


def _evened(method: Method) -> tuple[Method, tuple[Finding, ...]]:
    """Weights that are all 0 as even ones, with a warning, or refused where the edit says so."""
    if not method.weights or any(method.weights):
        return method, ()
    if method.on_zero == "refuse":
        raise DataRefused([error("edit.weights_zero_refused", method.name)])
    even = replace(method, weights=(Fraction(1),) * len(method.weights))
    return even, (warning("edit.weights_zero", method.name, weights=len(method.weights)),)


def _phased(plan: Plan, room: Room, aim: Aim, method: Method, along: str) -> list[Aim]:
    """An aim cut over time, or over the children of one axis, by what the method says."""
    pieces = _children(plan, room, aim, along) if along else _runs(plan, room, aim, method)
    amounts = _amounts(method, aim.amount, len(pieces)).tolist()
    return [
        Aim(f"{aim.text}[{number}]", aim.at, piece, amount)
        for number, (piece, amount) in enumerate(zip(pieces, amounts, strict=True), start=1)
    ]


def _runs(plan: Plan, room: Room, aim: Aim, method: Method) -> list[Mask]:
    """The aim's cells by period, or by as many equal runs of periods as there are weights."""
    periods = plan.period_places(aim.at.period)
    count = len(periods)
    runs = len(method.weights) if method.name in ("seasonal", "by_weights") else count
    if not runs or count % runs:
        raise UsageRefused(
            [error("edit.weights_do_not_fit", method.name, weights=runs, periods=count)]
        )
    numbers = np.searchsorted(periods, room.region.periods) * runs // count
    return [aim.cells & (numbers == run) for run in range(runs)]


def _children(plan: Plan, room: Room, aim: Aim, along: str) -> list[Mask]:
    """The aim's cells of each child of its member on an axis, by id."""
    axis = plan.axis(along)
    below = axis.children(aim.at.member(along), plan.periods[0].start)
    regions = [plan.region(aim.at.at(along, child)) for child in below]
    cells = [overlap(plan, room.region, one) & aim.cells for one in regions]
    return [one for one in cells if one.any()]


def _amounts(method: Method, amount: int, pieces: int) -> Ints:
    if method.name in ("seasonal", "by_weights", "pattern"):
        return np.array(apportion_fractions(amount, _weights(method, pieces)), np.int64)
    end = None if method.end is None else np.array([method.end], np.int64)
    wish = Spreading(
        method.name, np.array([amount], np.int64), rate=method.rate or Fraction(0), ends=end
    )
    return SERIES[method.name](Groups.sized(np.array([pieces])), wish)


def _weights(method: Method, pieces: int) -> list[Fraction]:
    """The typed weights, a pattern again and again; or all for the first or the last piece."""
    if method.place:
        chosen = 0 if method.place == "first" else pieces - 1
        return [Fraction(place == chosen) for place in range(pieces)]
    typed = method.weights
    is_repeated = method.name == "pattern" and pieces % len(typed) == 0
    if not is_repeated and len(typed) != pieces:
        raise UsageRefused(
            [error("edit.weights_do_not_fit", method.name, weights=len(typed), periods=pieces)]
        )
    return [typed[place % len(typed)] for place in range(pieces)]
