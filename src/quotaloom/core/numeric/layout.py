"""Cells seen as a table: combinations of some axes are its rows, of the other axes its columns.

All that several margins say about cells can be said about two sides, each a fraction as long as
the cells. Cells are kept sorted by row, then column, whatever order they came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, starmap
from math import prod
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.margins import group_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.int32]
    Reals = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Places = NDArray[np.intp]

Kind = TypeVar("Kind", bound=np.generic)
WINDOW = 1 << 16
DIGIT = 1 << 16  # numbers below it are sorted by radix
CROWDED = 4  # a table with that many places a cell is sorted by its places
GLANCE = 17  # entries between two that are looked at first
EVERY_SPLIT = 10  # up to so many axes all ways to halve them are compared


@dataclass(frozen=True)
class Side:
    """The combinations of groups on one side, numbered in the order of the axes' codes.

    ``codes`` holds the number of each cell; ``sample`` one cell (a place in the arrays that the
    layout was made from) of each combination.
    """

    axes: tuple[int, ...]
    codes: Codes
    sample: Ints

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return len(self.sample)


@dataclass(frozen=True)
class Window:
    """Some rows of a table: which rows, which cells, where each row starts among those cells.

    ``lines`` and ``columns`` hold the row (counted from the first one here) and the column of
    each cell, as NumPy counts with them quickest.
    """

    rows: slice
    cells: slice
    starts: Ints
    sizes: Ints
    lines: Places
    columns: Places


@dataclass(frozen=True)
class Layout:
    """A table of cells: row r owns the cells ``[starts[r], starts[r + 1])``, sorted by column.

    ``order`` takes cells as they were given into this order; it is None where they came sorted.
    """

    rows: Side
    columns: Side
    order: Ints | None

    @cached_property
    def starts(self) -> Ints:
        """The first cell of each row, and the number of cells at the end."""
        return np.searchsorted(self.rows.codes, np.arange(self.rows.size + 1))

    @cached_property
    def sizes(self) -> Ints:
        """How many cells each row has, at least one."""
        return np.diff(self.starts)

    def laid(self, cells: NDArray[Kind]) -> NDArray[Kind]:
        """Cells as given, in the order of the table."""
        return cells if self.order is None else picked(cells, self.order)

    def given(self, cells: NDArray[Kind]) -> NDArray[Kind]:
        """Cells of the table in the order in which they were given."""
        if self.order is None:
            return cells
        back = np.empty_like(cells)
        back[self.order] = cells
        return back

    def each_row(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """One value a row, written on each of its cells."""
        return np.repeat(values, self.sizes)

    def each_column(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """One value a column, written on each of its cells."""
        return values[self.columns.codes]

    def row_sums(self, cells: NDArray[np.integer]) -> Ints:
        """The sum of each row, exact."""
        kernels = fast.kernels_for(len(cells))
        if kernels is not None:
            sums = np.empty(self.rows.size, dtype=np.int64)
            kernels.line_sums(cells, self.starts, sums)
            return sums
        added: Ints = np.add.reduceat(cells, self.starts[:-1], dtype=np.int64)
        return added

    def column_sums(self, cells: Ints) -> Ints:
        """The sum of each column, exact."""
        return group_sums(self.columns.codes, cells, self.columns.size)

    @cached_property
    def edges(self) -> Ints:
        """The first row of each window, and the number of rows at the end."""
        edges = [0]
        while edges[-1] < self.rows.size:
            goal = self.starts[edges[-1]] + WINDOW
            past = int(np.searchsorted(self.starts, goal, side="right")) - 1
            edges.append(max(past, edges[-1] + 1))
        return np.array(edges, dtype=np.int64)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """Runs of whole rows of about WINDOW cells, whose scratch arrays stay in cache."""
        return tuple(starmap(self._window, pairwise(self.edges.tolist())))

    def _window(self, row: int, past: int) -> Window:
        first, end = int(self.starts[row]), int(self.starts[past])
        sizes = self.sizes[row:past]
        return Window(
            slice(row, past),
            slice(first, end),
            self.starts[row:past] - first,
            sizes,
            np.repeat(np.arange(past - row), sizes),
            self.columns.codes[first:end].astype(np.intp),
        )


def picked(cells: NDArray[Kind], places: Ints) -> NDArray[Kind]:
    """The cells at some places."""
    kernels = fast.kernels_for(len(places))
    if kernels is None:
        return cells[places]
    some = np.empty(len(places), dtype=cells.dtype)
    kernels.gather(cells, places, some)
    return some


def lay_out(
    axes: Sequence[Codes],
    *,
    ties: Sequence[NDArray[np.generic]] = (),
    leading: bool = False,
) -> Layout:
    """A table over at least one cell, with more rows than columns.

    Later axes count more in the order of rows and of columns: where the short ones come first,
    cells that were listed by them last are taken in runs.
    ``leading`` puts the first axis among the rows whatever their number. Codes may be -1, which
    counts as a group of its own. Cells alike in every axis are sorted by ``ties``, so that their
    order never tells.
    """
    count = len(axes[0])
    first, second = halves([int(codes.max()) + 2 for codes in axes], count)
    rows, columns = _side(axes, first[::-1], count), _side(axes, second[::-1], count)
    if columns.size > rows.size and not leading:
        rows, columns = columns, rows
    return _sorted(rows, columns, ties)


def dense(rows: int, columns: int) -> Layout:
    """The table of every row with every column, cells row by row."""
    down, across = _every_place(rows, columns)
    return Layout(
        Side((0,), down, np.arange(rows) * columns),
        Side((1,), across, np.arange(columns)),
        None,
    )


def lay_out_lines(axes: Sequence[Codes], axis: int) -> Layout:
    """A table whose columns are one axis, a row being all cells alike in every other axis."""
    others = tuple(other for other in range(len(axes)) if other != axis)
    count = len(axes[0])
    return _sorted(_side(axes, others, count), _side(axes, (axis,), count), ())


def _sorted(rows: Side, columns: Side, ties: Sequence[NDArray[np.generic]]) -> Layout:
    if rows.size * columns.size <= CROWDED * len(rows.codes):
        seated = _seated(rows, columns)
        if seated is not None:
            return seated
    order = _order(rows, columns, ties)
    if order is None:
        return Layout(rows, columns, None)
    return Layout(
        Side(rows.axes, rows.codes[order], rows.sample),
        Side(columns.axes, columns.codes[order], columns.sample),
        order,
    )


def _seated(rows: Side, columns: Side) -> Layout | None:
    """The table of cells of which each has a place of its own; None where two share one."""
    count, width = len(rows.codes), columns.size
    taken = np.full(rows.size * width, -1, dtype=np.int32)
    kernels = fast.kernels_for(count)
    if kernels is not None:
        if not kernels.seats(rows.codes, columns.codes, width, taken):
            return None
        order = np.empty(count, dtype=np.int64)
        down, across = np.empty((2, count), dtype=np.int32)
        kernels.seated(taken, width, order, down, across)
    else:
        taken[rows.codes * np.int64(width) + columns.codes] = np.arange(count)
        full = taken >= 0
        order = taken[full].astype(np.int64)
        if len(order) < count:
            return None
        down, across = (codes[full] for codes in _every_place(rows.size, width))
    return Layout(
        Side(rows.axes, down, rows.sample),
        Side(columns.axes, across, columns.sample),
        None if _is_sorted(order) else order,
    )


def _is_sorted(order: Ints) -> bool:
    return all((part[1:] > part[:-1]).all() for part in (order[:WINDOW], order))


def _every_place(rows: int, columns: int) -> tuple[Codes, Codes]:
    """The row and the column of each place of a full table."""
    down, across = np.arange(rows, dtype=np.int32), np.arange(columns, dtype=np.int32)
    return np.repeat(down, columns), np.tile(across, rows)


def halves(sizes: Sequence[int], count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The axes parted in two so that both sides are short; the first axis is in the first part.

    Neither part is empty unless there is one axis only.
    """
    axes = range(len(sizes))
    if len(sizes) > EVERY_SPLIT:
        return tuple(axes[::2]), tuple(axes[1::2])
    most = max(len(sizes) - 1, 1)
    parts = [(0, *more) for taken in range(most) for more in combinations(axes[1:], taken)]

    def length(part: tuple[int, ...]) -> int:
        rest = prod(sizes[axis] for axis in axes if axis not in part)
        return min(prod(sizes[axis] for axis in part), count) + min(rest, count)

    best = min(parts, key=length)
    return best, tuple(axis for axis in axes if axis not in best)


