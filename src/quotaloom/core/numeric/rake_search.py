"""Where raking ends short: is it a conflict, are there whole cells at all, and which?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.clash import clash
from quotaloom.core.numeric.conflict import irreducible
from quotaloom.core.numeric.layout import numbered
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from quotaloom.core.numeric.program import Answer, Program, has_real, nearest_whole
from quotaloom.core.numeric.rounding import Near
from quotaloom.core.numeric.wide import priced_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

FEW = 5_000  # cells, alike ones merged, up to which the whole program is solved at once
SHRUNK = 100_000  # clashing wishes times cells up to which each one's part in it is proven
SEARCHED = 200_000  # cells among which whole ones are searched
EXPLAINED = 2_000  # cells up to which it is said which wishes leave no whole solution
NAMED = 30


@dataclass(frozen=True)
class Question:
    """What raking was asked: all cells, held and empty ones too, so that every wish has a say."""

    seed: Reals
    margins: Sequence[Margin]
    low: Ints | None
    high: Ints | None

    def refuse_conflict(self) -> None:
        """Raise ``rake.conflict`` if no real cells meet the margins."""
        wishes = self._clashing()
        if wishes:
            names = [self.margins[margin].name(group) for margin, group in wishes]
            raise Infeasible([error("rake.conflict", _listed(names), count=len(names))])

    def no_whole_solution(self, *, proven: bool) -> Infeasible:
        """The refusal where whole cells do not exist, or (not ``proven``) were not found."""
        names: list[str] = []
        if proven and len(self.seed) <= EXPLAINED:
            rows = irreducible(self._program(self.margins))
            every = [m.name(group) for m in self.margins for group in range(m.size)]
            names = [every[row] for row in rows]
        code = "rake.no_whole_solution"
        cells = len(self.seed)
        return Infeasible([error(code, _listed(names), cells=cells, proven=int(proven))])

    @cached_property
    def _bounds(self) -> tuple[Ints, Ints]:
        """What each cell holds at least and at most."""
        low = np.zeros(len(self.seed), dtype=np.int64) if self.low is None else self.low
        high = np.full(len(self.seed), UNBOUNDED) if self.high is None else self.high
        return low, np.where(self.seed > 0, high, low)

    def _clashing(self) -> list[tuple[int, int]]:
        """Wishes (margin, group) that no real cells meet, all but any one of which some do."""
        found = [(number, g) for number, m in enumerate(self.margins) for g in range(m.size)]
        program = self._program(self.margins)
        if len(program.least) > FEW:
            shown = clash(self.margins, *self._bounds)
            if shown is not None and shown.is_irreducible:
                return shown.wishes
            found = shown.wishes if shown else [found[row] for row in priced_rows(program)]
            program = self._program(self._only(found)) if found else program
            if not found or len(found) * len(program.least) > SHRUNK:
                return found
        elif has_real(program):
            return []
        return [found[row] for row in irreducible(program, whole=False)]

    def _only(self, wishes: Sequence[tuple[int, int]]) -> list[Margin]:
        """The margins with those groups only that the wishes name; they come sorted."""
        kept: dict[int, list[int]] = {}
        for number, group in wishes:
            kept.setdefault(number, []).append(group)
        return [_some_groups(self.margins[number], groups) for number, groups in kept.items()]

    def _program(self, margins: Sequence[Margin]) -> Program:
        """Cells that no margin tells apart are one: what it can hold is what they can."""
        near = Near(self.seed, *self._bounds)
        codes, size = numbered([margin.codes for margin in margins], len(self.seed))
        if size == len(codes):
            return margin_program(near, margins)
        sample = np.empty(size, dtype=np.int64)
        sample[codes] = np.arange(len(codes))
        merged = [margin.on(margin.codes[sample]) for margin in margins]
        return margin_program(near.sums(codes, size), merged)


def searched(near: Near, margins: Sequence[Margin], seconds: float) -> Answer:
    """Whole cells nearest to the real ones, unless there are too many to search among."""
    if len(near.real) > SEARCHED:
        return Answer(None, proven=False)
    return nearest_whole(margin_program(near, margins), near.real, seconds=seconds)


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


def _some_groups(margin: Margin, groups: list[int]) -> Margin:
    place = np.full(margin.size + 1, -1, dtype=np.int32)  # the last one is that of code -1
    place[groups] = np.arange(len(groups))
    return Margin(place[margin.codes], margin.low[groups], margin.high[groups])


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
