"""The first rows of a file as they would be stored, in words for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.warehouse.batches.row import ORIGIN
from quotaloom.warehouse.intake.amount_column import plain_amount
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    import polars as pl

    from quotaloom.warehouse.tables.column import Column, Kind


def sample_of(kind: Kind, rows: pl.DataFrame) -> dict[str, Any]:
    """The stored names of the columns, and the cells of the rows as texts."""
    columns = {one.name: one for one in kind.columns}
    names = [name for name in rows.columns if name not in ORIGIN]
    cells = [
        [_said(cell, columns.get(name)) for name, cell in zip(names, row, strict=True)]
        for row in rows.select(names).iter_rows()
    ]
    return {"names": names, "cells": cells}


def _said(cell: object, column: Column | None) -> str:
    value = column.value if column else "member"
    if cell is None:
        return ""
    if column and column.choices and language() == "zh":
        return column.choices[str(cell)].split("|")[0]
    if value in ("money", "quantity") and isinstance(cell, int):
        return plain_amount(cell)
    if value == "rate" and isinstance(cell, int):
        return f"{plain_amount(cell)}%"  # 1/1,000,000 of the whole is 1/10,000 of a percent
    return str(cell)
