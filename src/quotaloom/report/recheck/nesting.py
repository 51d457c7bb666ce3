"""Levels that nest in almost every row, and the rows in which they do not.

A csv does not say which columns are levels of one hierarchy, and a plan may allow one name under
two parents: what is found here is told, never held against the file.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.findings import info

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding

ODD_SHARE: Final = 5  # with one odd member in five or fewer the columns are meant to nest


def check_nesting(
    frame: pl.DataFrame, keys: Sequence[str], row: str
) -> tuple[list[Check], list[Finding]]:
    """For columns side by side that nest, a finding for each member with a second parent.

    Columns that do not nest are separate axes; nothing is said about them.
    """
    checks, findings = [], list["Finding"]()
    for above, below in pairwise(keys):
        pairs = frame.group_by(below, above).agg(pl.len().alias("_rows"), pl.col(row).min())
        pairs = pairs.sort(below, "_rows", above, descending=[False, True, False])
        members = pairs[below].n_unique()
        odd = pairs.filter(pl.len().over(below) > 1)
        if odd[below].n_unique() * ODD_SHARE > members:
            continue
        several: dict[str, str | int] = {"above": above, "below": below}
        several["several"] = odd[below].n_unique()
        checks.append(Check("recheck.nesting", members, 0, several))
        findings += _second_parents(odd, above, below, row)
    return checks, findings


def _second_parents(odd: pl.DataFrame, above: str, below: str, row: str) -> list[Finding]:
    """The parent with the most rows is believed; the others are named with their first row."""
    found = []
    first: dict[str, str] = {}
    for member, parent, at in odd.select(below, above, row).iter_rows():
        usual = first.setdefault(member, parent)
        if usual != parent:
            found.append(
                info(
                    "recheck.two_parents",
                    member,
                    row=at,
                    column=above,
                    value=parent,
                    usual=usual,
                )
            )
    return found
