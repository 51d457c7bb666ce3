"""The spreading methods that say what each cell gets: a value, a line, a growth."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quotaloom.core.numeric.groups import Groups, Ints
    from quotaloom.core.numeric.spread_wish import Wish


def repeat(groups: Groups, wish: Wish) -> Ints:
    """The same value in every cell; n cells hold n times the value."""
    return groups.each(_amounts(wish))


def straight_line(groups: Groups, wish: Wish) -> Ints:
    """From ``amounts`` in the first cell to ``ends`` in the last, each cell rounded by itself.

    A single cell gets the start.
    """
    if wish.ends is None:
        raise ValueError("straight_line needs ends")
    rows = zip(_amounts(wish).tolist(), wish.ends.tolist(), groups.sizes.tolist(), strict=True)
    cells = [
        half_up(start + Fraction((end - start) * place, max(size - 1, 1)))
        for start, end, size in rows
        for place in range(size)
    ]
    return np.array(cells, np.int64)


def growth(groups: Groups, wish: Wish) -> Ints:
    """``amounts`` in the first cell, ``rate`` more in each next; rounded from the exact power."""
    longest = int(groups.sizes.max(initial=0))
    powers = [(1 + Fraction(wish.rate)) ** place for place in range(longest)]
    rows = zip(_amounts(wish).tolist(), groups.sizes.tolist(), strict=True)
    cells = [half_up(start * powers[place]) for start, size in rows for place in range(size)]
    return np.array(cells, np.int64)


def _amounts(wish: Wish) -> Ints:
    if wish.amounts is None:
        raise ValueError(f"{wish.method} needs amounts")
    return wish.amounts


SERIES: Mapping[str, Callable[[Groups, Wish], Ints]] = {
    "repeat": repeat,
    "straight_line": straight_line,
    "growth": growth,
}
