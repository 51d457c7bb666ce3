"""Quotas in force: from which day to which each one counts, and which credit falls to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit_rule import OVERLAY
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding

START, END, QUOTA = "start", "end", "quota"
MOST_NAMED: Final = 50  # of quotas that overlap; the rest is only counted


def in_force(quotas: pl.DataFrame, members: Sequence[str]) -> pl.DataFrame:
    """The quotas by member and first day, each with the day from which it counts no more.

    A row holds the columns of ``members``, ``start`` and ``quota`` (Int64, 分), and perhaps
    ``end``: the days are ``[start, end)``. Without an ``end`` a quota runs until the member's next
    one starts; the last one stays open (null). Raises DataRefused for each two quotas of a member
    that share a day, and for a quota that ends before it starts.
    """
    given = pl.col(END) if END in quotas.columns else pl.lit(None, pl.Date)
    following = pl.col(START).shift(-1).over(members)
    rows = quotas.with_columns(given.alias(END)).sort(*members, START, QUOTA)
    rows = rows.with_columns(following.alias("§next"))
    rows = rows.with_columns(pl.coalesce(END, "§next").alias(END))
    empty = rows.filter(pl.col(END) < pl.col(START))
    crossed = rows.filter((pl.col("§next") < pl.col(END)) | (pl.col("§next") == pl.col(START)))
    refused = [
        *_named(empty, members, "attainment.quota_backwards", "attainment.more_backwards"),
        *_named(crossed, members, "attainment.quotas_overlap", "attainment.more_overlap"),
    ]
    if refused:
        raise DataRefused(refused)
    return rows.drop("§next")


def _named(rows: pl.DataFrame, members: Sequence[str], code: str, more: str) -> list[Finding]:
    """The first rows by name, and the others counted under ``more``."""
    shown = [
        error(
            code,
            " ".join(str(row[member]) for member in members),
            start=str(row[START]),
            end=str(row[END]),
            next=str(row["§next"]),
        )
        for row in rows.head(MOST_NAMED).iter_rows(named=True)
    ]
    hidden = rows.height - len(shown)
    return [*shown, error(more, count=hidden)] if hidden else shown


def credited(
    credit: pl.DataFrame, quotas: pl.DataFrame, members: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The quotas with the credit that fell into their days, and the credit that met none.

    ``credit`` holds the columns of ``members``, ``date`` and ``credit`` (Int64), and perhaps
    ``overlay``, credit that counts beside; ``quotas`` is what ``in_force`` answers. The first frame
    keeps the rows and the order of ``quotas``; the second keeps those of ``credit``. Together they
    hold every unit of credit exactly once.
    """
    numbered = quotas.with_row_index("§quota")
    spans = numbered.select(*members, START, END, "§quota").sort(START)
    met = credit.with_row_index("§line").sort("date")
    met = met.join_asof(  # both sides are sorted a line above
        spans, left_on="date", right_on=START, by=list(members), check_sortedness=False
    ).sort("§line")
    outside = pl.col("§quota").is_null() | (pl.col("date") >= pl.col(END)).fill_null(value=False)
    figures = [name for name in ("credit", OVERLAY) if name in credit.columns]
    sums = met.filter(~outside).group_by("§quota").agg(pl.col(figures).sum())
    found = numbered.join(sums, on="§quota", how="left", maintain_order="left")
    found = found.with_columns(pl.col(figures).fill_null(0)).drop("§quota")
    return found, met.filter(outside).select(credit.columns)
