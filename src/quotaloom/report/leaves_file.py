"""The leaves as a csv or parquet file: a row a leaf, amounts in 元."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.atomic import replacing
from quotaloom.report.layout import MARK, layout_of
from quotaloom.warehouse.spreadsheet_text import guarded, guarded_column

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.decomposition import Decomposition

FEN_SCALE: Final = 2
WIDE: Final = 10**18  # from here on a Decimal needs more than the 18 digits that fit into 64 bits


def write_leaves(decomposition: Decomposition, path: Path) -> Path:
    """Write the leaves to a ``.csv`` or ``.parquet`` file and return its path.

    Columns are ``period``, one a level under its own header, ``basis`` and ``quota`` in 元. In csv
    a text that a spreadsheet could take for a formula gets a leading ``'``, which a re-check takes
    off again. The file appears whole or not at all; raises DataRefused when the disk refuses.
    """
    kind = path.suffix.lower()
    if kind not in {".csv", ".parquet"}:
        raise UsageRefused([error("write.unknown_format", path.name, allowed=".csv, .parquet")])
    scales = {"basis": decomposition.basis_scale, "quota": FEN_SCALE}
    with replacing(path) as fresh:
        if kind == ".csv":
            _write_csv(decomposition.leaves, scales, fresh)
        else:
            _write_parquet(decomposition, scales, fresh)
    return path


def _write_csv(leaves: pl.DataFrame, scales: dict[str, int], path: Path) -> None:
    amounts = {name: _as_text(pl.col(name), scale) for name, scale in scales.items()}
    plain = leaves.with_columns(guarded_column(pl.col(pl.String))).with_columns(**amounts)
    plain.rename(guarded).write_csv(path, include_bom=True, line_terminator="\r\n")


def _as_text(amount: pl.Expr, scale: int) -> pl.Expr:
    """Exact text: whole ones without a point, others with at least two decimals."""
    whole, rest = amount.abs() // 10**scale, amount.abs() % 10**scale
    decimals = rest.cast(pl.String).str.zfill(scale).str.strip_chars_end("0").str.pad_end(2, "0")
    tail = pl.when(rest == 0).then(pl.lit("")).otherwise("." + decimals)
    sign = pl.when(amount < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    text: pl.Expr = sign + whole.cast(pl.String) + tail
    return text


def _write_parquet(decomposition: Decomposition, scales: dict[str, int], path: Path) -> None:
    leaves = decomposition.leaves
    exact = {
        name: _as_text(pl.col(name), scale).cast(_decimal(leaves[name], scale))
        for name, scale in scales.items()
    }
    told = {MARK: layout_of(decomposition, "zh", leaves.height).dumps()}
    leaves.with_columns(**exact).write_parquet(path, metadata=told)


def _decimal(amounts: pl.Series, scale: int) -> pl.Decimal:
    """18 digits, which every reader holds, and 38 only where they are needed."""
    places = max(scale, FEN_SCALE)
    largest = max(map(abs, amounts.drop_nulls().to_list()), default=0)
    return pl.Decimal(18 if largest * 10 ** (places - scale) < WIDE else 38, places)
