"""Round real cells to whole ones whose sums along every axis are right.

The axes are parted in two. The sums of the combinations of each part are rounded first, by the
same method; what is then left is a table with given row and column sums. Its rows are rounded
along their running totals, and whole units move inside rows until the columns are right. Nearly
every cell ends at the floor or the ceiling of its real value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.apportion_select import chosen
from quotaloom.core.numeric.grid import GRID, GRID_BITS, Real
from quotaloom.core.numeric.groups import Groups
from quotaloom.core.numeric.layout import lay_out, lay_out_lines
from quotaloom.core.numeric.margins import UNBOUNDED, group_sums, real_sums
from quotaloom.core.numeric.repair import Table, repair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.layout import Layout, Side

    Ints = NDArray[np.int64]
    Codes = NDArray[np.int32]
    Reals = NDArray[np.float64]

LIMIT = float(UNBOUNDED)
SWEEPS = 3
GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Axis:
    """The group of each cell, and the whole sum wanted of each group."""

    codes: Codes
    targets: Ints


@dataclass(frozen=True)
class Near:
    """Real cells with their whole bounds, both inclusive; None stands for 0 and for no bound."""

    real: Reals
    low: Ints | None = None
    high: Ints | None = None

    def laid(self, layout: Layout) -> Near:
        """The same cells in the order of a layout."""
        low = None if self.low is None else layout.laid(self.low)
        high = None if self.high is None else layout.laid(self.high)
        return Near(layout.laid(self.real), low, high)

    def row_sums(self, layout: Layout) -> Near:
        """What each row of laid out cells is together."""
        real = np.add.reduceat(self.real, layout.starts[:-1])
        low = None if self.low is None else layout.row_sums(self.low)
        if self.high is None:
            return Near(real, low)
        room = layout.row_sums(self.high)
        if float(self.high.max()) * layout.sizes.max() >= LIMIT:
            open_ended = np.add.reduceat(self.high, layout.starts[:-1], dtype=np.float64) >= LIMIT
            room = np.where(open_ended, UNBOUNDED, room)
        return Near(real, low, room)

    def sums(self, codes: Codes, size: int) -> Near:
        """What the cells of each code are together."""
        real = real_sums(codes, self.real, size)
        low = None if self.low is None else group_sums(codes, self.low, size)
        if self.high is None:
            return Near(real, low)
        loose = self.high >= UNBOUNDED if self.high.max() >= UNBOUNDED else None
        if loose is None:
            return Near(real, low, group_sums(codes, self.high, size))
        room = group_sums(codes, np.where(loose, 0, self.high), size)
        room[codes[loose]] = UNBOUNDED
        return Near(real, low, room)


def rounded(near: Near, axes: Sequence[Axis]) -> tuple[Ints, int]:
    """Whole cells near the real ones, and how many units miss a sum (0: every axis is right).

    Every cell lies in a group of every axis. The sums along the first axis are right whenever the
    bounds allow it.
    """
    view = lay_out([axis.codes for axis in axes], leading=True)
    cells, missed = rounded_table(near.laid(view), axes, view)
    return view.given(cells), missed


def rounded_table(laid: Near, axes: Sequence[Axis], view: Layout) -> tuple[Ints, int]:
    """The same for cells that are laid out already, and left so."""
    across, missed = _side_targets(lambda: laid.row_sums(view), axes, view.rows)
    table, more = _by_rows(laid, view, across)
    missed += more
    if view.columns.axes:
        columns = view.columns
        table.targets, more = _side_targets(
            lambda: laid.sums(columns.codes, columns.size), axes, columns
        )
        missed += more + repair(table)
    return table.cells, missed


def swept(near: Near, cells: Ints, axes: Sequence[Axis], *, kept: int = 0) -> tuple[Ints, int]:
    """The cells mended one axis after the other, and how many units still miss a sum.

    Units move along lines of cells alike in every other axis, so no other sum changes. The first
    ``kept`` axes are left as they are.
    """
    wrong, before = 1, 2
    for _ in range(SWEEPS):
        if not 0 < wrong < before:
            break
        before, wrong = wrong, 0
        for number in range(kept, len(axes)):
            layout = lay_out_lines([axis.codes for axis in axes], number)
            laid, real = near.laid(layout), Real.of(layout.laid(near.real))
            targets = axes[number].targets[axes[number].codes[layout.columns.sample]]
            offset = layout.laid(cells) - real.whole
            table = Table(layout, real, offset, laid.low, laid.high, targets)
            wrong += repair(table)
            cells = layout.given(table.cells)
    return cells, wrong


def _side_targets(
    together: Callable[[], Near], axes: Sequence[Axis], side: Side
) -> tuple[Ints, int]:
    """The whole sum of each combination of one side, and how many units miss an axis there.

    The first of all axes stays the first: its sums come before those of the others.
    """
    order = sorted(side.axes, key=bool)
    parts = [Axis(axes[axis].codes[side.sample], axes[axis].targets) for axis in order]
    if len(parts) > 1:
        return rounded(together(), parts)
    targets = parts[0].targets
    unseen = np.delete(targets, parts[0].codes)
    return targets[parts[0].codes], int(np.abs(unseen).sum())


def _by_rows(laid: Near, view: Layout, targets: Ints) -> tuple[Table, int]:
    """The cells rounded so that every row is right, and how many units miss one."""
    real = Real.of(laid.real)
    need = targets - view.row_sums(real.whole)
    offset = _running(real, view, need) if view.columns.axes else _largest(real, view, need)
    table = Table(view, real, offset, laid.low, laid.high, np.zeros(0, dtype=np.int64))
    short, missed = need - view.row_sums(offset), 0
    for row in np.flatnonzero(short).tolist():
        part = slice(int(view.starts[row]), int(view.starts[row + 1]))
        missed += _force(table, part, int(short[row]))
    return table, missed


def _largest(real: Real, view: Layout, need: Ints) -> NDArray[np.int32]:
    """A unit more for the largest fractions of each row; ties to the larger, then the earlier."""
    groups = Groups(view.starts, view.sizes)
    above = view.row_sums((real.part > 0).astype(np.int8))
    more = chosen(np.clip(need, 0, above), groups, real.part.astype(np.int64), real.whole)
    return more.astype(np.int32)


def _running(real: Real, view: Layout, need: Ints) -> NDArray[np.int32]:
    """Round each row along its running total, from a start that brings it to what it needs.

    The starts that do so are a range; the golden ratio picks from it another place row by row, so
    that the left-over units of many alike rows fall on all columns by their weight.
    """
    asked = (np.clip(need, -1, view.sizes + 1) << GRID_BITS) - view.row_sums(real.part)
    least = np.clip(asked, 0, GRID - 1)
    most = np.clip(asked + GRID - 1, least, GRID - 1)
    turn = (np.arange(1, view.rows.size + 1) * GOLDEN) % 1.0
    begin = least + (turn * (most - least + 1)).astype(np.int64)
    offset = np.empty(len(real.part), dtype=np.int32)
    kernels = fast.kernels_for(len(offset))
    if kernels is not None:
        kernels.running(real.part, view.starts, begin, GRID_BITS, offset)
        return offset
    for window in view.windows:
        running = np.cumsum(real.part[window.cells], dtype=np.int64)
        ends = running[window.starts + window.sizes - 1]
        before = np.concatenate(([0], ends[:-1]))
        running += np.repeat(begin[window.rows] - before, window.sizes)
        running >>= GRID_BITS
        own = offset[window.cells]
        own[1:] = np.diff(running)
        own[window.starts] = running[window.starts]
    return offset


def _force(table: Table, part: slice, units: int) -> int:
    """Bring a row to its sum beyond floors and ceilings, the cheapest cells first.

    Answers how many units the bounds did not allow.
    """
    step = 1 if units > 0 else -1
    cells = table.real.whole[part] + table.offset[part]
    low = np.zeros_like(cells) if table.low is None else table.low[part]
    high = np.full_like(cells, UNBOUNDED) if table.high is None else table.high[part]
    order = np.argsort(step * table.surplus(part), kind="stable")
    left = abs(units)
    while left:
        room = high - cells if step > 0 else cells - low
        usable = order[room[order] > 0][:left]
        if not len(usable):
            break
        more = np.minimum(room[usable], max(left // len(usable), 1))
        cells[usable] += step * more
        left -= int(more.sum())
    table.put(part, cells)
    return left
