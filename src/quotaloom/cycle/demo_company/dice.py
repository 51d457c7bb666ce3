"""Chance that falls the same way on every machine: raw PCG64 bits and whole-number arithmetic.

NumPy keeps the raw stream of a bit generator for ever, but neither the streams of ``Generator``
methods nor the last bit of ``exp`` and ``log``: nothing here uses a float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_BITS = 31


class Dice:
    """A stream of its own for each ``part``, so that a new part moves no other."""

    def __init__(self, seed: int, part: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, crc32(part.encode())]))

    def raw(self, count: int) -> Ints:
        """``count`` even draws from ``[0, 2**31)``."""
        bits = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        return (bits >> (64 - _BITS)).astype(np.int64)

    def below(self, bound: int | Ints, count: int) -> Ints:
        """``count`` even draws from ``[0, bound)``; ``bound`` is at most 2**31, or one a draw."""
        return (self.raw(count) * bound) >> _BITS

    def between(self, low: int | Ints, high: int | Ints, count: int) -> Ints:
        """``count`` even draws from ``[low, high]``."""
        return low + self.below(high - low + 1, count)

    def skewed(self, bound: int | Ints, count: int) -> Ints:
        """``count`` draws from ``[0, bound)`` that favour the small ones (a square root's law)."""
        once = self.raw(count)
        return (((once * once) >> _BITS) * bound) >> _BITS

    def pick(self, weights: Sequence[int] | Ints, count: int) -> Ints:
        """``count`` places in ``weights``, each as often as its weight says."""
        rows = np.zeros(count, dtype=np.int64)
        return self.pick_by_row(np.asarray(weights, dtype=np.int64)[None, :], rows)

    def pick_by_row(self, table: Ints, rows: Ints) -> Ints:
        """One column a draw, by the weights of that draw's row (each row's sum below 2**31)."""
        run = np.concatenate(([0], np.cumsum(table)))
        first, past = run[:-1][:: table.shape[1]][rows], run[table.shape[1] :: table.shape[1]][rows]
        drawn = first + self.below(past - first, len(rows))
        cell: Ints = np.searchsorted(run, drawn, side="right") - 1 - rows * table.shape[1]
        return cell

    def curve(self, points: Sequence[tuple[int, int]], count: int) -> Ints:
        """``count`` values whose quantiles run straight through ``(per 10,000, value)`` points."""
        places, values = np.array(points, dtype=np.int64).T
        spread = places << (_BITS - 14)  # 2**14 steps hold 10,000
        drawn = self.below(int(spread[-1]), count)
        left = np.searchsorted(spread, drawn, side="right") - 1
        width, rise = np.diff(spread)[left], np.diff(values)[left]
        found: Ints = values[left] + (drawn - spread[left]) * rise // width
        return found
