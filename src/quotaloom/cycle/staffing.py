"""Apply a roster to a cube: who leaves, who takes over, who is new."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.roster import Change, Weights, apply_roster
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.money import half_up
from quotaloom.core.numeric.apportion import apportion
from quotaloom.cycle.dimensions import Members, with_tuples
from quotaloom.warehouse.intake.roster_file import read_roster

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Cube
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.warehouse.intake.roster_file import RosterRow


def staff(
    request: DecomposeRequest, cube: Cube, last_year: NDArray[np.int64] | None, members: Members
) -> tuple[Cube, NDArray[np.int64] | None, Members, list[Finding]]:
    """The cube after the roster, where there is one; tuples keep canonical order."""
    if request.roster is None:
        return cube, last_year, members, []
    known = {c: set(members.keys[c].unique().to_list()) for c in members.keys.columns}
    rows, said = read_roster(request.roster, known)
    weights = _weights(cube, last_year, members)
    moved = apply_roster(weights, [_change(row, members) for row in rows], cube.periods)
    alive = {key: row for key, row in weights.cells.items() if any(row)}
    schema = dict.fromkeys(members.keys.columns, pl.String)
    grown = with_tuples(members, pl.DataFrame(list(alive), schema=schema, orient="row"), request)
    keys = list(grown.keys.select(members.keys.columns).iter_rows())
    table = np.array([[half_up(cell) for cell in alive[key]] for key in keys], dtype=np.int64)
    profiles, shape = np.unique(_reduced(table), axis=0, return_inverse=True)
    staffed = replace(
        cube,
        hierarchies=grown.hierarchies,
        members=grown.places,
        basis=table.sum(axis=1),
        shape=shape.reshape(-1).astype(np.int32),
        profiles=profiles,
    )
    past = None
    if last_year is not None:
        past = np.array(
            [half_up(weights.last_year.get(key, Fraction(0))) for key in keys], np.int64
        )
    return staffed, past, grown, [*said, *moved]


def _weights(cube: Cube, last_year: NDArray[np.int64] | None, members: Members) -> Weights:
    count, span = cube.size
    starts = np.arange(count + 1, dtype=np.int64) * span
    table = apportion(cube.basis, cube.seasonal().reshape(-1), starts, on_zero="equal")
    keys = list(members.keys.iter_rows())
    past = np.zeros(count, dtype=np.int64) if last_year is None else last_year
    return Weights(
        {
            key: [Fraction(cell) for cell in row]
            for key, row in zip(keys, table.reshape(count, span).tolist(), strict=True)
        },
        {key: Fraction(value) for key, value in zip(keys, past.tolist(), strict=True)},
    )


def _change(row: RosterRow, members: Members) -> Change:
    columns = members.keys.columns
    if row.dimension not in columns:
        known = ", ".join(columns)
        raise UsageRefused([error("wish.unknown_header", row.dimension, known=known)])
    return Change(
        columns.index(row.dimension),
        row.member,
        row.action,
        row.successor,
        row.like,
        row.ramp or (Fraction(1),),
        row.start,
        row.end,
    )


def _reduced(table: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each row as a profile; rows in the same proportion share one."""
    divisor = np.gcd.reduce(table, axis=1)
    return np.asarray(table // np.maximum(divisor, 1)[:, None])
