"""Refusals of arrays: which cells or groups, by number, at most so many of them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.groups import Groups, Ints, Mask

    Figures = NDArray[np.int64] | NDArray[np.object_]

NAMED = 1000  # findings of one code; the last one's ``more`` counts those beyond


def bad_cells(code: str, bad: Mask, groups: Groups, **figures: Figures) -> list[Finding]:
    """One finding a bad cell, with its ``group`` and ``cell`` (its place in the whole array)."""
    cells = np.flatnonzero(bad)
    owners = np.searchsorted(groups.starts, cells, side="right") - 1
    return _named(code, cells, {"group": owners, "cell": cells}, figures)


def bad_groups(code: str, bad: Mask, **figures: Figures) -> list[Finding]:
    """One finding a bad group, with its ``group`` and its figures."""
    groups = np.flatnonzero(bad)
    return _named(code, groups, {"group": groups}, figures)


def _named(
    code: str, where: Ints, address: dict[str, Ints], figures: Mapping[str, Figures]
) -> list[Finding]:
    columns = address | {name: values[where] for name, values in figures.items()}
    more = max(0, len(where) - NAMED)
    rows = zip(*(column[:NAMED].tolist() for column in columns.values()), strict=True)
    return [error(code, **dict(zip(columns, row, strict=True)), more=more) for row in rows]


def refuse(findings: list[Finding]) -> None:
    """Raise DataRefused with all findings, if there are any."""
    if findings:
        raise DataRefused(findings)
