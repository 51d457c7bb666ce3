"""Meet several margins at once, in whole units: fit, round, mend, verify.

The real cells come from iterative proportional fitting of the seed. They are rounded down or up
along a running total, and whole units then move along lines until every margin is exact. Where
that ends short, an integer program looks for what is left; where whole units do not exist, the
answer is a refusal and never an inexact table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.conflict import Program, irreducible, solve
from quotaloom.core.numeric.fit import Fit, fit
from quotaloom.core.numeric.margins import UNBOUNDED, Margin, violations
from quotaloom.core.numeric.repair import GRID, GRID_BITS, Table, repair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

METHOD = "rake@1"
CLOSE = 1e-9
WIDEST_PROGRAM = 200_000


def rake(
    seed: NDArray[np.float64],
    margins: Sequence[Margin],
    *,
    low: NDArray[np.int64] | None = None,
    high: NDArray[np.int64] | None = None,
    seconds: float = 60.0,
) -> NDArray[np.int64]:
    """Whole cells in proportion to ``seed`` that meet every margin exactly.

    ``seed`` is >= 0; a cell of seed 0 stays 0 unless ``low`` lifts it. ``low`` and ``high`` are
    inclusive; a held cell has both equal. Margins may be exact or ranges, cover all cells or
    some, and nest in any way; their order and that of the cells do not change the real values.
    Raises Infeasible: ``rake.conflict`` with an irreducible set of margins that no table meets,
    or ``rake.no_whole_solution`` where only fractions would, or where none was found in
    ``seconds``.
    """
    least = np.zeros(len(seed), dtype=np.int64) if low is None else low
    most = np.full(len(seed), UNBOUNDED) if high is None else high
    most = np.where(seed <= 0, np.maximum(least, 0), most)
    real = _real(seed, margins, least, most)
    cells = whole_cells(real, margins, least, most, seconds=seconds)
    broken = violations(cells, margins)
    if broken or (cells < least).any() or (cells > most).any():  # the law of the house
        raise AssertionError(f"raking left {len(broken)} margins unmet: {broken[:3]}")
    return cells


def _real(
    seed: NDArray[np.float64],
    margins: Sequence[Margin],
    least: NDArray[np.int64],
    most: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Fit what is not held; the margins lose what the held cells carry."""
    held = least == most
    free = np.flatnonzero(~held)
    cells = least.astype(np.float64)
    fitted = _fit_free(
        seed[free], _without(margins, free, np.where(held, least, 0)), least[free], most[free]
    )
    if fitted.miss <= CLOSE:
        cells[free] = fitted.cells
        return cells
    cells[free] = fitted.cells
    program = margin_program(margins, least, most)
    nearest = nearest(program, cells, whole=False)
    if nearest is None:
        names = [_row_name(margins, row) for row in irreducible(program, whole=False)]
        raise Infeasible([error("rake.conflict", ", ".join(names), count=len(names))])
    return nearest


def _without(
    margins: Sequence[Margin], free: NDArray[np.int64], held: NDArray[np.int64]
) -> list[Margin]:
    return [
        Margin(m.codes[free], m.low - m.sums(held), m.high - m.sums(held), m.names) for m in margins
    ]


def _fit_free(
    seed: NDArray[np.float64],
    margins: Sequence[Margin],
    least: NDArray[np.int64],
    most: NDArray[np.int64],
) -> Fit:
    start = np.where(seed > 0, seed, np.where(least > 0, 1e-9, 0.0))
    if not least.any() and (most >= UNBOUNDED).all():
        return fit(start, margins)
    return fit(start, margins, low=least.astype(np.float64), high=most.astype(np.float64))


def margin_program(
    margins: Sequence[Margin], least: NDArray[np.int64], most: NDArray[np.int64]
) -> Program:
    """The margins as rows over the cells."""
    from scipy.sparse import csr_array, vstack  # noqa: PLC0415 - heavy

    blocks: list[csr_array] = []
    for margin in margins:
        inside = np.flatnonzero(margin.codes >= 0)
        shape = (margin.size, len(margin.codes))
        ones = np.ones(len(inside))
        blocks.append(csr_array((ones, (margin.codes[inside], inside)), shape=shape))
    low = np.concatenate([margin.low for margin in margins]).astype(np.float64)
    high = np.concatenate([margin.high for margin in margins]).astype(np.float64)
    rows = csr_array(vstack(blocks))
    return Program(rows, low, high, least.astype(np.float64), most.astype(np.float64))


