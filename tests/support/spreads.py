"""Columns and groups as lists, None for null."""

from __future__ import annotations

import numpy as np

from quotaloom.core.numeric.spread import Cells, Column


def column(values):
    """A column of which None is not given yet."""
    return Column.of(
        [value or 0 for value in values],
        np.array([value is not None for value in values], np.bool_),
    )


def one_group(values, fixed=()):
    """All cells as one group."""
    return Cells.of(column(values), [0, len(values)], fixed=fixed or None)


def shown(cells):
    """A column as a list."""
    pairs = zip(cells.values.tolist(), cells.given.tolist(), strict=True)
    return [value if given else None for value, given in pairs]
