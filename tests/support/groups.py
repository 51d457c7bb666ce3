"""Random groups of cells, and groups as arrays."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from hypothesis import strategies as st

SMALL, MONEY, HUGE = 7, 10**13, 2**59


def starts(rows):
    """Where each group begins, and the end of the last."""
    return [0, *accumulate(len(row) for row in rows)]


def flat(rows):
    """All cells of all groups."""
    return [cell for row in rows for cell in row]


def weight_rows(largest=HUGE, longest=9):
    """Groups of weights, small and large, with ties and zeros."""
    sizes = st.sampled_from([SMALL, MONEY, largest])
    row = sizes.flatmap(lambda size: st.lists(st.integers(0, size), max_size=longest))
    return st.lists(row, min_size=1, max_size=6)


def shuffled(seed, items):
    """The items in an order that the seed decides; drawing permutations itself takes ten times."""
    order = list(items)
    Random(seed).shuffle(order)
    return order


@st.composite
def tasks(draw, largest_total=2**62, largest_weight=HUGE):
    """(totals, rows of weights, rows of ranks); a group without weight has the total 0."""
    rows = draw(weight_rows(largest_weight))
    bound = draw(st.sampled_from([SMALL, MONEY, largest_total]))
    amounts = draw(st.lists(st.integers(-bound, bound), min_size=len(rows), max_size=len(rows)))
    totals = [amount if any(row) else 0 for amount, row in zip(amounts, rows, strict=True)]
    seed = draw(st.integers(0, 2**32))
    return totals, rows, [shuffled(seed, range(len(row))) for row in rows]
