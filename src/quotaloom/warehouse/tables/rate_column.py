"""A column of rates: shares of one whole, written with a percent sign or as a part of 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.warehouse.intake.aliases import Headline
from quotaloom.warehouse.intake.amount_column import amount_findings, read_amounts
from quotaloom.warehouse.intake.place import cell_errors
from quotaloom.warehouse.tables.column import RATE_SCALE

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.place import Place

_PERCENT: Final = r"\s*[%％]\s*$"
_PER_CENT: Final = 100
_PLAIN: Final = Headline("")


def read_rates(column: pl.Series, place: Place) -> tuple[pl.Series, list[Finding]]:
    """Rates in 1/1,000,000, null where blank, and every cell that is none or could be two things.

    ``13%`` and ``0.13`` are one; a bare 13 is refused unless its header says ``%``.
    """
    texts = column.cast(pl.String).str.strip_chars()
    signed = texts.str.contains(_PERCENT).fill_null(value=False)
    if "%" in place.header or "％" in place.header:
        signed = texts.is_not_null()
    read = read_amounts(texts.str.replace(_PERCENT, ""), _PLAIN, scale=RATE_SCALE)
    found = amount_findings(read, column, place, _PLAIN, required=False)
    values = pl.select(
        pl.when(signed).then(_hundredth(read.values)).otherwise(read.values)
    ).to_series()
    bare = (values.abs() > RATE_SCALE).fill_null(value=False) & ~signed
    found += cell_errors(place, bare, column, code="tables.rate_unclear")
    large = (values.abs() > RATE_SCALE).fill_null(value=False) & signed
    return values, found + cell_errors(place, large, column, code="tables.rate_too_large")


def _hundredth(values: pl.Series) -> pl.Series:
    """A hundredth, rounded half away from zero."""
    size = (values.abs() + _PER_CENT // 2) // _PER_CENT
    return size * values.sign()
