"""The funnel: what is open in each stage, what goes on to the next, and where it gets stuck."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.cycle.cockpit.lens import tiles
from quotaloom.warehouse.marts.shelf_file import fact_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.cycle.cockpit.lens import Figures, Lens, Source, Tile

TILES: Final = ("new_deals", "pipeline", "weighted_pipeline", "won", "win_rate", "sales_cycle")
BY: Final = ("stage",)
WON: Final = "won"
"""The name of the last step where no stage of the company's own means that a deal is won."""
_OPEN: Final = ("open_deals", "pipeline", "weighted_pipeline")
_ENTERED: Final = "stage_entries"
_WON_STAGES: Final = frozenset({WON, "Won", "Closed Won", "赢单", "成交", "已赢单"})
_COUNT: Final = 10**4  # a count, as measures scale it


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: how many are open, their amounts (分), how many entered it in the period.

    ``weighted`` is Σ amount × probability. ``goes_on`` is the share of those who entered that went
    on to the next stage, both counted in the period; None where the stage is the last one.
    """

    name: str
    following: str  # the next stage, "" after the last one
    open: int
    amount: int
    weighted: int
    entered: int
    goes_on: Fraction | None
    went_on: Fraction | None  # a year before

    @property
    def lost_ground(self) -> Fraction | None:
        """How far ``goes_on`` fell on the year before."""
        both = self.goes_on is not None and self.went_on is not None
        return self.went_on - self.goes_on if both else None  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The stages in their order, and the one where most gets stuck.

    ``unrated`` is how many open opportunities have no probability: they weigh nothing.
    """

    tiles: tuple[Tile, ...]
    stages: tuple[Stage, ...]
    unrated: int

    @property
    def bottleneck(self) -> Stage | None:
        """The stage that fell most on the year before; without one, that with the lowest share."""
        known = [one for one in self.stages if one.goes_on is not None]
        fallen = [one for one in known if (one.lost_ground or 0) > 0]
        if fallen:
            return max(fallen, key=lambda one: one.lost_ground or 0)
        return min(known, key=lambda one: one.goes_on or 0, default=None)


def funnel(source: Source, lens: Lens) -> Funnel:
    """The funnel of a period."""
    now, ago = (_entered(source, one) for one in (lens, lens.ago()))
    there = source.grouped(lens, _OPEN, BY)
    order = _order(source, [name for (name,) in there if there[name,]["open_deals"]])
    going, gone = _shares(order, now), _shares(order, ago)
    stages = tuple(
        Stage(
            name,
            following,
            _whole(there.get((name,), {}).get("open_deals")),
            there.get((name,), {}).get("pipeline") or 0,
            there.get((name,), {}).get("weighted_pipeline") or 0,
            now.get(name, 0),
            going.get(name),
            gone.get(name),
        )
        for name, following in zip_longest(order, order[1:], fillvalue="")
    )
    seen = tuple(one for one in stages if one.open or one.entered)
    return Funnel(tiles(source, lens, TILES), seen, _unrated(source, lens))


def _whole(count: int | None) -> int:
    return (count or 0) // _COUNT


def _unrated(source: Source, lens: Lens) -> int:
    """How many are open without a probability: all of them where nobody ever gave any."""
    known = source.whole(lens, ("unrated_deals", "open_deals"))
    unrated = known["unrated_deals"]
    return _whole(known["open_deals"] if unrated is None else unrated)


def _entered(source: Source, lens: Lens) -> Mapping[str, int]:
    """How many opportunities entered each stage in the period, and how many were won."""
    found: dict[tuple[str, ...], Figures] = source.grouped(lens, (_ENTERED,), BY)
    entered = {name: _whole(told[_ENTERED]) for (name,), told in found.items()}
    if not entered or _WON_STAGES & set(entered):
        return entered
    return entered | {WON: _whole(source.whole(lens, ("won_deals",))["won_deals"])}


def _shares(order: Sequence[str], entered: Mapping[str, int]) -> dict[str, Fraction]:
    """Of those who entered each stage the share that entered the next, in the same period."""
    return {
        one: Fraction(entered.get(following, 0), entered[one])
        for one, following in pairwise(order)
        if entered.get(one)
    }


def _order(source: Source, names: Sequence[str]) -> list[str]:
    """The stages as opportunities pass them: by their mean place in a history, then by name.

    Those in no history follow, by name.
    """
    passed = _places(source)
    last = [WON] if passed and not _WON_STAGES & set(passed) else []
    return [*passed, *sorted(set(names) - set(passed)), *last]


def _places(source: Source) -> list[str]:
    files = fact_files(source.shelf, "stage_changes")
    if not files:
        return []
    rows = pl.scan_parquet(list(files), missing_columns="insert", extra_columns="ignore")
    steps = rows.select("opportunity", "date", "stage").sort("date", maintain_order=True)
    ranked = steps.with_columns(pl.int_range(pl.len()).over("opportunity").alias("place"))
    mean = ranked.group_by("stage").agg(pl.col("place").sum(), pl.len().alias("count"))
    told = mean.collect().iter_rows()
    return [name for _, name in sorted((Fraction(sum_, count), name) for name, sum_, count in told)]
