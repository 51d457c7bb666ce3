"""Refusals of arrays: which cells or groups, by number, at most so many of them by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.groups import Groups, Ints, Mask

    Figures = NDArray[np.int64] | NDArray[np.object_]

NAMED = 1000  # findings of one code that are listed; one more finding counts the rest


def bad_cells(code: str, bad: Mask, groups: Groups, **figures: Figures) -> list[Finding]:
    """One finding a bad cell: ``group`` and ``cell`` (its place in the whole array) from 0.

    Its subject reads "#3.2": the second cell of the third group.
    """
    cells = np.flatnonzero(bad)
    owners = np.searchsorted(groups.starts, cells, side="right") - 1
    places = cells - groups.starts[owners]
    subjects = [f"#{owner + 1}.{place + 1}" for owner, place in zip(owners, places, strict=True)]
    return _listed(code, cells, subjects, {"group": owners, "cell": cells}, figures)


def bad_groups(code: str, bad: Mask, **figures: Figures) -> list[Finding]:
    """One finding a bad group: ``group`` from 0, its figures, and the subject "#3"."""
    groups = np.flatnonzero(bad)
    subjects = [f"#{group + 1}" for group in groups]
    return _listed(code, groups, subjects, {"group": groups}, figures)


def _listed(
    code: str,
    where: Ints,
    subjects: Sequence[str],
    address: Mapping[str, Ints],
    figures: Mapping[str, Figures],
) -> list[Finding]:
    columns = dict(address) | {name: values[where] for name, values in figures.items()}
    rows = zip(*(column[:NAMED].tolist() for column in columns.values()), strict=True)
    found = [
        error(code, subject, **dict(zip(columns, row, strict=True)))
        for subject, row in zip(subjects, rows, strict=False)
    ]
    beyond = len(where) - NAMED
    return [*found, error("apportion.and_more", code, count=beyond)] if beyond > 0 else found


def named(
    findings: Iterable[Finding], groups: Sequence[str], cells: Sequence[str] = ()
) -> list[Finding]:
    """The findings with the names of their cells, or of their groups, for subjects."""
    return [_with_name(finding, groups, cells) for finding in findings]


def _with_name(finding: Finding, groups: Sequence[str], cells: Sequence[str]) -> Finding:
    cell, group = finding.params.get("cell"), finding.params.get("group")
    if isinstance(cell, int) and cells:
        return replace(finding, subject=cells[cell])
    return replace(finding, subject=groups[group]) if isinstance(group, int) else finding


def refuse(findings: list[Finding]) -> None:
    """Raise DataRefused with all findings, if there are any."""
    if findings:
        raise DataRefused(findings)
