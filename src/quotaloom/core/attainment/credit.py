"""Whose a fact is: split by the rule that fits it best on its day, with overlays beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.attainment.credit_rule import (
    DEPTH,
    END,
    KIND,
    MEMBER,
    OVERLAY,
    RULE,
    SHARE,
    SPLIT,
    START,
    VERSION,
    WHOLE,
)
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.apportion import apportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.numeric.groups import Ints

FACT, DATE, ORIGIN, AMOUNT, CREDIT, OWN = "fact", "date", "origin", "amount", "credit", "own"
MOST_NAMED: Final = 50
_KEY: Final = "§key"


def credited_members(
    facts: pl.DataFrame, rules: pl.DataFrame, conditions: Sequence[str], *, hold_over: int = 0
) -> pl.DataFrame:
    """A row a fact and member: ``fact`` (its place), ``member``, ``credit``, ``kind``.

    ``facts`` hold ``date``, ``amount`` (Int64), ``own`` (whose a fact is that no rule fits) and the
    ``conditions``; ``rules`` is what ``checked_rules`` answers. Among the splits that fit, the one
    with the most conditions counts, and its credits sum to the amount exactly: the largest
    remainders go up, ties to the larger share, then to the member's code. Every overlay that fits
    is credited as well, halves away from zero, beside the amount.

    With ``hold_over`` a fact that has an ``origin`` (the day on which it was begun) before its rule
    came into force is still credited as on that day, up to so many days after the change. Raises
    DataRefused where two splits with equally many conditions fit a fact.
    """
    dated = [DATE, ORIGIN] if hold_over else [DATE]
    keys = facts.select(*conditions, *dated).unique(maintain_order=True).with_row_index(_KEY)
    splits, overlays = (rules.filter(pl.col(KIND) == kind) for kind in (SPLIT, OVERLAY))
    met = _best(_fitting(keys, splits, conditions, DATE))
    if hold_over:
        met = _held_over(met, keys, splits, conditions, hold_over)
    numbered = facts.with_row_index(FACT)
    at = numbered.join(keys, on=[*conditions, *dated], how="left", nulls_equal=True)
    lines = at.select(FACT, AMOUNT, OWN, _KEY)
    beside = _fitting(keys, overlays, conditions, DATE).select(_KEY, VERSION)
    found = [_split(lines, met.select(_KEY, VERSION), splits), _overlaid(lines, beside, overlays)]
    return pl.concat(found).sort(FACT, KIND, MEMBER, CREDIT)


def _fitting(
    keys: pl.DataFrame, rules: pl.DataFrame, conditions: Sequence[str], day: str
) -> pl.DataFrame:
    """Each key with each version that fits it on the day of a column."""
    versions = rules.select(VERSION, RULE, DEPTH, START, END, *conditions).unique(VERSION)
    filled = versions.select(pl.col(conditions).is_not_null()) if conditions else pl.DataFrame()
    found = [keys.clear().join(versions.select(VERSION, RULE, DEPTH, START), how="cross")]
    for pattern in filled.unique().iter_rows(named=True) if conditions else [{}]:
        given = [name for name in conditions if pattern[name]]
        alike = [pl.col(name).is_not_null() == pattern[name] for name in conditions]
        those = versions.filter(*alike).drop(name for name in conditions if name not in given)
        met = keys.join(those, on=given) if given else keys.join(those, how="cross")
        is_on = (pl.col(START) <= pl.col(day)).fill_null(value=True)
        is_on &= (pl.col(day) < pl.col(END)).fill_null(value=True)
        found.append(met.filter(is_on, pl.col(day).is_not_null()).select(found[0].columns))
    return pl.concat(found)


def _best(met: pl.DataFrame) -> pl.DataFrame:
    """The version with the most conditions of each key; refuses two that have equally many."""
    best = met.filter(pl.col(DEPTH) == pl.col(DEPTH).max().over(_KEY))
    torn = best.filter(pl.len().over(_KEY) > 1)
    if torn.height:
        pairs = torn.sort(_KEY, RULE).group_by(_KEY, maintain_order=True)
        named = pairs.agg(pl.col(DATE).first(), pl.col(RULE)).unique(RULE, maintain_order=True)
        raise DataRefused(
            error("credit.two_rules", " / ".join(row[RULE]), date=str(row[DATE]))
            for row in named.head(MOST_NAMED).iter_rows(named=True)
        )
    return best


def _held_over(
    met: pl.DataFrame,
    keys: pl.DataFrame,
    splits: pl.DataFrame,
    conditions: Sequence[str],
    days: int,
) -> pl.DataFrame:
    """The version of the origin's day, for keys whose own has been in force for few days only."""
    earlier = _best(_fitting(keys, splits, conditions, ORIGIN))
    both = met.join(earlier.select(_KEY, pl.col(VERSION).alias("§first")), on=_KEY, how="left")
    is_held = pl.col(ORIGIN) < pl.col(START)
    is_held &= pl.col(DATE) < pl.col(START) + pl.duration(days=days)
    kept = pl.when(is_held.fill_null(value=False)).then(pl.col("§first"))
    return both.with_columns(kept.fill_null(pl.col(VERSION)).alias(VERSION)).drop("§first")


def _split(lines: pl.DataFrame, met: pl.DataFrame, splits: pl.DataFrame) -> pl.DataFrame:
    """The amounts over the members of their version; those without one stay with their own."""
    versioned = lines.join(met, on=_KEY, how="left")
    is_met = pl.col(VERSION).is_not_null()
    rows = versioned.filter(is_met).join(splits.select(VERSION, MEMBER, SHARE), on=VERSION)
    rows = rows.sort(FACT, MEMBER)
    starts = np.append(np.flatnonzero(np.diff(rows[FACT].to_numpy(), prepend=-1)), rows.height)
    totals = rows[AMOUNT].to_numpy()[starts[:-1]]
    shared = apportion(totals, rows[SHARE].to_numpy(), starts)
    split = rows.select(FACT, MEMBER, pl.Series(CREDIT, shared), pl.lit(SPLIT).alias(KIND))
    own = versioned.filter(~is_met)
    return pl.concat(
        [
            split,
            own.select(
                FACT,
                pl.col(OWN).alias(MEMBER),
                pl.col(AMOUNT).alias(CREDIT),
                pl.lit(OWN).alias(KIND),
            ),
        ]
    )


def _overlaid(lines: pl.DataFrame, met: pl.DataFrame, overlays: pl.DataFrame) -> pl.DataFrame:
    rows = lines.join(met, on=_KEY).join(overlays.select(VERSION, MEMBER, SHARE), on=VERSION)
    shared = _share(rows[AMOUNT].to_numpy(), rows[SHARE].to_numpy())
    return rows.select(FACT, MEMBER, pl.Series(CREDIT, shared), pl.lit(OVERLAY).alias(KIND))


def _share(amounts: Ints, shares: Ints) -> Ints:
    """Amount × share, halves away from zero, without a product that int64 cannot hold."""
    whole, rest = np.divmod(np.abs(amounts), WHOLE)
    parts: Ints = whole * shares + (2 * rest * shares + WHOLE) // (2 * WHOLE)
    return np.sign(amounts) * parts
