"""The home of a contract: the region in which all of its lines stand, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.books.credited import TORN, credited_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.cycle.books.places import Places

ACROSS: Final = "跨大区"  # the region of a contract whose lines stand in several
REST: Final = (ACROSS, UNASSIGNED)
KEY: Final = "§key"
_SAID: Final = (KEY, "date", "seat", "region", TORN)


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Where everything stands that was signed, and of a contract without lines its papers.

    ``said``: a row a line, with ``place`` and ``region``. ``table``: a row a contract (``§key``)
    with its ``region``, whether the reader sees it (``seen``): all of its lines, and whether a line
    of it met two rules of crediting (``§torn``).
    """

    said: pl.DataFrame
    table: pl.DataFrame
    places: Places

    def within(self, branch: str) -> pl.DataFrame:
        """The contracts (``§key``) all of whose lines stand in a branch."""
        there = [one for one in self._placed() if self.places.stands_in(one, branch)]
        inside = self.said.group_by(KEY).agg(pl.col("place").is_in(there).all().alias("§in"))
        return inside.filter("§in").select(KEY)

    def across(self, region: str, until: date) -> tuple[str, ...]:
        """The contracts that only a part of stands in what the reader sees, or in a region of it.

        Only what the reader sees of them counts, as far as it was signed before a day.
        """
        met = self.said.filter(_is_held(self.places, self._placed()), pl.col("date") < until)
        met = met.filter(pl.col("region") == region) if region else met
        is_torn = pl.col("region") == ACROSS if region else ~pl.col("seen")
        return tuple(self.table.filter(is_torn).join(met, on=KEY, how="semi")[KEY].sort())

    def _placed(self) -> list[str]:
        return self.said["place"].unique().to_list()


def keyed(posted: pl.DataFrame) -> pl.DataFrame:
    """The postings with what they stand and fall with: their contract, else each by itself."""
    itself = pl.format("\0{}", pl.int_range(pl.len()))
    is_bound = pl.col("contract") != UNASSIGNED
    return posted.with_columns(pl.when(is_bound).then("contract").otherwise(itself).alias(KEY))


def homes(posted: pl.DataFrame, lines: pl.DataFrame, places: Places) -> Homes:
    """Where each contract stands: its lines say it, as they are credited; without lines its papers.

    ``posted`` is what ``keyed`` answers.
    """
    ruled = credited_lines(lines, places.crediting)
    signed = _named(ruled.with_columns(pl.col("contract").alias(KEY)))
    unsigned = posted.join(signed, on=KEY, how="anti")
    others = _named(unsigned.with_columns(pl.lit(value=False).alias(TORN)))
    said = _located(pl.concat([signed, others]), places)
    is_one = pl.col("region").n_unique() == 1
    table = said.group_by(KEY).agg(
        pl.when(is_one).then(pl.col("region").first()).otherwise(pl.lit(ACROSS)).alias("region"),
        _is_held(places, said["place"].unique().to_list()).all().alias("seen"),
        pl.col(TORN).any(),
    )
    return Homes(said, table, places)


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """What rows say of where they stand; null where nothing."""
    told = [
        pl.when(pl.col(name) != UNASSIGNED).then(pl.col(name)).alias(name)
        for name in ("seat", "region")
    ]
    return rows.with_columns(told).select(_SAID)


def _located(said: pl.DataFrame, places: Places) -> pl.DataFrame:
    pairs = said.select("seat", "region").unique().sort("seat", "region")
    found = [places.place(seat, region) for seat, region in pairs.iter_rows()]
    regions = [places.region(one) for one in found]
    kinds = {"place": pl.String, "§region": pl.String}
    known = pairs.hstack(pl.DataFrame({"place": found, "§region": regions}, schema=kinds))
    met = said.join(known, on=["seat", "region"], how="left", nulls_equal=True)
    return met.select(KEY, "date", "place", pl.col("§region").alias("region"), TORN)


def _is_held(places: Places, placed: Sequence[str]) -> pl.Expr:
    """Whether a row stands in what the reader sees."""
    return pl.col("place").is_in([one for one in placed if places.holds(one)])
