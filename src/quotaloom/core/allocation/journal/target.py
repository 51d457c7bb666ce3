"""Groups of cells and what each shall add up to: how the wishes of an edit cut its region."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from quotaloom.core.allocation.journal.room import overlap
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
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

PHASED = ("pattern", "seasonal", "straight_line", "growth", "by_weights")


@dataclass(frozen=True, eq=False)
class Targets:
    """Group codes over a room's rectangle, -1 for cells in none, and each group's amount."""

    codes: NDArray[np.signedinteger[Any]]
    amounts: Ints

    def sums(self, values: Ints) -> Ints:
        """What each group adds up to."""
        inside = self.codes >= 0
        found = np.zeros(len(self.amounts), np.int64)
        np.add.at(found, self.codes[inside], values[inside])
        return found


def one_target(mask: Mask, amount: int) -> Targets:
    """All the cells of a mask in one group."""
    return Targets(mask.astype(np.int8) - np.int8(1), np.array([amount], np.int64))


def targets(parts: Sequence[Mask], amounts: Sequence[int]) -> Targets:
    """A group a mask; the masks do not meet."""
    codes = np.full(parts[0].shape, -1, np.int64)
    for number, part in enumerate(parts):
        codes[part] = number
    return Targets(codes, np.array(amounts, np.int64))


def phased(plan: Plan, room: Room, at: Slice, amount: int, method: Method, along: str) -> Targets:
    """The total cut over time, or over the children of one axis, by what the method says."""
    pieces = _children(plan, room, at, along) if along else _periods(room, method)
    sizes = len(pieces)
    return targets(pieces, _amounts(method, amount, sizes).tolist())


def _periods(room: Room, method: Method) -> list[Mask]:
    """The periods of the room, in as many equal runs as there are weights."""
    count = len(room.region.periods)
    runs = len(method.weights) if method.name in ("seasonal", "by_weights") else count
    if not runs or count % runs:
        raise UsageRefused(
            [error("edit.weights_do_not_fit", method.name, weights=runs, periods=count)]
        )
    numbers = np.repeat(np.arange(runs), count // runs)
    return [room.region.mask & (numbers == run) for run in range(runs)]


def _children(plan: Plan, room: Room, at: Slice, along: str) -> list[Mask]:
    """The cells of each child of the slice's member on an axis, by id."""
    axis = plan.axis(along)
    below = axis.children(at.member(along), plan.periods[0].start)
    cells = [overlap(plan, room.region, plan.region(at.at(along, child))) for child in below]
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
    """The typed weights, a pattern again and again; all of them must be >= 0."""
    typed = method.weights
    repeated = method.name == "pattern" and typed and pieces % len(typed) == 0
    if not repeated and len(typed) != pieces:
        raise UsageRefused(
            [error("edit.weights_do_not_fit", method.name, weights=len(typed), periods=pieces)]
        )
    return [typed[place % len(typed)] for place in range(pieces)]
