"""books: the bridge of a period, part by part, and what finance's totals differ by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.books import BRIDGE, FIGURES, bridge, gaps
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.books.checks import Checked, checked
from quotaloom.cycle.books.credited import TORN, asked_in_vain
from quotaloom.cycle.books.home import KEY, REST, homes, keyed
from quotaloom.cycle.books.places import Places
from quotaloom.cycle.books.posting import postings, retentions
from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotaloom.core.model.periods import Period
    from quotaloom.cycle.books.checks import Check
    from quotaloom.cycle.books.request import BooksRequest
    from quotaloom.warehouse.batches.shelf import Shelf

EVERYWHERE: Final = Places()


@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """``whole`` is the bridge, ``parts`` the same for each member; 质保金 lies within 应收.

    ``regions`` are those in which contracts of the reader stand; ``across`` the contracts of which
    only a part stands in what is asked for: they are not in the bridge. ``torn`` are those of the
    bridge with a line that two crediting rules fit equally well, so that none credits it; ``vain``
    is what rules ask that no contract line tells; ``is_unruled``: there are rules and none can be
    used. ``is_scoped``: the reader sees a part of the company only. Amounts are in the facts'
    scale.
    """

    period: Period
    request: BooksRequest
    whole: dict[str, int]
    parts: list[tuple[str, dict[str, int]]]
    retained: int
    control: Checked
    postings: pl.DataFrame
    regions: list[str]
    across: tuple[str, ...]
    torn: tuple[str, ...]
    vain: tuple[str, ...]
    is_unruled: bool
    is_scoped: bool

    @property
    def by(self) -> str:
        """What the parts are parts of."""
        return self.request.by

    @property
    def untaxed(self) -> int:
        """The papers up to the end of the period that tell no tax and no rate: 0 % is counted."""
        before = pl.col("date") < self.period.end
        return self.postings.filter(before, ~pl.col("is_taxed")).height

    @property
    def checks(self) -> list[Check]:
        """The control totals against ours."""
        return self.control.checks

    @property
    def closes(self) -> bool:
        """Whether every subtotal is the sum of the steps above it, in every part."""
        return not gaps(self.whole) and not any(gaps(figures) for _, figures in self.parts)

    def lines(self, stage: str, member: str = "") -> pl.DataFrame:
        """The postings of a stage within the period, of one member if named, by day and paper."""
        days = pl.col("date").is_between(self.period.start, self.period.end, closed="left")
        rows = self._of(member).filter(days, pl.col("stage") == stage)
        return rows.sort("date", "paper", "contract", "§row", nulls_last=True)

    def balances(self, figure: str, member: str = "") -> pl.DataFrame:
        """The contracts that make up a balance, with customer and ``amount``, largest first."""
        rows = self._of(member)
        who = rows.group_by("contract").agg(pl.col("region", "customer").first())
        sums = bridge(rows, self.period.start, self.period.end, ["contract"])
        found = sums.select("contract", pl.col(figure).alias("amount")).filter(
            pl.col("amount") != 0
        )
        size = pl.col("amount").abs()
        return found.join(who, on="contract").sort(size, "contract", descending=[True, False])

    def _of(self, member: str) -> pl.DataFrame:
        rows = self.postings
        return rows.filter(pl.col(self.by) == member) if member and self.by else rows


def books(shelf: Shelf, request: BooksRequest, places: Places = EVERYWHERE) -> Books:
    """Reconcile a period, of what the reader of ``places`` sees.

    Raises DataRefused where there is nothing to reconcile, no such region and no such contract.
    """
    calendar = FiscalCalendar(start_month=request.fiscal_start, cutoff_day=request.cutoff_day)
    period = parse_period(request.period, calendar)
    every = keyed(postings(shelf, request))
    lines = table(shelf, KINDS["contract_lines"])
    home = homes(every, lines, places)
    posted = every.drop("region").join(home.table, on=KEY).filter("seen")
    regions = _in_order(posted["region"].unique().to_list())
    request = replace(request, region=_region(request.region, regions, places))
    _refuse(posted, regions, request, places)
    posted = _narrowed(posted, request)
    rows = bridge(posted, period.start, period.end, [request.by] if request.by else []).to_dicts()
    parts = {str(row[request.by]): _figures(row) for row in rows} if request.by else {}
    return Books(
        period,
        request,
        _whole(posted, period),
        [(name, parts[name]) for name in _in_order(parts)],
        _retained(posted, period, retentions(shelf)),
        checked(shelf, posted, home, period, request),
        posted,
        regions,
        () if request.contract else home.across(request.region, period.end),
        tuple(posted.filter(TORN)[KEY].unique().sort()),
        asked_in_vain(lines, places.crediting),
        places.is_unruled,
        places.seen is not None,
    )


def _refuse(
    posted: pl.DataFrame, regions: Sequence[str], request: BooksRequest, places: Places
) -> None:
    """Refuse what is not there; what may not be seen is not there."""
    if request.contract and request.contract not in posted["contract"]:
        raise DataRefused([error("books.no_contract", request.contract)])
    if posted.is_empty():
        code = "books.nothing" if places.seen is None else "books.nothing_in_scope"
        raise DataRefused([error(code, request.period)])
    if request.region and request.region not in regions:
        known = "、".join(regions)
        raise DataRefused([error("books.no_region", request.region, known=known)])


def _region(text: str, regions: Sequence[str], places: Places) -> str:
    """The region that somebody asked for by its code or by another name of it."""
    place = places.place(None, text)
    is_other = text not in regions and places.names.get(place) == places.region(place)
    return places.region(place) if is_other else text


def _narrowed(posted: pl.DataFrame, request: BooksRequest) -> pl.DataFrame:
    asked = {"region": request.region, "contract": request.contract}
    return posted.filter(*(pl.col(name) == one for name, one in asked.items() if one))


def _in_order(members: Iterable[str]) -> list[str]:
    """By name; what stands in no single region last."""
    return sorted(members, key=lambda one: (REST.index(one) + 1 if one in REST else 0, one))


def _whole(posted: pl.DataFrame, period: Period) -> dict[str, int]:
    """The bridge of all postings; zeros before the first of them."""
    rows = bridge(posted, period.start, period.end, []).to_dicts()
    return _figures(rows[0]) if rows else dict.fromkeys(FIGURES, 0)


def _figures(row: Mapping[str, int]) -> dict[str, int]:
    return {name: row[name] for name in FIGURES}


def _retained(posted: pl.DataFrame, period: Period, kept: Mapping[str, int]) -> int:
    """质保金 that is still owed: of each contract at most what it owes at the end."""
    theirs = posted.filter(pl.col("contract").is_in(list(kept)))
    rows = bridge(theirs, period.start, period.end, ["contract"])
    owed = rows.select("contract", "receivable_closing").iter_rows()
    return sum(min(kept[contract], max(amount, 0)) for contract, amount in owed)


def steps(figures: Mapping[str, int]) -> Sequence[tuple[str, int, int]]:
    """The bridge as lines: figure, sign (0: a subtotal), amount."""
    return [(name, sign, figures[name]) for name, sign in BRIDGE]
