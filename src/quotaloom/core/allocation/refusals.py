"""Wishes that cannot stand together, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.numeric.conflict import irreducible
from quotaloom.core.numeric.program import Program, has_real, has_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.allocation.classes import Classes

    Ints = NDArray[np.int64]


def conflict(classes: Classes) -> Infeasible:
    """The refusal that names an irreducible set of wishes that cannot stand together."""
    program = wish_program(classes, classes.room + classes.spare)
    rows = irreducible(program)
    names = "、".join(classes.texts[row] for row in rows if row > 0)
    return Infeasible([_blame(classes, program.only(rows), rows, names)])


def _blame(classes: Classes, program: Program, rows: list[int], names: str) -> Finding:
    count, total = len([row for row in rows if row > 0]), int(0 in rows)
    without_caps = wish_program(classes, np.full_like(classes.room, classes.most)).only(rows)
    if has_whole(without_caps):
        if not names:
            return error("allocate.total_beyond_growth")
        return error("allocate.conflict_with_growth", names, count=count, with_total=total)
    if has_real(program):
        return error("rake.no_whole_solution", names, cells=len(classes.room), proven=1)
    if total:
        return error("allocate.conflict_with_total", names, count=count)
    return error("allocate.conflict", names, count=count)


def wish_program(classes: Classes, room: Ints) -> Program:
    """The wishes as rows over the classes."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy

    rows = csr_array(classes.members.astype(np.int64))
    return Program(rows, classes.low, classes.high, np.zeros_like(room), room)
