"""From what was signed to what was paid: one bridge whose every step is a sum of postings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Stage = Literal["booked", "returned", "recognised", "invoiced", "collected"]
STAGES: Final[tuple[Stage, ...]] = ("booked", "returned", "recognised", "invoiced", "collected")

Step = tuple[str, int]
BRIDGE: Final[tuple[Step, ...]] = (  # a figure, and its sign; 0 is a subtotal of all above it
    ("booked_gross", 1),
    ("booked_tax", -1),
    ("booked_net", 0),
    ("returned_net", -1),
    ("backlog_opening", 1),
    ("backlog_closing", -1),
    ("recognised_net", 0),
    ("recognised_tax", 1),
    ("unbilled_opening", 1),
    ("unbilled_closing", -1),
    ("invoiced", 0),
    ("receivable_opening", 1),
    ("receivable_closing", -1),
    ("collected", 0),
)
FIGURES: Final = tuple(name for name, _ in BRIDGE)


def bridge(postings: pl.DataFrame, start: date, end: date, by: Sequence[str]) -> pl.DataFrame:
    """The figures of BRIDGE for ``[start, end)``, a row a member of ``by`` (one row without any).

    A posting holds the columns of ``by``, ``date``, ``stage``, ``gross`` (with tax) and ``net``,
    Int64 of one scale. The backlog 未交付 is what was signed, neither returned nor recognised,
    without tax; unbilled 已确认未开票 what was recognised and not invoiced, below 0 what was
    invoiced ahead; receivable 应收 what was invoiced and not collected, below 0 an advance. Opening
    is before ``start``, closing before ``end``. Subtotals are the sums of their own postings, never
    of the steps above them.
    """
    keys = [pl.col(name) for name in by] or [pl.lit("").alias("§all")]
    known = postings.filter(pl.col("date") < end)
    sums = known.group_by(keys).agg(
        *(_sum(stage, side, until, start) for stage, side, until in _NEEDED)
    )
    table = sums.with_columns(*_BALANCES).select([*by, *(_FIGURE[name] for name in FIGURES)])
    return table.sort(list(by)) if by else table


_NEEDED: Final = tuple(
    (stage, side, until)
    for stage in STAGES
    for side in ("gross", "net")
    for until in ("open", "in")
)


def _sum(stage: str, side: str, until: str, start: date) -> pl.Expr:
    """The sum of a stage before the period, or within it."""
    inside = pl.col("date") >= start
    when = (pl.col("stage") == stage) & (inside if until == "in" else ~inside)
    return pl.col(side).filter(when).sum().alias(f"{stage}_{side}_{until}")


def _balance(name: str, plus: str, *minus: str) -> list[pl.Expr]:
    """A balance before the period and at its end, of sums so far."""
    opening = pl.col(f"{plus}_open") - sum((pl.col(f"{one}_open") for one in minus), pl.lit(0))
    moved = pl.col(f"{plus}_in") - sum((pl.col(f"{one}_in") for one in minus), pl.lit(0))
    return [opening.alias(f"{name}_opening"), (opening + moved).alias(f"{name}_closing")]


_BALANCES: Final = (
    *_balance("backlog", "booked_net", "returned_net", "recognised_net"),
    *_balance("unbilled", "recognised_gross", "invoiced_gross"),
    *_balance("receivable", "invoiced_gross", "collected_gross"),
)
_OWN: Final = {
    "booked_gross": pl.col("booked_gross_in"),
    "booked_tax": pl.col("booked_gross_in") - pl.col("booked_net_in"),
    "booked_net": pl.col("booked_net_in"),
    "returned_net": pl.col("returned_net_in"),
    "recognised_net": pl.col("recognised_net_in"),
    "recognised_tax": pl.col("recognised_gross_in") - pl.col("recognised_net_in"),
    "invoiced": pl.col("invoiced_gross_in"),
    "collected": pl.col("collected_gross_in"),
}
_FIGURE: Final = {name: _OWN.get(name, pl.col(name)).alias(name) for name in FIGURES}


def gaps(figures: dict[str, int]) -> dict[str, int]:
    """What subtotals of a bridge differ by from the steps above them; empty where it closes."""
    found, total = {}, 0
    for name, sign in BRIDGE:
        if sign:
            total += sign * figures[name]
        elif figures[name] != total:
            found[name] = figures[name] - total
            total = figures[name]
    return found


Reason = Literal["alike", "outside", "largest"]


def suspects(
    postings: pl.DataFrame, inside: pl.Expr, difference: int, side: str, most: int = 10
) -> tuple[Reason, pl.DataFrame]:
    """The postings that may be why a control total differs, and what speaks for them.

    ``difference`` is the control less ours: a line that only one side has bears it, whatever its
    sign. ``alike``: those of just that amount ``inside`` the period; else ``outside``: those of
    just that amount that count in another period; else ``largest``: none has that amount.
    """
    is_alike = pl.col(side).abs() == abs(difference)
    for reason, where in _LOOKED.items():
        found = postings.filter(is_alike, inside if where else ~inside)
        if found.height:
            return reason, found.sort("date", "paper", nulls_last=True).head(most)
    largest = postings.filter(inside).sort(pl.col(side).abs(), descending=True)
    return "largest", largest.head(_LARGEST)


_LOOKED: Final[dict[Reason, bool]] = {"alike": True, "outside": False}
_LARGEST: Final = 3
