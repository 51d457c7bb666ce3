"""Where raking ends short: is it a conflict, are there whole cells at all, and which?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.conflict import irreducible
from quotaloom.core.numeric.layout import numbered
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from quotaloom.core.numeric.program import Program, nearest_whole
from quotaloom.core.numeric.wide import real_conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.rounding import Near

    Ints = NDArray[np.int64]

SEARCHED = 200_000  # cells among which whole ones are searched
EXPLAINED = 2_000  # cells up to which it is said which wishes leave no whole solution
NAMED = 30


def refuse_conflict(near: Near, margins: Sequence[Margin]) -> None:
    """Raise ``rake.conflict`` if no real cells meet the margins."""
    program = margin_program(*_merged(near, margins))
    rows = real_conflict(program)
    if rows:
        raise Infeasible([error("rake.conflict", _named(margins, rows), count=len(rows))])


def searched(near: Near, margins: Sequence[Margin], seconds: float) -> Ints:
    """Whole cells nearest to the real ones; raises ``rake.no_whole_solution`` where none are."""
    if len(near.real) > SEARCHED:
        raise Infeasible([_nothing("", len(near.real), proven=0)])
    program = margin_program(near, margins)
    answer = nearest_whole(program, near.real, seconds=seconds)
    if answer.cells is not None:
        return answer.cells
    names = ""
    if answer.proven and len(near.real) <= EXPLAINED:
        names = _named(margins, irreducible(margin_program(*_merged(near, margins))))
    raise Infeasible([_nothing(names, len(near.real), proven=int(answer.proven))])


def margin_program(near: Near, margins: Sequence[Margin]) -> Program:
    """The margins as rows over the cells."""
    from scipy.sparse import csr_array, vstack  # noqa: PLC0415 - heavy

    blocks: list[csr_array] = []
    for margin in margins:
        inside = np.flatnonzero(margin.codes >= 0)
        shape = (margin.size, len(margin.codes))
        ones = np.ones(len(inside), dtype=np.int64)
        blocks.append(csr_array((ones, (margin.codes[inside], inside)), shape=shape))
    none = np.zeros(len(near.real), dtype=np.int64)
    return Program(
        csr_array(vstack(blocks)),
        np.concatenate([margin.low for margin in margins]),
        np.concatenate([margin.high for margin in margins]),
        none if near.low is None else near.low,
        none + UNBOUNDED if near.high is None else near.high,
    )


def _merged(near: Near, margins: Sequence[Margin]) -> tuple[Near, list[Margin]]:
    """Cells that no margin tells apart as one: what it can hold is what they can."""
    codes, size = numbered([margin.codes for margin in margins], len(near.real))
    if size == len(codes):
        return near, list(margins)
    sample = np.empty(size, dtype=np.int64)
    sample[codes] = np.arange(len(codes))
    return near.sums(codes, size), [margin.on(margin.codes[sample]) for margin in margins]


def _named(margins: Sequence[Margin], rows: Sequence[int]) -> str:
    names = [margin.name(group) for margin in margins for group in range(margin.size)]
    more = "…" if len(rows) > NAMED else ""
    return "、".join(names[row] for row in rows[:NAMED]) + more


def _nothing(names: str, cells: int, *, proven: int) -> Finding:
    return error("rake.no_whole_solution", names, cells=cells, proven=proven)
