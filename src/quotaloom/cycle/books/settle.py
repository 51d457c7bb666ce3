"""Receipts by the contracts that they settle (核销), what settles nothing on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping


def settled(
    receipts: pl.DataFrame, allocations: pl.DataFrame, tables: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """A row a receipt and contract: as it was allocated, the rest under its own contract.

    An allocation to an invoice belongs to the contract of the invoice.
    """
    if allocations.is_empty():
        return receipts
    invoices = tables["invoices"].group_by("invoice").agg(pl.col("contract").first().alias("§of"))
    told = allocations.join(invoices, on="invoice", how="left").select(
        "receipt",
        pl.coalesce("contract", "§of").alias("§contract"),
        pl.col("amount").alias("§part"),
    )
    parts = told.group_by("receipt", "§contract").agg(pl.col("§part").sum())
    met = receipts.join(parts, on="receipt", how="inner")
    split = met.with_columns(
        pl.col("§part").alias("amount"), pl.coalesce("§contract", "contract").alias("contract")
    ).drop("§contract", "§part")
    sums = parts.group_by("receipt").agg(pl.col("§part").sum())
    rest = receipts.join(sums, on="receipt", how="left")
    rest = rest.with_columns(pl.col("amount") - pl.col("§part").fill_null(0)).drop("§part")
    return pl.concat([split.select(receipts.columns), rest.filter(pl.col("amount") != 0)])
