"""Cells that no wish tells apart form a class; wishes are met among the few classes first.

A wish sees only how much a class holds, and inside a class any whole total can be spread. So the
wishes can be met in whole units exactly where the small program over classes has a solution: a
refusal here is a proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.cube import Cube, Wish, pattern
from quotaloom.core.numeric.margins import UNBOUNDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.int32]
    Ints = NDArray[np.int64]

WHOLE = "total"


@dataclass(frozen=True)
class Classes:
    """Classes are pairs (tuple pattern, period pattern), numbered row by row.

    ``weights`` are exact whole numbers (Python ints). ``room`` is the most units that the ``full``
    cells (those with weight) can hold, ``spare`` the most that the ``empty`` ones can; where
    nothing bounds them, as much as any wish asks: ``most``. ``members`` says which wishes (rows,
    the total first) each class belongs to; they ask for ``low`` to ``high`` units.
    """

    of_tuple: Codes
    of_period: Codes
    weights: list[int]
    full: Ints
    empty: Ints
    room: Ints
    spare: Ints
    members: NDArray[np.bool_]
    low: Ints
    high: Ints
    most: int
    texts: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def blocks(self) -> int:
        """How many period patterns there are."""
        return int(self.of_period.max(initial=0)) + 1

    @property
    def total(self) -> int:
        """The units of the whole cube."""
        return int(self.low[0])

    def numbers(self) -> Ints:
        """The class of each tuple in each period pattern, shape (tuples, period patterns)."""
        number: Ints = self.of_tuple.astype(np.int64)[:, None] * self.blocks
        return number + np.arange(self.blocks)


def classify(cube: Cube, wishes: Sequence[Wish], total: int, caps: Ints | None) -> Classes:
    """The classes of a cube under its wishes; ``caps`` (below 2**53) bound cells."""
    count, span = cube.size
    of_tuple, in_tuples = pattern([w.tuples for w in wishes], count)
    of_period, in_periods = pattern([w.periods for w in wishes], span)
    inside = in_tuples[:, None, :] & in_periods[None, :, :]
    members = inside.reshape(inside.shape[0] * inside.shape[1], len(wishes)).T
    everything = np.ones((1, members.shape[1]), dtype=np.bool_)
    most = max([total, *(w.low for w in wishes), *(w.high or 0 for w in wishes)])
    high = [UNBOUNDED if w.high is None else w.high for w in wishes]
    full, empty = _cells(cube, of_tuple, of_period)
    room, spare = _rooms(cube, of_tuple, of_period, caps)
    return Classes(
        of_tuple,
        of_period,
        class_weights(cube, of_tuple, of_period),
        full,
        empty,
        np.where(full > 0, most, 0) if room is None else np.minimum(room, most),
        np.where(empty > 0, most, 0) if spare is None else np.minimum(spare, most),
        np.concatenate([everything, members]),
        np.array([total, *(wish.low for wish in wishes)], dtype=np.int64),
        np.array([total, *high], dtype=np.int64),
        most,
        (WHOLE, *(w.text for w in wishes)),
        (WHOLE, *(w.kind for w in wishes)),
    )


def class_weights(cube: Cube, of_tuple: Codes, of_period: Codes) -> list[int]:
    """The exact weight of each class: no product of basis and profile is ever rounded."""
    shapes, blocks = len(cube.profiles), int(of_period.max(initial=0)) + 1
    patterns = int(of_tuple.max(initial=0)) + 1
    annual = exact_sums(
        of_tuple.astype(np.int64) * shapes + cube.shape, cube.basis, patterns * shapes
    )
    shares = _by_block(cube.profiles, of_period, blocks).tolist()
    return [
        sum(annual[a * shapes + g] * shares[g][b] for g in range(shapes) if annual[a * shapes + g])
        for a in range(patterns)
        for b in range(blocks)
    ]


def exact_sums(codes: Ints, values: Ints, size: int) -> list[int]:
    """Sums by code as Python ints, exact whatever their size."""
    upper = np.bincount(codes, weights=(values >> 24).astype(np.float64), minlength=size)
    lower = np.bincount(codes, weights=(values & 0xFFFFFF).astype(np.float64), minlength=size)
    return [(int(up) << 24) + int(down) for up, down in zip(upper, lower, strict=True)]


def _cells(cube: Cube, of_tuple: Codes, of_period: Codes) -> tuple[Ints, Ints]:
    """How many cells of each class have a weight, and how many have none."""
    shapes, blocks = len(cube.profiles), int(of_period.max(initial=0)) + 1
    patterns = int(of_tuple.max(initial=0)) + 1
    weighty = _by_block((cube.profiles > 0).astype(np.int64), of_period, blocks)
    kind = of_tuple.astype(np.int64) * shapes + cube.shape
    sold = np.bincount(kind, weights=cube.basis > 0, minlength=patterns * shapes)
    full = (sold.reshape(patterns, shapes).astype(np.int64) @ weighty).reshape(-1)
    sizes = np.outer(np.bincount(of_tuple), np.bincount(of_period)).reshape(-1)
    return full, sizes - full


def _by_block(values: Ints, of_period: Codes, blocks: int) -> Ints:
    """The sums of the periods of each pattern, shape (rows of the values, patterns)."""
    sums = [values[:, of_period == block].sum(axis=1) for block in range(blocks)]
    return np.stack(sums, axis=1)


def _rooms(
    cube: Cube, of_tuple: Codes, of_period: Codes, caps: Ints | None
) -> tuple[Ints | None, Ints | None]:
    """What the cells with weight can hold, and those without, below 2**62; None for any amount."""
    if caps is None:
        return None, None
    blocks, patterns = int(of_period.max(initial=0)) + 1, int(of_tuple.max(initial=0)) + 1
    number = (of_tuple.astype(np.int64)[:, None] * blocks + of_period).reshape(-1)
    weight = (cube.seasonal() > 0) & (cube.basis > 0)[:, None]
    room, spare = (
        [min(units, 2**61) for units in exact_sums(number, part.reshape(-1), patterns * blocks)]
        for part in (np.where(weight, caps, 0), np.where(weight, 0, caps))
    )
    return np.array(room, dtype=np.int64), np.array(spare, dtype=np.int64)