def numbered(keys: Sequence[Codes], count: int) -> tuple[Codes, int]:
    """Number the combinations of codes that occur, in the order of the codes; and how many."""
    number, span = _joint(keys, count)
    number, places = _without_gaps(number, span)
    return number.astype(np.int32, copy=False), len(places)


def _joint(keys: Sequence[Codes], count: int) -> tuple[NDArray[np.integer], int]:
    """One number for each combination of codes, and what is above all of them."""
    number: NDArray[np.integer] = np.zeros(count, dtype=np.int32)
    span = 1
    for key in keys:
        none = int(key.min(initial=0) < 0)
        size = int(key.max(initial=0)) + 1 + none
        if span * size >= 2**62:
            number, places = _without_gaps(number, span)
            span = len(places)
        if span * size >= 2**31:
            number = number.astype(np.int64)
        number = key + np.int32(none) if span == 1 else _joined(number, size, key, none)
        span *= size
    return number, span


def _joined(number: NDArray[np.integer], size: int, key: Codes, none: int) -> NDArray[np.integer]:
    joined: NDArray[np.integer] = np.multiply(number, size)
    joined += key
    if none:
        joined += none
    return joined


def _without_gaps(number: NDArray[np.integer], span: int) -> tuple[NDArray[np.integer], Ints]:
    """The same numbers without gaps, and the place of one entry of each.

    Most often a part of the entries already shows all numbers below the span.
    """
    count = len(number)
    if span > 16 * count + 1024:
        places, number = np.unique(number, return_index=True, return_inverse=True)[1:]
        return number.reshape(-1), places
    found = np.full(span, -1, dtype=np.int64)
    for step in (GLANCE, 1):
        some = np.arange(0, count, step)
        found[number[::step]] = some
        present = found >= 0
        if present.all():
            return number, found
    place = np.cumsum(present, dtype=np.int32) - np.int32(1)
    return place[number], found[present]


