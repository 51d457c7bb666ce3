"""Rules that say whose a fact is: conditions, days, members with their shares; and their check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding

RULE, START, END, MEMBER, SHARE, KIND = "rule", "start", "end", "member", "share", "kind"
SPLIT, OVERLAY = "split", "overlay"
WHOLE: Final = 1_000_000  # shares are whole millionths
VERSION, DEPTH = "§version", "§depth"


def checked_rules(rules: pl.DataFrame, conditions: Sequence[str]) -> pl.DataFrame:
    """The rules in a canonical order, each with the number of its version and of its conditions.

    A row holds ``rule`` (a name), the columns of ``conditions`` (null: any), ``[start, end)``
    (null: open), ``member``, ``share`` and ``kind``. The splits of the same conditions and days
    are one version; an overlay stands alone. Raises DataRefused with every row that ends before it
    starts or has no share above 0, every version whose shares are not the whole or that names a
    member twice, and each two versions of the same conditions that share a day.
    """
    keys = [KIND, *conditions, START, END]
    alone = pl.when(pl.col(KIND) == OVERLAY).then(pl.int_range(pl.len())).otherwise(-1)
    rows = rules.sort(*keys, MEMBER, RULE, nulls_last=False).with_columns(alone.alias("§alone"))
    filled = pl.sum_horizontal(pl.lit(0), *(pl.col(name).is_not_null() for name in conditions))
    rows = rows.with_columns(
        pl.struct(*keys, "§alone").rank("dense").cast(pl.Int64).alias(VERSION),
        filled.cast(pl.Int32).alias(DEPTH),
    ).drop("§alone")
    refused = [*_rows(rows), *_versions(rows), *_overlaps(rows, conditions)]
    if refused:
        raise DataRefused(refused)
    return rows


def _rows(rows: pl.DataFrame) -> list[Finding]:
    backwards = rows.filter(pl.col(END) <= pl.col(START))
    worthless = rows.filter(pl.col(SHARE) <= 0)
    return [
        *(
            error("credit.rule_backwards", row[RULE], start=str(row[START]), end=str(row[END]))
            for row in backwards.iter_rows(named=True)
        ),
        *(
            error("credit.share_not_positive", row[RULE], member=row[MEMBER])
            for row in worthless.iter_rows(named=True)
        ),
    ]


def _versions(rows: pl.DataFrame) -> list[Finding]:
    """Splits that are not 100 %, and members that a version names twice."""
    splits = rows.filter(pl.col(KIND) == SPLIT).group_by(VERSION, maintain_order=True)
    sums = splits.agg(
        pl.col(RULE).first(),
        pl.col(START).first(),
        pl.col(SHARE).sum(),
        pl.col(MEMBER).is_duplicated().any().alias("twice"),
    )
    return [
        *(
            error(
                "credit.shares_not_whole",
                row[RULE],
                start=_day(row[START]),
                sum=percent(row[SHARE]),
            )
            for row in sums.filter(pl.col(SHARE) != WHOLE).iter_rows(named=True)
        ),
        *(
            error("credit.member_twice", row[RULE], start=_day(row[START]))
            for row in sums.filter("twice").iter_rows(named=True)
        ),
    ]


def _overlaps(rows: pl.DataFrame, conditions: Sequence[str]) -> list[Finding]:
    """Versions of the same conditions of which both hold on some day."""
    versions = rows.filter(pl.col(KIND) == SPLIT).unique(VERSION, maintain_order=True)
    same = [pl.lit(0), *map(pl.col, conditions)]
    before = versions.with_columns(
        pl.col(END).shift(1).over(same).alias("§end"),
        pl.col(RULE).shift(1).over(same).alias("§rule"),
    ).filter(pl.col("§rule").is_not_null())
    crossed = before.filter(
        pl.col("§end").is_null() | pl.col(START).is_null() | (pl.col(START) < pl.col("§end"))
    )
    return [
        error("credit.rules_overlap", row[RULE], other=row["§rule"], start=_day(row[START]))
        for row in crossed.iter_rows(named=True)
    ]


def percent(share: int) -> str:
    """A share in millionths as a percentage, no more decimals than it has."""
    whole, rest = divmod(share, WHOLE // 100)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".") + "%"


def _day(day: object) -> str:
    return "…" if day is None else str(day)
