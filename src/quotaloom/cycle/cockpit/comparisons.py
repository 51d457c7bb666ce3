"""Three comparisons: with what was sold in the years before, and with the rivals in the market."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
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
OTHERS: Final = frozenset({"其他", "其它", "其余", "others", "other"})
_OF_A_PART: Final = ("region", "province", "industry", "product_line", "product")


@dataclass(frozen=True, slots=True)
class Year:
    """The days of the period in one year: what was sold (分), and the growth on the year before."""

    label: str
    sold: int
    growth: Fraction | None


@dataclass(frozen=True, slots=True)
class Rivals:
    """Shares in percent by name as of a day, the largest first; ``total`` is their sum.

    ``own`` is ours in ``own_year``, None where it is not known. ``spread`` is None where all shares
    together are more than the whole.
    """

    day: date
    named: tuple[tuple[str, Fraction], ...]
    own: Fraction | None
    own_year: str
    spread: Spread | None

    @property
    def total(self) -> Fraction:
        """The shares of all rivals and ours."""
        return sum((part for _name, part in self.named), self.own or Fraction(0))


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The newest year first. ``rate`` is the growth a year over all of them (CAGR).

    ``begun`` is the label of a year left out of them, for its facts begin within the period.
    ``rivals`` is None where no shares of the whole market are told.
    """

    tiles: tuple[Tile, ...]
    years: tuple[Year, ...]
    begun: str
    rate: Fraction | None
    rivals: Rivals | None


def comparisons(source: Source, lens: Lens) -> Comparisons:
    """What was sold against the years before; the market only for who sees all that we sold."""
    years, begun = _years(source, lens)
    told = [Fraction(one.sold) for one in reversed(years)]
    is_whole = lens.members is None
    return Comparisons(
        tiles(source, lens, (SOLD, SHARE) if is_whole else (SOLD,)),
        years,
        begun,
        cagr(tuple(told)) if len(told) > 1 and told[0] > 0 and told[-1] >= 0 else None,
        _rivals(source, lens) if is_whole else None,
    )


def _years(source: Source, lens: Lens) -> tuple[tuple[Year, ...], str]:
    """The same days of the years, as far back as something was sold without a gap.

    The oldest one is left out where its facts begin within the period: it would be compared as if
    it were whole. The second answer is its label.
    """
    found: list[tuple[Lens, int]] = []
    while len(found) <= YEARS and (sold := source.whole(lens, (SOLD,))[SOLD]):
        found.append((lens, sold))
        lens = lens.ago()
    begun = ""
    if 1 < len(found) <= YEARS and not _from_its_start(source, found[-1][0]):
        begun = found.pop()[0].span.label
    before = [*(sold for _lens, sold in found[1:]), 0]
    years = (
        Year(one.span.label, now, Fraction(now, old) - 1 if old > 0 else None)
        for (one, now), old in zip(found[:YEARS], before, strict=False)
    )
    return tuple(years), begun


def _from_its_start(source: Source, lens: Lens) -> bool:
    """Whether something was sold in the first month of a period."""
    months = iter(source.monthly(lens, (SOLD,), ()).values())
    return bool(next(months, {}))


def _rivals(source: Source, lens: Lens) -> Rivals | None:
    """The shares of the whole market that were told last, up to the end of the period.

    What others have together is no rival. Ours is that of the year of the day, or of the last year
    before it that is over: of a part of a year it would be too small.
    """
    frame = source.shelf.facts("competitors")
    if frame.is_empty() or "share" not in frame.columns:
        return None
    whole = [pl.col(one) == UNASSIGNED for one in _OF_A_PART if one in frame.columns]
    is_named = ~pl.col("competitor").str.to_lowercase().is_in(OTHERS)
    told = frame.filter(pl.col("share").is_not_null(), pl.col("date") <= lens.last, *whole)
    if told.filter(is_named).is_empty():
        return None
    day = max(told["date"])
    rows = told.filter(pl.col("date") == day, is_named).select("competitor", "share").iter_rows()
    named = [(name, Fraction(share * WHOLE, RATE_SCALE)) for name, share in rows]
    named.sort(key=lambda one: (-one[1], one[0]))
    own, year = _own(source, lens, day)
    shares = [*(part for _name, part in named), *([] if own is None else [own])]
    return Rivals(day, tuple(named), own, year, spread(shares) if sum(shares) <= WHOLE else None)


def _own(source: Source, lens: Lens, day: date) -> tuple[Fraction | None, str]:
    """Our share in percent and the year that it is of; None where it is not known."""
    number = lens.calendar.year_of(day)
    (year,) = lens.calendar.periods(number, "year")
    if year.end > lens.as_of + timedelta(1):
        (year,) = lens.calendar.periods(number - 1, "year")
    rate = source.whole(replace(lens, span=year), (SHARE,))[SHARE]
    if rate is None or rate < 0:
        return None, year.label
    return Fraction(rate * WHOLE, RATE_SCALE), year.label