def _side(axes: Sequence[Codes], part: tuple[int, ...], count: int) -> Side:
    number, sample = _without_gaps(*_joint([axes[axis] for axis in part], count))
    return Side(part, number.astype(np.int32, copy=False), sample)


def _order(rows: Side, columns: Side, ties: Sequence[NDArray[np.generic]]) -> Ints | None:
    """What sorts the cells by row and column, or None where nothing is to do."""
    if _rises(rows.codes, columns.codes):
        order = None
    else:
        order = stable_order(columns.codes, columns.size)
        order = order[stable_order(rows.codes[order], rows.size)]
    if not ties or not _repeats(rows.codes, columns.codes, order):
        return order
    return np.lexsort((*ties, columns.codes, rows.codes))


def _rises(rows: Codes, columns: Codes) -> bool:
    step = np.diff(rows)
    return not (step < 0).any() and not ((step == 0) & (np.diff(columns) < 0)).any()


def _repeats(rows: Codes, columns: Codes, order: Ints | None) -> bool:
    if order is not None:
        rows, columns = rows[order], columns[order]
    return bool(((rows[1:] == rows[:-1]) & (columns[1:] == columns[:-1])).any())


def stable_order(codes: Codes, size: int) -> Ints:
    """What sorts numbers below ``size``, equal ones kept in their order."""
    if size <= DIGIT:
        return np.argsort(codes.astype(np.uint16), kind="stable")
    order = np.argsort((codes & (DIGIT - 1)).astype(np.uint16), kind="stable")
    upper = (codes >> 16)[order]
    return order[np.argsort(upper.astype(np.uint16), kind="stable")]
