"""Cascade one total over a cube: every wish exact, every cell a whole unit, no order matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.classes import Classes, classify
from quotaloom.core.allocation.interior import Interior, fill
from quotaloom.core.allocation.totals import share_out
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Cube, Wish
    from quotaloom.core.model.findings import Finding

    Ints = NDArray[np.int64]

METHOD = "cascade@1"
CAP = 2**53  # beyond, a cap binds nothing
LARGEST = 2**50  # units of a total up to which a double still knows an eighth of a unit


@dataclass(frozen=True)
class Cascade:
    """Whole units of each cell, shape (tuples, periods).

    ``astray`` counts the units by which members or periods miss their own rounding, which only
    sparse cubes need.
    """

    cells: Ints
    findings: tuple[Finding, ...]
    astray: int


def cascade(
    cube: Cube,
    total: int,
    wishes: Sequence[Wish] = (),
    *,
    caps: Ints | None = None,
) -> Cascade:
    """Spread ``total`` units (0 to 2**50) over the cube in proportion to its weights.

    Fixes and bounds are solved for together; holds are set by themselves first and kept out of
    the solving. ``caps`` (shape of the cells) bound each cell from above. The order of wishes,
    hierarchies and rows does not matter. Raises Infeasible with an irreducible set of wishes
    where no whole cells meet them all, DataRefused (``allocate.total_out_of_range``).
    """
    if not 0 <= total <= LARGEST:
        raise DataRefused([error("allocate.total_out_of_range", str(total))])
    order = _canonical(cube)
    inner = cube if order is None else _reordered(cube, order)
    asked = [w if order is None else replace(w, tuples=w.tuples[order]) for w in wishes]
    asked.sort(key=lambda w: (w.kind, w.text, w.low, -1 if w.high is None else w.high))
    room = None if caps is None else np.clip(caps if order is None else caps[order], 0, CAP)
    found = _cascaded(inner, total, asked, room)
    broken = [wish.text for wish in asked if not _met(wish, found.cells)]
    over = room is not None and bool((found.cells > room).any())
    if broken or over or int(found.cells.sum()) != total or (found.cells < 0).any():
        raise AssertionError(f"the cascade broke its own law: {broken} {over}")
    if order is None:
        return found
    cells = np.empty_like(found.cells)
    cells[order] = found.cells
    return replace(found, cells=cells)


def _cascaded(cube: Cube, total: int, wishes: Sequence[Wish], caps: Ints | None) -> Cascade:
    classes = classify(cube, wishes, total, caps)
    shares = share_out(classes)
    inside = fill(cube, classes, shares.units, caps)
    if shares.opened.any():
        more = _fill_empty(cube, classes, shares.opened, caps)
        inside = Interior(inside.cells + more.cells, inside.astray + more.astray)
    return Cascade(inside.cells, shares.findings, inside.astray)


def _fill_empty(cube: Cube, classes: Classes, units: Ints, caps: Ints | None) -> Interior:
    """Spread units evenly over the cells that have no weight."""
    shapes = len(cube.profiles)
    profiles = np.concatenate([cube.profiles == 0, np.ones((1, len(cube.periods)), dtype=np.bool_)])
    turned = replace(
        cube,
        basis=np.ones_like(cube.basis),
        shape=np.where(cube.basis > 0, cube.shape, shapes).astype(np.int32),
        profiles=profiles.astype(np.int64),
    )
    weights = [int(count) for count in classes.empty]
    return fill(turned, replace(classes, weights=weights), units, caps)


def _canonical(cube: Cube) -> Ints | None:
    """What takes the tuples into canonical order, or None where the cube has it."""
    names = [hierarchy.name for hierarchy in cube.hierarchies]
    keys = [cube.members[place] for place in np.argsort(names)]
    if names == sorted(names) and _rises(keys, len(cube.basis)):
        return None
    return np.lexsort((cube.shape, cube.basis, *reversed(keys)))


def _rises(keys: Sequence[NDArray[np.int32]], count: int) -> bool:
    """Whether every entry is above the one before, the first key counting most."""
    tied, above = np.ones(max(count - 1, 0), dtype=np.bool_), np.zeros(max(count - 1, 0), np.bool_)
    for key in keys:
        above |= tied & (key[1:] > key[:-1])
        tied &= key[1:] == key[:-1]
    return bool(above.all())


def _reordered(cube: Cube, order: Ints) -> Cube:
    names = [hierarchy.name for hierarchy in cube.hierarchies]
    by_name = np.argsort(names).tolist()
    return replace(
        cube,
        hierarchies=tuple(cube.hierarchies[place] for place in by_name),
        members=tuple(cube.members[place][order] for place in by_name),
        basis=cube.basis[order],
        shape=cube.shape[order],
    )


def _met(wish: Wish, cells: Ints) -> bool:
    reached = wish.reached(cells)
    return wish.low <= reached and (wish.high is None or reached <= wish.high)
