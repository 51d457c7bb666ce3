"""How many units each class of cells gets, so that every wish is met exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.model.findings import Finding, error, warning
from quotaloom.core.numeric.conflict import Program, irreducible, solve
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from quotaloom.core.numeric.rake import nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.allocation.classes import Classes

CLOSE = 1e-9


@dataclass(frozen=True)
class Shares:
    """The units of each class, their real values, and what had to be said."""

    units: NDArray[np.int64]
    real: NDArray[np.float64]
    findings: tuple[Finding, ...]


def share_out(classes: Classes) -> Shares:
    """Units for each class: in proportion to weight, each wish exact.

    Cells without weight stay empty unless the wishes cannot be met otherwise. Raises Infeasible
    (``allocate.conflict``) with an irreducible set of wishes.
    """
    room, findings = _room(classes)
    weights = np.array([float(weight) for weight in classes.weights])
    opened = (weights == 0) & (room > 0) & (classes.cells > 0)
    if findings and weights.sum() == 0:
        weights = classes.cells.astype(np.float64)
    elif findings:
        typical = weights.sum() / max(int(classes.cells[weights > 0].sum()), 1)
        weights = np.where(opened, classes.cells * typical, weights)
    real, said = _real(classes, weights, room)
    units = _whole(classes, real, room)
    return Shares(units, real, (*findings, *said))


def _room(classes: Classes) -> tuple[NDArray[np.int64], list[Finding]]:
    for room in (classes.weighted_room(), classes.room):
        program = classes.program(np.where(classes.cells > 0, room, 0))
        if solve(program).cells is not None:
            usual = bool(np.array_equal(room, classes.weighted_room()))
            findings = [] if usual else [warning("allocate.zero_basis_opened")]
            return np.where(classes.cells > 0, room, 0), findings
    raise conflict(classes)


def conflict(classes: Classes) -> Infeasible:
    """The refusal that names an irreducible set of wishes that cannot stand together."""
    program = classes.program(np.where(classes.cells > 0, classes.room, 0))
    rows = irreducible(program)
    names = [classes.texts[row] for row in rows if row > 0]
    capped = bool((classes.room < UNBOUNDED).any())
    loose = classes.program(np.where(classes.cells > 0, UNBOUNDED, 0)).only(rows)
    blamed = capped and solve(loose).cells is not None
    code = "allocate.conflict_with_growth" if blamed else "allocate.conflict"
    texts = "、".join(names)
    whole = solve(program.only(rows), whole=False).cells is None
    return Infeasible(
        [
            error(
                code if whole else "rake.no_whole_solution",
                texts,
                count=len(names),
                total=int(classes.low[0]),
                with_total=int(0 in rows),
            )
        ]
    )


def _real(
    classes: Classes, weights: NDArray[np.float64], room: NDArray[np.int64]
) -> tuple[NDArray[np.float64], list[Finding]]:
    """Held classes first, by themselves; then the others share what is left."""
    held = _held(classes)
    if not held.any():
        return _fitted(classes, weights, room, np.ones(len(weights), dtype=np.bool_)), []
    rows = np.array([kind == "hold" for kind in classes.kinds])
    alone = fit(np.where(held, weights, 0.0), _margins(classes, rows, held, None), **_limits(room))
    if alone.miss <= CLOSE:
        fixed = np.where(held, alone.cells, 0.0)
        rest = _rest(classes, weights, room, held, fixed)
        if rest is not None:
            return rest, []
    return _fitted(classes, weights, room, np.ones(len(weights), dtype=np.bool_)), [
        warning("allocate.hold_reshaped")
    ]


def _held(classes: Classes) -> NDArray[np.bool_]:
    rows = [row for row, kind in enumerate(classes.kinds) if kind == "hold"]
    return classes.members[rows].any(axis=0)


def _rest(
    classes: Classes,
    weights: NDArray[np.float64],
    room: NDArray[np.int64],
    held: NDArray[np.bool_],
    fixed: NDArray[np.float64],
) -> NDArray[np.float64] | None:
    rows = np.array([kind != "hold" for kind in classes.kinds])
    done = fit(np.where(held, 0.0, weights), _margins(classes, rows, ~held, fixed), **_limits(room))
    return done.cells + fixed if done.miss <= CLOSE else None


def _limits(room: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    return {} if (room >= UNBOUNDED).all() else {"high": room.astype(np.float64)}


def _margins(
    classes: Classes,
    rows: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    used: NDArray[np.float64] | None,
) -> list[Margin]:
    margins = []
    for row in np.flatnonzero(rows):
        mine = classes.members[row] & inside
        spent = 0.0 if used is None else float(used[classes.members[row]].sum())
        if not mine.any() and classes.low[row] <= spent + CLOSE <= classes.high[row] + 2 * CLOSE:
            continue
        codes = np.where(mine, 0, -1).astype(np.int32)
        low, high = classes.low[row] - spent, classes.high[row] - spent
        margins.append(Margin(codes, np.array([low]), np.array([high])))
    return margins


def _fitted(
    classes: Classes,
    weights: NDArray[np.float64],
    room: NDArray[np.int64],
    inside: NDArray[np.bool_],
) -> NDArray[np.float64]:
    rows = np.ones(len(classes.texts), dtype=np.bool_)
    done = fit(weights, _margins(classes, rows, inside, None), **_limits(room))
    if done.miss <= CLOSE:
        return done.cells
    found = nearest(classes.program(room), done.cells, whole=False)
    if found is None:
        raise conflict(classes)
    return found


def _whole(
    classes: Classes, real: NDArray[np.float64], room: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Whole units nearest to the real ones that still meet every wish."""
    if len(real) == 1:
        return np.array([classes.low[0]], dtype=np.int64)
    program = classes.program(room)
    for around in (0, 2):
        near = Program(
            program.rows,
            program.low,
            program.high,
            np.maximum(np.floor(real + CLOSE) - around, 0),
            np.minimum(np.ceil(real - CLOSE) + around, program.most),
        )
        if (near.least <= near.most).all():
            found = nearest(near, real, whole=True)
            if found is not None:
                return found.astype(np.int64)
    found = nearest(program, real, whole=True)
    if found is None:
        raise conflict(classes)
    return found.astype(np.int64)
