"""What earlier returns of a handout said, so that a later one is compared with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quotaloom.cycle.exchange.handout import Cell, Handout


@dataclass(frozen=True, slots=True)
class Taken:
    """What earlier returns of a handout said, cell by cell, and the edits that wrote it."""

    figures: Mapping[Cell, int]
    edits: frozenset[int] = frozenset()

    def over(self, handout: Handout) -> Handout:
        """The handout with what was returned since in place of what it began with."""
        sheets = [
            one.over({cell[1:]: units for cell, units in self.figures.items() if cell[0] == place})
            for place, one in enumerate(handout.sheets)
        ]
        return replace(handout, sheets=tuple(sheets))


NOTHING_TAKEN: Final = Taken({})


def taken_by(
    returns: Iterable[tuple[Iterable[Sequence[int]], int]], batch: Callable[[int], Iterable[int]]
) -> Taken:
    """What returns said that stand: the figures of each, oldest first, and an edit that wrote them.

    ``batch`` answers the edits that were written as one with an edit. Figures come as cells tell
    them: sheet, line, column and units; without the sheet where there was but one.
    """
    every = list(returns)
    figures = {_cell(one): one[-1] for told, _ in every for one in told}
    edits = chain.from_iterable(batch(edit) for _, edit in every)
    return Taken(figures, frozenset(edits)) if every else NOTHING_TAKEN


def _cell(told: Sequence[int]) -> Cell:
    *sheet, line, head, _units = told
    return (sheet[0] if sheet else 0), line, head
