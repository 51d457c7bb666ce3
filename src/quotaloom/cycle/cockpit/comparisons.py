"""Three comparisons: with what was sold in the years before, and with the rivals in the market."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.numeric.concentration import Spread, spread
from quotaloom.core.targets.region import cagr
from quotaloom.cycle.cockpit.lens import tiles
from quotaloom.warehouse.tables.column import RATE_SCALE

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.cycle.cockpit.lens import Lens, Source, Tile

SOLD: Final = "ordered_net"
SHARE: Final = "market_share"
YEARS: Final = 4  # this one, and three before
WHOLE: Final = 100  # shares are told in percent
_OF_A_PART: Final = ("region", "province", "industry", "product_line", "product")


@dataclass(frozen=True, slots=True)
class Year:
    """The days of the period in one year: what was sold (分), and the growth on the year before."""

    label: str
    sold: int
    growth: Fraction | None


@dataclass(frozen=True, slots=True)
class Rivals:
    """Shares in percent by name as of a day, the largest first, and our own where it is known."""

    day: date
    named: tuple[tuple[str, Fraction], ...]
    own: Fraction | None
    spread: Spread


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The newest year first. ``rate`` is the growth a year over all of them (CAGR).

    ``rivals`` is None where no shares of the whole market are told, or more than all of it.
    """

    tiles: tuple[Tile, ...]
    years: tuple[Year, ...]
    rate: Fraction | None
    rivals: Rivals | None


def comparisons(source: Source, lens: Lens) -> Comparisons:
    """What was sold against the years before; the market only for who sees all that we sold."""
    years = _years(source, lens)
    told = [Fraction(one.sold) for one in reversed(years)]
    is_whole = lens.members is None
    return Comparisons(
        tiles(source, lens, (SOLD, SHARE) if is_whole else (SOLD,)),
        years,
        cagr(tuple(told)) if len(told) > 1 and told[0] > 0 and told[-1] >= 0 else None,
        _rivals(source, lens) if is_whole else None,
    )


def _years(source: Source, lens: Lens) -> tuple[Year, ...]:
    """The same days of the years, as far back as something was sold without a gap."""
    found: list[tuple[str, int]] = []
    while len(found) < YEARS and (sold := source.whole(lens, (SOLD,))[SOLD]):
        found.append((lens.span.label, sold))
        lens = lens.ago()
    before = [*(sold for _, sold in found[1:]), 0]
    return tuple(
        Year(label, now, Fraction(now, old) - 1 if old > 0 else None)
        for (label, now), old in zip(found, before, strict=False)
    )


def _rivals(source: Source, lens: Lens) -> Rivals | None:
    """The shares of the whole market that were told last, up to the end of the period."""
    frame = source.shelf.facts("competitors")
    if frame.is_empty() or "share" not in frame.columns:
        return None
    whole = [pl.col(one) == UNASSIGNED for one in _OF_A_PART if one in frame.columns]
    told = frame.filter(pl.col("share").is_not_null(), pl.col("date") <= lens.last, *whole)
    if told.is_empty():
        return None
    day = max(told["date"])
    rows = told.filter(pl.col("date") == day).select("competitor", "share").iter_rows()
    named = {name: Fraction(share * WHOLE, RATE_SCALE) for name, share in rows}
    rate = source.whole(lens, (SHARE,))[SHARE]
    own = None if rate is None else Fraction(rate * WHOLE, RATE_SCALE)
    shares = [*named.values(), *([] if own is None else [own])]
    if sum(shares) > WHOLE:
        return None
    order = sorted(named.items(), key=lambda one: (-one[1], one[0]))
    return Rivals(day, tuple(order), own, spread(shares))
