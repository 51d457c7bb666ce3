"""Shorten a slow fixed-point iteration by mixing its last steps (Anderson acceleration)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

DEPTH = 8
WORSE = 4.0  # a miss that much above the best one: the mixture led astray
REST = 3  # plain rounds after that


@dataclass
class Mixing:
    """Watches the rounds ``before -> after`` of an iteration and says where to go on.

    Rounds that shrink the miss by themselves are left alone.
    """

    best: float = np.inf
    known: Reals | None = None
    resting: int = 5
    steps: deque[tuple[Reals, Reals]] = field(default_factory=lambda: deque(maxlen=DEPTH))
    last: float = np.inf

    def onward(self, before: Reals, after: Reals, miss: float) -> Reals | None:
        """Where the next round should start instead of at ``after``; None: right there."""
        slow, self.last = miss > 0.5 * self.last, miss
        if not miss <= WORSE * self.best and self.known is not None:  # not a number is worse
            self.steps.clear()
            self.resting, self.last = REST, np.inf
            return self.known
        if miss < self.best:
            self.best, self.known = miss, after
        self.steps.append((before, after))
        self.resting -= 1
        if self.resting > 0 or not slow or len(self.steps) < 2:
            return None
        return self._mixed()

    def _mixed(self) -> Reals:
        """The mixture of the last rounds whose own step would be shortest."""
        befores, afters = (np.array(side) for side in zip(*self.steps, strict=True))
        steps = afters - befores
        turns = np.diff(steps, axis=0).T
        weights = np.linalg.lstsq(turns, steps[-1], rcond=1e-10)[0]
        mixed: Reals = afters[-1] - np.diff(afters, axis=0).T @ weights
        return mixed
