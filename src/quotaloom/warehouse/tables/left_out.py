"""Rows that are left out for what is wrong in them, where somebody asked for the others only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.findings import Severity
from quotaloom.warehouse.intake.gather import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding

OF_COLUMNS: Final = frozenset(  # questions about a whole column: their row is but an example
    {
        "intake.date_ambiguous",
        "intake.decimal_comma",
        "intake.two_currencies",
        "intake.two_units",
    }
)


def faults(findings: Iterable[Finding]) -> list[Finding]:
    """The errors."""
    return [one for one in findings if one.severity is Severity.ERROR]


def are_of_rows(found: Iterable[Finding]) -> bool:
    """Whether each fault is about the row that it names, so that no other row is in doubt."""
    return all(one.code not in OF_COLUMNS and {"file", "row"} <= one.params.keys() for one in found)


def places(found: Iterable[Finding]) -> set[tuple[str, int]]:
    """The file and the row of each fault."""
    return {(str(one.params["file"]), int(one.params["row"])) for one in found}


def without(frame: pl.DataFrame, found: Iterable[Finding]) -> pl.DataFrame:
    """The rows that no fault is about, in their order."""
    schema = {FILE: frame.schema[FILE], ROW: frame.schema[ROW]}
    wrong = pl.DataFrame(sorted(places(found)), schema=schema, orient="row")
    return frame.join(wrong, on=[FILE, ROW], how="anti", maintain_order="left")
