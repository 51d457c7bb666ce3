"""Credit and quota of every node and period, in whole 分 that add up in every direction."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.attainment.credit_rule import OVERLAY
from quotaloom.core.model.money import FACT_SCALE, MINOR, half_up
from quotaloom.core.numeric.rounded_parts import rounded_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.numeric.groups import Ints

WHOLE: Final = ""  # the period of a figure over all periods
_STEP: Final = 10**FACT_SCALE // MINOR


def attained_nodes(leaves: pl.DataFrame, levels: Sequence[str]) -> pl.DataFrame:
    """``path`` (list, [] for all), ``period``, ``credit``, ``quota``, ``overlay`` of every node.

    And ``challenge``, where the leaves have it, summed as ``quota`` is.

    A row of ``leaves`` holds the columns of ``levels``, ``period``, ``credit`` (facts' scale, 4)
    and ``quota`` (分; null: none given); rows of one leaf and period are added up. The total is
    rounded once, then its parts down to the leaf's periods, so every sum of shown credit is exact.
    A node without any quota below has null. An ``overlay`` of the leaves (scale 4) is told of
    their own nodes only, rounded alone: above them the same sale counts for its seller already.
    Parents stand before their children, ``""`` (all periods) before the periods, members in the
    order of their codes.
    """
    keys = [*levels, "period"]
    beside = pl.col(OVERLAY) if OVERLAY in leaves.columns else pl.lit(0, pl.Int64).alias(OVERLAY)
    targets = [_target(name) for name in ("quota", "challenge") if name in leaves.columns]
    cells = leaves.group_by(keys).agg(pl.col("credit").sum(), *targets, beside.sum()).sort(keys)
    cells = cells.with_columns(pl.Series("credit", _rounded(cells, keys)), _half_up(OVERLAY))
    found = []
    for depth in range(len(levels) + 1):
        path = pl.concat_list(levels[:depth]) if depth else pl.lit([], pl.List(pl.String))
        for period in (pl.lit(WHOLE), pl.col("period")):
            keyed = cells.with_columns(path.alias("path"), period.alias("period"))
            own = pl.col(OVERLAY).sum() if depth == len(levels) else pl.lit(0, pl.Int64)
            sums = keyed.group_by("path", "period").agg(
                pl.col("credit").sum(), *targets, own.alias(OVERLAY)
            )
            found.append(sums)
    return pl.concat(found).sort("path", "period")


def _half_up(column: str) -> pl.Expr:
    """A column of the facts' scale in whole 分, halves away from zero."""
    size = pl.col(column).abs() + _STEP // 2
    return (pl.col(column).sign() * (size // _STEP)).alias(column)


def _target(name: str) -> pl.Expr:
    """The sum of the quotas; null where every one is missing."""
    quota = pl.col(name)
    return pl.when(quota.is_not_null().any()).then(quota.sum()).alias(name)


def _rounded(cells: pl.DataFrame, keys: Sequence[str]) -> Ints:
    """The exact credit of sorted cells in whole 分: from the total down, level by level."""
    exact = cells["credit"].to_numpy()
    edges = [np.array([0, len(exact)])]
    edges += [_edges(cells, keys[: depth + 1]) for depth in range(len(keys))]
    totals = np.array([half_up(Fraction(int(exact.sum()), _STEP))])
    for wide, narrow in pairwise(edges):
        parts = np.add.reduceat(exact, narrow[:-1]) if len(exact) else exact
        totals = rounded_parts(parts, _STEP, totals, np.searchsorted(narrow, wide))
    return totals


def _edges(cells: pl.DataFrame, keys: Sequence[str]) -> Ints:
    """Where each run of rows alike in ``keys`` starts, and where the last one ends."""
    runs = cells.select(pl.struct(keys).rle_id()).to_series().to_numpy()
    starts = np.flatnonzero(np.diff(runs, prepend=-1)) if len(runs) else np.zeros(0, np.int64)
    return np.append(starts, len(runs))
