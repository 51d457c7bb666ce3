"""The chain of contracts as postings: what, when, of which contract, with tax and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.books.settle import settled
from quotaloom.cycle.books.span import parts_of_years
from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.batches.row import ORIGIN
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.column import RATE_SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.cycle.books.request import BooksRequest
    from quotaloom.warehouse.batches.shelf import Shelf

SOURCES: Final = {  # stage → the dataset that tells it, and the column that numbers its papers
    "booked": ("contract_lines", "contract"),
    "returned": ("returns", "return_no"),
    "recognised": ("acceptances", "acceptance"),
    "invoiced": ("invoices", "invoice"),
    "collected": ("receipts", "receipt"),
}
COLUMNS: Final = ("date", "stage", "contract", "region", "paper", "customer", "gross", "net")
_FEN: Final = 100  # of the facts' scale
_RATE, _LINE_RATE = "tax_rate", "§rate"


def postings(shelf: Shelf, request: BooksRequest) -> pl.DataFrame:
    """Every posting of the chain; ``gross`` and ``net`` in the facts' scale (4).

    What a paper does not say of its tax follows from its rate, else from the only rate of its
    contract's lines; the amount is rounded to the 分 line by line, halves away from zero. A region
    that a paper leaves out is that of its contract.
    """
    tables = {name: table(shelf, KINDS[name]) for name, _ in SOURCES.values()}
    tables["receipts"] = settled(tables["receipts"], table(shelf, KINDS["allocations"]), tables)
    if request.years == "part":
        tables["contract_lines"] = parts_of_years(tables["contract_lines"])
    if request.bills == "maturity":
        matured = pl.coalesce("matures", "date").alias("date")
        tables["receipts"] = tables["receipts"].with_columns(matured)
    known = _contracts(tables["contract_lines"])
    found = [_posted(tables[name], stage, paper, known) for stage, (name, paper) in SOURCES.items()]
    whole = pl.concat(found, how="diagonal_relaxed")
    if not request.internal:
        whole = whole.filter(pl.col("internal").fill_null("no") != "yes")
    return whole.drop("internal")


def retentions(shelf: Shelf) -> Mapping[str, int]:
    """质保金 by contract, in the facts' scale."""
    rows = table(shelf, KINDS["contracts"]).filter(pl.col("retention") > 0)
    return dict(rows.select("contract", "retention").iter_rows())


def _contracts(lines: pl.DataFrame) -> pl.DataFrame:
    """The region, customer and rate of each contract, as far as its lines agree."""
    region = pl.col("region").filter(pl.col("region") != UNASSIGNED)
    return lines.group_by("contract").agg(
        region.first().alias("§region"),
        pl.col("customer").first().alias("§customer"),
        pl.col("internal").first().alias("§internal"),
        pl.when(pl.col(_RATE).n_unique() == 1).then(pl.col(_RATE).first()).alias(_LINE_RATE),
    )


def _posted(rows: pl.DataFrame, stage: str, paper: str, known: pl.DataFrame) -> pl.DataFrame:
    """One table as postings of a stage."""
    schema = {"net_amount": pl.Int64, "tax": pl.Int64, _RATE: pl.Int64}
    lacking = [pl.lit(None, of).alias(one) for one, of in schema.items() if one not in rows.columns]
    origin = [name for name in ORIGIN if name in rows.columns]
    rows = rows.with_columns(lacking).join(known, on="contract", how="left", maintain_order="left")
    region = pl.when(pl.col("region") == UNASSIGNED).then(None).otherwise(pl.col("region"))
    rate = pl.coalesce(_RATE, _LINE_RATE).fill_null(0)
    gross = pl.coalesce("amount", pl.col("net_amount") + pl.col("tax"), _with_tax(rate))
    rows = rows.with_columns(gross.alias("gross"))
    net = pl.coalesce("net_amount", pl.col("gross") - pl.col("tax"), _without_tax(rate))
    return rows.select(
        "date",
        pl.lit(stage).alias("stage"),
        pl.col("contract").fill_null(UNASSIGNED),
        pl.coalesce(region, "§region").fill_null(UNASSIGNED).alias("region"),
        pl.col(paper).cast(pl.String).alias("paper"),
        pl.coalesce("customer", "§customer").alias("customer"),
        "gross",
        net.alias("net"),
        pl.coalesce("internal", "§internal").alias("internal"),
        *origin,
    )


def _without_tax(rate: pl.Expr) -> pl.Expr:
    """Gross ÷ (1 + rate), to the 分."""
    return _rounded(pl.col("gross") // _FEN * RATE_SCALE, RATE_SCALE + rate)


def _with_tax(rate: pl.Expr) -> pl.Expr:
    return _rounded(pl.col("net_amount") // _FEN * (RATE_SCALE + rate), pl.lit(RATE_SCALE))


def _rounded(top: pl.Expr, under: pl.Expr) -> pl.Expr:
    """A quotient in whole 分, halves away from zero, in the facts' scale."""
    return top.sign() * ((2 * top.abs() + under) // (2 * under)) * _FEN
