"""Cascade one total over a cube: every wish exact, every cell a whole unit, no order matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.classes import classify
from quotaloom.core.allocation.interior import fill
from quotaloom.core.allocation.totals import share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Cube, Wish
    from quotaloom.core.model.findings import Finding

METHOD = "cascade@1"


@dataclass(frozen=True)
class Cascade:
    """Whole units of each cell, shape (tuples, periods).

    ``astray`` counts the units by which members or periods miss their own rounding, which only
    sparse cubes need; ``zeroed`` says that weightless cells had to be opened.
    """

    cells: NDArray[np.int64]
    findings: tuple[Finding, ...]
    astray: int


def cascade(
    cube: Cube,
    total: int,
    wishes: Sequence[Wish] = (),
    *,
    caps: NDArray[np.int64] | None = None,
) -> Cascade:
    """Spread ``total`` units over the cube in proportion to its weights.

    Fixes and bounds are solved for together; holds are set by themselves first and kept out of
    the solving. ``caps`` (shape of the cells) bound each cell from above. The order of wishes,
    hierarchies and rows does not matter. Raises Infeasible with an irreducible set of wishes
    where no whole cells meet them all.
    """
    ordered = sorted(wishes, key=lambda wish: (wish.kind, wish.text, wish.low))
    room = None if caps is None else np.where(cube.basis[:, None] > 0, caps, 0)
    classes = classify(cube, ordered, total, room)
    shares = share_out(classes)
    opened = any(f.code == "allocate.zero_basis_opened" for f in shares.findings)
    inside = fill(cube, classes, shares.units, caps if opened else room)
    broken = [w.text for w in ordered if not _met(w, inside.cells)]
    if broken or int(inside.cells.sum()) != total or (inside.cells < 0).any():
        raise AssertionError(f"the cascade broke its own law: {broken}")
    return Cascade(inside.cells, shares.findings, inside.astray)


def _met(wish: Wish, cells: NDArray[np.int64]) -> bool:
    reached = wish.reached(cells)
    return wish.low <= reached and (wish.high is None or reached <= wish.high)
