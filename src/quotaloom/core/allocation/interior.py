"""From class totals to whole cells: first each tuple's part of a class, then its periods.

The class totals hold exactly at every step, so no wish can break. Inside them each hierarchy,
rounded alone, says what its members should get, and so does the calendar; whole units move until
they do, as far as the existing cells allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.nodes import member_targets, period_targets
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.layout import dense
from quotaloom.core.numeric.margins import Margin
from quotaloom.core.numeric.rounding import Axis, Near, rounded, rounded_table, swept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.classes import Classes
    from quotaloom.core.allocation.cube import Cube

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Interior:
    """Whole cells, shape (tuples, periods), and how many units miss a rounded-alone node."""

    cells: Ints
    astray: int


def fill(cube: Cube, classes: Classes, units: Ints, caps: Ints | None) -> Interior:
    """Spread the units of each class over its cells with weight, in proportion to it."""
    blocks = [np.flatnonzero(classes.of_period == block) for block in range(classes.blocks)]
    room = None if caps is None else _rooms(cube, blocks, caps)
    real = _tuple_parts(cube, classes, units, blocks, room)
    rows, astray = _whole_tuples(cube, classes, units, real, room)
    cells = np.zeros(cube.size, dtype=np.int64)
    for block, periods in enumerate(blocks):
        limit = None if caps is None else caps[:, periods]
        filled, missed = _whole_periods(cube, periods, rows[:, block], real[:, block], limit)
        cells[:, periods] = filled
        astray += missed
    return Interior(cells, astray)


def _rooms(cube: Cube, blocks: Sequence[Ints], caps: Ints) -> Ints:
    """What the cells with weight of each tuple can hold in each block."""
    usable = np.where((cube.seasonal() > 0) & (cube.basis > 0)[:, None], caps, 0)
    return np.stack([usable[:, periods].sum(axis=1) for periods in blocks], axis=1)


def _tuple_parts(
    cube: Cube, classes: Classes, units: Ints, blocks: Sequence[Ints], room: Ints | None
) -> Reals:
    """The real value of each tuple's part of each block."""
    shares = np.stack([cube.profiles[:, periods].sum(axis=1) for periods in blocks], axis=1)
    whole = np.array([float(max(weight, 1)) for weight in classes.weights])
    number = classes.numbers()
    real: Reals = shares[cube.shape] * cube.basis.astype(np.float64)[:, None]
    real *= (units / whole)[number]
    if room is None or (real <= room).all():
        return real
    margin = Margin.exact(number.reshape(-1).astype(np.int32), units)
    done = fit(real.reshape(-1), [margin], high=room.reshape(-1).astype(np.float64))
    return done.cells.reshape(real.shape)


def _whole_tuples(
    cube: Cube, classes: Classes, units: Ints, real: Reals, room: Ints | None
) -> tuple[Ints, int]:
    """Whole parts of each tuple in each block: class sums exact, member sums as rounded alone."""
    width = real.shape[1]
    used = np.flatnonzero(real > 0)
    exact = len(units) == 1 and room is None
    axes = [
        Axis(
            np.repeat(members, width)[used],
            member_targets(cube, number, real.sum(axis=1), int(units.sum()), exact=exact),
        )
        for number, members in enumerate(cube.members)
    ]
    if len(units) > 1 or not axes:
        axes.insert(0, Axis(classes.numbers().reshape(-1)[used].astype(np.int32), units))
    near = Near(real.reshape(-1)[used], None, None if room is None else room.reshape(-1)[used])
    cells, astray = np.zeros(real.size, dtype=np.int64), 0
    if len(used):
        cells[used], astray = _mended(near, axes)
    return cells.reshape(real.shape), astray


def _mended(near: Near, axes: Sequence[Axis]) -> tuple[Ints, int]:
    cells, astray = rounded(near, axes)
    return swept(near, cells, axes, kept=1) if astray else (cells, 0)


def _whole_periods(
    cube: Cube, periods: Ints, rows: Ints, parts: Reals, caps: Ints | None
) -> tuple[Ints, int]:
    """Each row over its periods; row sums exact, period sums as rounded alone where possible.

    ``parts`` are the rows before they were rounded: the calendar is rounded by them, so that few
    units that fell on members of one season do not bend it.
    """
    if len(periods) == 1:
        return rows[:, None], 0
    profiles = cube.profiles[:, periods].astype(np.float64)
    share = profiles / np.maximum(profiles.sum(axis=1, keepdims=True), 1)
    real = (rows[:, None] * share[cube.shape]).reshape(-1)
    layout = dense(len(rows), len(periods))
    high = _high(cube, periods, rows, caps)
    if caps is not None and high is not None and (real > high).any():
        margin = Margin.exact(layout.rows.codes, rows)
        real = fit(real, [margin], high=high.astype(np.float64)).cells
        sums = real.reshape(len(rows), len(periods)).sum(axis=0)
    else:
        sums = (parts[:, None] * share[cube.shape]).sum(axis=0)
    targets = period_targets(cube, periods, sums, int(rows.sum()))
    axes = [Axis(layout.rows.codes, rows), Axis(layout.columns.codes, targets)]
    cells, astray = rounded_table(Near(real, None, high), axes, layout)
    return cells.reshape(len(rows), len(periods)), astray


def _high(cube: Cube, periods: Ints, rows: Ints, caps: Ints | None) -> Ints | None:
    """The upper bounds of a block's cells: none in periods without weight."""
    if caps is None and cube.profiles[:, periods].all():
        return None
    weight = (cube.profiles[:, periods] > 0)[cube.shape]
    limit = rows[:, None] if caps is None else caps
    return np.where(weight, limit, 0).reshape(-1)
