"""Rows that a batch cannot hold beside each other, or at all: refused, or left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.gather import FILE, ROW
from quotaloom.warehouse.tables.left_out import are_of_rows, without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.rows import Rows
    from quotaloom.warehouse.batches.entry import Entry

MOST_NAMED: Final = 50


def fitting(rows: Rows, entry: Entry, *, valid_only: bool) -> Rows:
    """The rows that can become the batch of the entry; with ``valid_only`` the others are left out.

    Raises DataRefused with what is wrong where they may not be, or where no row is left.
    """
    most = None if valid_only else MOST_NAMED
    found = [*_twice(rows.frame, rows.key, most), *_outside(rows.frame, entry, most)]
    if not found:
        return rows
    if not valid_only or not are_of_rows(found):
        raise DataRefused([*rows.findings, *found])
    kept, told = without(rows.frame, found), (*rows.faults, *found)
    if kept.is_empty():
        raise DataRefused([*rows.findings, *told, error("intake.no_facts")])
    return replace(rows, frame=kept, faults=told)


def _twice(frame: pl.DataFrame, key: tuple[str, ...], most: int | None) -> list[Finding]:
    """Rows of the files that have the same key: none of them can take the other's place."""
    if not key:
        return []
    double = frame.filter(pl.struct(key).is_duplicated())
    found = [
        error("batch.key_twice", _said(row, key), file=row[FILE], row=row[ROW])
        for row in double[:most].iter_rows(named=True)
    ]
    if double.height > len(found):
        found.append(error("batch.more_rows", "", count=double.height - len(found)))
    return found


def _said(row: Mapping[str, object], key: tuple[str, ...]) -> str:
    return " ".join(str(row[one]) for one in key if row[one] is not None)


def _outside(frame: pl.DataFrame, entry: Entry, most: int | None) -> list[Finding]:
    """Rows of days that a replacement does not cover."""
    if entry.mode != "replace":
        return []
    if "date" not in frame.columns:
        return [error("batch.no_days", entry.dataset)]
    day = pl.col("date").cast(pl.String)
    outside = (day < entry.start) | (day >= entry.end) | day.is_null()
    strays = frame.filter(outside)
    return [
        error("batch.outside_period", str(row["date"]), file=row[FILE], row=row[ROW])
        for row in strays[:most].iter_rows(named=True)
    ]