def _row_name(margins: Sequence[Margin], row: int) -> str:
    for margin in margins:
        if row < margin.size:
            return margin.name(row)
        row -= margin.size
    raise IndexError(row)


def nearest(
    program: Program, wish: NDArray[np.float64], *, whole: bool, seconds: float = 60.0
) -> NDArray[np.float64] | None:
    """The cells nearest to ``wish`` (least sum of differences) that the program allows."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - heavy

    start = np.clip(np.rint(wish) if whole else wish, program.least, program.most)
    both = csr_array(hstack([program.rows, -program.rows]))
    used = program.rows @ start
    moved = Program(
        both,
        program.low - used,
        program.high - used,
        np.zeros(2 * len(start)),
        np.concatenate([program.most - start, start - program.least]),
    )
    away = start - wish
    cost = np.concatenate([1 + 2 * away, 1 - 2 * away]) if whole else np.ones(2 * len(start))
    answer = solve(moved, cost=np.maximum(cost, 0.0), whole=whole, seconds=seconds)
    if answer.cells is None:
        return None
    up, down = np.split(answer.cells, 2)
    return np.asarray(start + up - down)


def whole_cells(
    real: NDArray[np.float64],
    margins: Sequence[Margin],
    least: NDArray[np.int64],
    most: NDArray[np.int64],
    *,
    seconds: float = 60.0,
) -> NDArray[np.int64]:
    """Whole cells near the real ones that meet every margin; raises Infeasible where none do."""
    axes = finest(margins)
    grid = np.rint(real * GRID).astype(np.int64)
    cells = np.clip(running_cells(grid), least, most)
    if axes is not None:
        table = Table(cells, grid, least, most, [m.codes for m in axes], [m.low for m in axes])
        if repair(table) == 0:
            return table.cells
        cells = table.cells
    return _program_cells(cells, real, margins, least, most, seconds)


def running_cells(grid: NDArray[np.int64]) -> NDArray[np.int64]:
    """Round down or up along the running total; whole cells stay as they are."""
    fraction = grid & (GRID - 1)
    total = np.cumsum(fraction) + GRID // 2
    carried = total >> GRID_BITS
    up = np.diff(carried, prepend=0)
    return (grid >> GRID_BITS) + up


def finest(margins: Sequence[Margin]) -> list[Margin] | None:
    """The margins that no finer one implies, or None where they are not one-way and exact."""
    if not all(m.is_exact and m.codes.min(initial=0) >= 0 for m in margins):
        return None
    kept: list[Margin] = []
    for margin in sorted(margins, key=lambda m: -m.size):
        coarse = [finer for finer in kept if _implies(finer, margin)]
        if not coarse:
            kept.append(margin)
    return kept


def _implies(finer: Margin, coarser: Margin) -> bool:
    """Whether every group of the finer margin lies in one group of the coarser, sums agreeing."""
    over = np.full(finer.size, -1, dtype=np.int32)
    over[finer.codes] = coarser.codes
    if not np.array_equal(over[finer.codes], coarser.codes):
        return False
    seen = over >= 0
    sums = np.zeros(coarser.size, dtype=np.int64)
    np.add.at(sums, over[seen], finer.low[seen])
    return bool(np.array_equal(sums, coarser.low)) and not finer.low[~seen].any()


def _program_cells(
    cells: NDArray[np.int64],
    real: NDArray[np.float64],
    margins: Sequence[Margin],
    least: NDArray[np.int64],
    most: NDArray[np.int64],
    seconds: float,
) -> NDArray[np.int64]:
    """Search the neighbourhood of the real cells, then all that the bounds allow."""
    program = margin_program(margins, least, most)
    floor = np.floor(real + 1 / GRID)
    for around in (0.0, 1.0):
        near = Program(
            program.rows,
            program.low,
            program.high,
            np.maximum(floor - around, program.least),
            np.minimum(np.ceil(real - 1 / GRID) + around, program.most),
        )
        if len(real) <= WIDEST_PROGRAM and (near.least <= near.most).all():
            found = nearest(near, real, whole=True, seconds=seconds)
            if found is not None:
                return found.astype(np.int64)
    found = nearest(program, real, whole=True, seconds=seconds)
    if found is None:
        raise Infeasible([error("rake.no_whole_solution", cells=len(cells))])
    return found.astype(np.int64)
