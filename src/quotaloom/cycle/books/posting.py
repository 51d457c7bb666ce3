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
_FEN: Final = 100  # of the facts' scale
_RATE, _LINE_RATE, _OWN_RATE = "tax_rate", "§rate", "§line_rate"
UNTAXED: Final = "collected"  # money bears no tax of its own


def postings(shelf: Shelf, request: BooksRequest) -> pl.DataFrame:
    """Every posting of the chain; ``gross`` and ``net`` in the facts' scale (4).

    What a paper does not say of its tax follows from its rate, else from that of the contract line
    that it names, else from the only rate of its contract's lines; the amount is rounded to the 分
    line by line, halves away from zero. ``is_taxed`` is False where nothing tells the tax of a
    paper that bears some. ``seat`` and ``region`` are what the paper says itself.
    """
    tables = {name: table(shelf, KINDS[name]) for name, _ in SOURCES.values()}
    tables["receipts"] = settled(tables["receipts"], table(shelf, KINDS["allocations"]), tables)
    if request.years == "part":
        tables["contract_lines"] = parts_of_years(tables["contract_lines"])
    if request.bills == "maturity":
        matured = pl.coalesce("matures", "date").alias("date")
        tables["receipts"] = tables["receipts"].with_columns(matured)
    signed = tables["contract_lines"]
    known = _contracts(signed), _rates(signed)
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
    """The customer and rate of each contract, as far as its lines agree."""
    return lines.group_by("contract").agg(
        pl.col("customer").first().alias("§customer"),
        pl.col("internal").first().alias("§internal"),
        pl.when(pl.col(_RATE).n_unique() == 1).then(pl.col(_RATE).first()).alias(_LINE_RATE),
    )


def _rates(lines: pl.DataFrame) -> pl.DataFrame:
    """The rate of each contract line."""
    return lines.group_by("contract", "line").agg(pl.col(_RATE).first().alias(_OWN_RATE))


def _posted(
    rows: pl.DataFrame, stage: str, paper: str, known: tuple[pl.DataFrame, pl.DataFrame]
) -> pl.DataFrame:
    """One table as postings of a stage, with what is known of the contracts and their lines."""
    schema = {"net_amount": pl.Int64, "tax": pl.Int64, _RATE: pl.Int64, "line": pl.String}
    lacking = [pl.lit(None, of).alias(one) for one, of in schema.items() if one not in rows.columns]
    origin = [name for name in ORIGIN if name in rows.columns]
    rows = rows.with_columns(lacking)
    for keys, facts in zip((["contract"], ["contract", "line"]), known, strict=True):
        rows = rows.join(facts, on=keys, how="left", maintain_order="left")
    told = pl.coalesce(_RATE, _OWN_RATE, _LINE_RATE)
    rate = told.fill_null(0)
    is_taxed = pl.any_horizontal(pl.col("net_amount", "tax").is_not_null(), told.is_not_null())
    gross = pl.coalesce("amount", pl.col("net_amount") + pl.col("tax"), _with_tax(rate))
    rows = rows.with_columns(gross.alias("gross"))
    net = pl.coalesce("net_amount", pl.col("gross") - pl.col("tax"), _without_tax(rate))
    return rows.select(
        "date",
        pl.lit(stage).alias("stage"),
        pl.col("contract").fill_null(UNASSIGNED),
        "seat",
        "region",
        pl.col(paper).cast(pl.String).alias("paper"),
        pl.when(pl.col("customer") == UNASSIGNED)
        .then("§customer")
        .otherwise("customer")
        .alias("customer"),
        "gross",
        net.alias("net"),
        (is_taxed | (pl.lit(stage) == UNTAXED)).alias("is_taxed"),
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
