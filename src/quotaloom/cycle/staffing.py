"""Apply a roster to a cube: who leaves, who takes over, who is new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.history import GRID
from quotaloom.core.allocation.roster import Change, Weights, apply_roster, median_member
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.money import half_up
from quotaloom.core.numeric.apportion import apportion
from quotaloom.cycle.dimensions import Members, with_tuples
from quotaloom.warehouse.intake.roster_file import read_roster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Cube
    from quotaloom.core.model.hierarchies import Hierarchy
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.warehouse.intake.roster_file import RosterRow


@dataclass(frozen=True)
class Staffed:
    """A cube with its members and last year's amounts in 分 by tuple, None without dates.

    ``gone`` has, for each hierarchy, the part of last year's amount of each node that belongs to
    nobody who is still there; empty without a roster.
    """

    cube: Cube
    members: Members
    last_year: NDArray[np.int64] | None
    gone: tuple[NDArray[np.int64], ...] = ()
    findings: tuple[Finding, ...] = ()


def staff(request: DecomposeRequest, before: Staffed) -> Staffed:
    """The cube after the roster, where there is one; tuples keep canonical order."""
    if request.roster is None:
        return before
    cube, members = before.cube, before.members
    names = _Names.of(members)
    rows, said = read_roster(request.roster, names.known)
    weights = _weights(cube, before.last_year, members)
    changes = [_with_pattern(one, weights) for one in _changes(rows, names)]
    moved = apply_roster(weights, changes, cube.periods)
    was = set(members.keys.iter_rows()) - weights.closed
    alive = {key: row for key, row in weights.cells.items() if any(row) or key in was}
    if not alive:
        raise DataRefused([*said, *moved, error("roster.nobody_left")])
    schema = dict.fromkeys(members.keys.columns, pl.String)
    frame = pl.DataFrame(list(alive), schema=schema, orient="row")
    grown = with_tuples(members, frame, request, _beside(changes))
    keys = list(grown.keys.select(members.keys.columns).iter_rows())
    table = np.array([[half_up(cell) for cell in alive[key]] for key in keys], dtype=np.int64)
    profiles, shape = np.unique(_profiles(table), axis=0, return_inverse=True)
    staffed = replace(
        cube,
        hierarchies=grown.hierarchies,
        members=grown.places,
        basis=table.sum(axis=1),
        shape=shape.reshape(-1).astype(np.int32),
        profiles=profiles,
    )
    if before.last_year is None:
        return Staffed(staffed, grown, None, (), (*said, *moved))
    past = np.array([weights.last_year.get(key, 0) for key in keys], np.int64)
    gone = _gone(weights, set(keys), members, grown)
    return Staffed(staffed, grown, past, gone, (*said, *moved))


@dataclass(frozen=True)
class _Names:
    """The dimensions that a roster may name: key columns, trees, and columns of display names.

    ``columns`` gives each its key column; ``codes`` the code of each display name that only one
    member has.
    """

    known: Mapping[str, set[str]]
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    members: Members

    @classmethod
    def of(cls, members: Members) -> _Names:
        """The names of some members. A single dimension has one name, so that none is asked for."""
        columns = {column: column for column in members.keys.columns}
        known = {column: set(members.keys[column].unique().to_list()) for column in columns}
        codes: dict[str, dict[str, str]] = {}
        if len(columns) == 1:
            return cls(known, columns, codes, members)
        for name in members.above:
            column = members.key_columns[name][0]
            columns[name], known[name] = column, known[column]
        for code, label in members.label_of.items():
            codes[label] = _unique_names(members, code)
            columns[label], known[label] = code, set(codes[label])
        return cls(known, columns, codes, members)

    def code(self, dimension: str, name: str | None) -> str | None:
        """The code of a member as a roster names it; a new one keeps its name."""
        return name and self.codes.get(dimension, {}).get(name, name)

    def below(self, column: str) -> tuple[int, ...]:
        """The places of the levels below a column."""
        group = next(g for g in self.members.key_columns.values() if column in g)
        places = self.members.keys.columns
        return tuple(places.index(lower) for lower in group[group.index(column) + 1 :])


def _unique_names(members: Members, code: str) -> dict[str, str]:
    """The code of each display name of a level that only one member has."""
    hierarchy = next(h for h in members.hierarchies if code in h.levels)
    found: dict[str, set[str]] = {}
    for node in hierarchy.nodes_at(hierarchy.levels.index(code)).tolist():
        found.setdefault(hierarchy.names[node], set()).add(hierarchy.codes[node])
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def _changes(rows: tuple[RosterRow, ...], names: _Names) -> list[Change]:
    two = [row for row in rows if row.action != "open" and row.start and row.end]
    if two:
        raise DataRefused(
            error(
                "roster.two_dates", row.member, row=row.row, first=str(row.start), last=str(row.end)
            )
            for row in two
        )
    places = names.members.keys.columns
    return [
        Change(
            places.index(names.columns[row.dimension]),
            str(names.code(row.dimension, row.member)),
            row.action,
            names.code(row.dimension, row.successor),
            names.code(row.dimension, row.like),
            row.ramp or (Fraction(1),),
            row.start,
            row.end,
            names.below(names.columns[row.dimension]),
        )
        for row in rows
    ]


def _with_pattern(change: Change, weights: Weights) -> Change:
    if change.action != "open" or change.like:
        return change
    return replace(change, like=median_member(weights.cells, change.column))


def _beside(changes: list[Change]) -> dict[str, str]:
    """Whom a new member is like: its pattern, or the one that it succeeds."""
    beside = {c.successor: c.member for c in changes if c.successor}
    return beside | {c.member: c.like for c in changes if c.action == "open" and c.like}


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
        dict(zip(keys, past.tolist(), strict=True)),
    )


def _gone(
    weights: Weights, alive: set[tuple[str, ...]], before: Members, after: Members
) -> tuple[NDArray[np.int64], ...]:
    """What left, and what lies on tuples that are no more, at the nodes that are still there."""
    lost = dict(weights.gone)
    for key, amount in weights.last_year.items():
        if key not in alive:
            lost[key] = lost.get(key, 0) + amount
    return tuple(_gone_below(hierarchy, lost, before, after) for hierarchy in after.hierarchies)


def _gone_below(
    hierarchy: Hierarchy, lost: Mapping[tuple[str, ...], int], before: Members, after: Members
) -> NDArray[np.int64]:
    columns = after.key_columns[hierarchy.name]
    places = [before.keys.columns.index(column) for column in columns]
    nodes = {hierarchy.path(node): node for node in range(len(hierarchy))}
    above = before.above.get(hierarchy.name)
    sums = np.zeros(len(hierarchy), dtype=np.int64)
    for key, amount in lost.items():
        path = tuple(key[place] for place in places)
        whole = path if above is None else above.path(path[0])
        there = [nodes.get(whole[: depth + 1]) for depth in range(len(whole))]
        sums[[node for node in there if node is not None]] += amount
    return sums


def _profiles(table: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each row as a profile on the grid, so that equal bases weigh the same; an empty one even."""
    count, span = table.shape
    starts = np.arange(count + 1, dtype=np.int64) * span
    rows = apportion(np.full(count, GRID), table.reshape(-1), starts, on_zero="equal")
    return rows.reshape(count, span)
