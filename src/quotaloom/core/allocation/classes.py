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
from quotaloom.core.numeric.conflict import Program
from quotaloom.core.numeric.margins import UNBOUNDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WHOLE = "total"


@dataclass(frozen=True)
class Classes:
    """Classes are pairs (tuple pattern, period pattern), numbered row by row.

    ``weights`` are exact whole numbers (Python ints); ``room`` is the most units a class can hold;
    ``members`` says which wishes (rows, the total first) each class belongs to.
    """

    of_tuple: NDArray[np.int32]
    of_period: NDArray[np.int32]
    weights: list[int]
    cells: NDArray[np.int64]
    room: NDArray[np.int64]
    members: NDArray[np.bool_]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    texts: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def blocks(self) -> int:
        """How many period patterns there are."""
        return int(self.of_period.max(initial=0)) + 1

    def program(self, room: NDArray[np.int64]) -> Program:
        """The wishes as rows over the classes."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - heavy

        return Program(
            csr_array(self.members.astype(np.float64)),
            self.low.astype(np.float64),
            self.high.astype(np.float64),
            np.zeros(len(room)),
            room.astype(np.float64),
        )

    def weighted_room(self) -> NDArray[np.int64]:
        """The room of the classes that have a weight; none in the others."""
        return np.where([weight > 0 for weight in self.weights], self.room, 0)


def classify(
    cube: Cube, wishes: Sequence[Wish], total: int, caps: NDArray[np.int64] | None
) -> Classes:
    """The classes of a cube under its wishes; ``caps`` bound single cells, in units."""
    count, span = cube.size
    of_tuple, in_tuples = pattern([*(w.tuples for w in wishes), cube.basis > 0], count)
    of_period, in_periods = pattern([w.periods for w in wishes], span)
    inside = in_tuples[:, None, : len(wishes)] & in_periods[None, :, :]
    members = inside.reshape(inside.shape[0] * inside.shape[1], len(wishes)).T
    everything = np.ones((1, members.shape[1]), dtype=np.bool_)
    high = [UNBOUNDED if w.high is None else w.high for w in wishes]
    return Classes(
        of_tuple,
        of_period,
        class_weights(cube, of_tuple, of_period),
        _cells(of_tuple, of_period),
        _room(of_tuple, of_period, caps),
        np.concatenate([everything, members]),
        np.array([total, *(w.low for w in wishes)], dtype=np.int64),
        np.array([total, *high], dtype=np.int64),
        (WHOLE, *(w.text for w in wishes)),
        (WHOLE, *(w.kind for w in wishes)),
    )


def class_weights(
    cube: Cube, of_tuple: NDArray[np.int32], of_period: NDArray[np.int32]
) -> list[int]:
    """The exact weight of each class: no product of basis and profile is ever rounded."""
    shapes, blocks = len(cube.profiles), int(of_period.max(initial=0)) + 1
    patterns = int(of_tuple.max(initial=0)) + 1
    annual = exact_sums(
        of_tuple.astype(np.int64) * shapes + cube.shape, cube.basis, patterns * shapes
    )
    seasonal = np.zeros((shapes, blocks), dtype=np.int64)
    np.add.at(seasonal, (slice(None), of_period), cube.profiles)
    shares = seasonal.tolist()
    return [
        sum(annual[a * shapes + g] * shares[g][b] for g in range(shapes) if annual[a * shapes + g])
        for a in range(patterns)
        for b in range(blocks)
    ]


def exact_sums(codes: NDArray[np.int64], values: NDArray[np.int64], size: int) -> list[int]:
    """Sums by code as Python ints, exact whatever their size."""
    upper = np.bincount(codes, weights=(values >> 24).astype(np.float64), minlength=size)
    lower = np.bincount(codes, weights=(values & 0xFFFFFF).astype(np.float64), minlength=size)
    return [(int(up) << 24) + int(down) for up, down in zip(upper, lower, strict=True)]


def _cells(of_tuple: NDArray[np.int32], of_period: NDArray[np.int32]) -> NDArray[np.int64]:
    counts = np.outer(np.bincount(of_tuple), np.bincount(of_period))
    return counts.reshape(-1).astype(np.int64)


def _room(
    of_tuple: NDArray[np.int32], of_period: NDArray[np.int32], caps: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    blocks = int(of_period.max(initial=0)) + 1
    if caps is None:
        return np.full((int(of_tuple.max(initial=0)) + 1) * blocks, UNBOUNDED)
    patterns = int(of_tuple.max(initial=0)) + 1
    codes = (of_tuple.astype(np.int64)[:, None] * blocks + of_period).reshape(-1)
    sums = exact_sums(codes, caps.reshape(-1), patterns * blocks)
    return np.array([min(total, int(UNBOUNDED)) for total in sums], dtype=np.int64)
