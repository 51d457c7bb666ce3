"""From files to a cube: read, add up, build the hierarchies, weigh the history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.cube import Cube
from quotaloom.core.allocation.history import History, Rules, over_slots, settle_negative, weigh
from quotaloom.core.model.amounts import parse_amount
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import Finding, error, warning
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.cycle.dimensions import Members, build_members, top_nodes
from quotaloom.cycle.event import lift
from quotaloom.cycle.progress import silent
from quotaloom.cycle.reading import Read, read_request
from quotaloom.cycle.season import Festival, shape_year, slot_kind, spring_festival
from quotaloom.cycle.staffing import Staffed, staff
from quotaloom.warehouse.basis import AMOUNT, SLOT, YEAR, AddedUp, add_up, add_up_undated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from quotaloom.core.allocation.history import Basis as Weighing
    from quotaloom.core.model.periods import Kind
    from quotaloom.cycle.progress import Progress
    from quotaloom.cycle.request import DecomposeRequest, Dimensions

MINOR_SCALE = 2
MOST_YEARS = 100  # before the target year, as far as the calendar reaches
LOOSE_DAYS = 7  # facts that begin or end so many days inside a period do not fill it


@dataclass(frozen=True)
class Basis:
    """The cube with all that the outcome needs to name its members and years.

    ``scale`` is the decimal scale of ``cube.basis``; ``last_year`` is in 分 by tuple, None where
    the basis has no dates, and ``past`` the whole of it; ``gone`` what of it belongs to nobody
    who is still there, by hierarchy and node. ``leaf_texts`` holds each hierarchy's level columns
    by leaf; ``headers`` their order in the output; ``also`` other headers of a level or hierarchy.
    """

    cube: Cube
    calendar: FiscalCalendar
    scale: int
    last_year: NDArray[np.int64] | None
    past: int | None
    gone: tuple[NDArray[np.int64], ...]
    hierarchies: tuple[tuple[str, tuple[str, ...]], ...]
    leaf_texts: Mapping[str, pl.DataFrame]
    headers: tuple[str, ...]
    label_of: Mapping[str, str]
    also: Mapping[str, str]
    findings: tuple[Finding, ...]
    about: dict[str, str]


@dataclass(frozen=True)
class Terms:
    """What is asked for and the calendar and rules that follow from it."""

    request: DecomposeRequest
    calendar: FiscalCalendar
    festival: Festival
    rules: Rules

    @classmethod
    def of(cls, request: DecomposeRequest) -> Terms:
        """The terms of a request. Raises UsageRefused for settings that no calendar has."""
        calendar = calendar_of(request)
        festival = spring_festival(request, calendar)
        return cls(request, calendar, festival, _rules(request, calendar, festival))

    @property
    def kind(self) -> Kind:
        """What history is counted by."""
        return slot_kind(self.request)


@dataclass(frozen=True)
class Weighed:
    """Annual weights by tuple with their seasonal shape; ``past`` is last year's whole in 分."""

    annual: NDArray[np.int64]
    last_year: NDArray[np.int64] | None
    past: int | None
    shape: NDArray[np.int32]
    profiles: NDArray[np.int64]
    findings: tuple[Finding, ...]
    about: dict[str, str]


def assemble_basis(
    request: DecomposeRequest, dimensions: Dimensions, progress: Progress = silent
) -> Basis:
    """Read and weigh everything that the request names. Raises DataRefused with all errors."""
    terms = Terms.of(request)
    calendar = terms.calendar
    read = read_request(request, dimensions, calendar, progress)
    if read.facts.frame.is_empty():
        raise DataRefused([*read.findings, error("decompose.no_rows")])
    progress("add_up", 0, 0)
    if request.weights is None:
        members, weighed = _from_history(terms, read)
    else:
        members, weighed = _from_weights(terms, read)
    shaped = shape_year(request, calendar, weighed.profiles)
    profiles = lift(request, calendar, shaped.profiles)
    annual, said = settle_negative(weighed.annual, members.names_of_tuples, terms.rules)
    cube = Cube(
        members.hierarchies,
        members.places,
        calendar.periods(request.year, request.time),
        dict(rollups(calendar, request.year, request.time)),
        annual,
        weighed.shape,
        profiles,
    )
    staffed = staff(request, Staffed(cube, members, weighed.last_year))
    found = (*read.findings, *members.findings, *weighed.findings, *said, *shaped.findings)
    scale = MINOR_SCALE if request.weights is None else read.facts.scale
    about = weighed.about | shaped.about | read.about()
    return _basis(calendar, staffed, (scale, weighed.past), found, about)


def _basis(
    calendar: FiscalCalendar,
    staffed: Staffed,
    amounts: tuple[int, int | None],
    found: tuple[Finding, ...],
    about: dict[str, str],
) -> Basis:
    members = staffed.members
    scale, past = amounts
    return Basis(
        cube=staffed.cube,
        calendar=calendar,
        scale=scale,
        last_year=staffed.last_year,
        past=past,
        gone=staffed.gone,
        hierarchies=tuple((h.name, h.levels) for h in members.asked_order()),
        leaf_texts=members.leaf_texts(),
        headers=members.headers(),
        label_of=members.label_of,
        also={label: code for code, label in members.label_of.items()}
        | {members.key_columns[name][0]: name for name in members.above},
        findings=(*found, *staffed.findings),
        about=about,
    )


def _rules(request: DecomposeRequest, calendar: FiscalCalendar, festival: Festival) -> Rules:
    kind, slots, lengths = slot_kind(request), 12, {}
    if kind == "week":
        years = range(request.year - MOST_YEARS, request.year + 1)
        lengths = {year: len(calendar.periods(year, kind)) for year in years}
        slots = max(lengths.values())
    return Rules(
        year=request.year,
        basis_years=request.basis_years,
        recency=recency_of(request),
        partial_years=request.partial_years,
        on_negative_basis=request.on_negative_basis,
        slots=slots,
        lengths=lengths,
        festival=festival.slots,
    )


def _from_history(terms: Terms, read: Read) -> tuple[Members, Weighed]:
    added = add_up(read.facts.frame, read.columns, terms.calendar, terms.kind)
    members = build_members(terms.request, read, added.frame)
    history = _history(added, members.rows_of(added.frame), terms)
    if _is_yearly(added, read):
        history = over_slots(history, terms.rules.slots)
        terms = replace(terms, rules=replace(terms.rules, festival=None))
    tops = top_nodes(terms.request, members)
    return members, _weighed(terms, weigh(history, tops, terms.rules), added)


def _is_yearly(added: AddedUp, read: Read) -> bool:
    """Whether the facts name years only, so that their first days stand for whole years."""
    named = any(finding.code == "intake.date_year_read" for finding in read.facts.findings)
    return named and added.days == added.frame[YEAR].n_unique()


def _history(added: AddedUp, rows: NDArray[np.int64], terms: Terms) -> History:
    first, last = (terms.calendar.period_of(day, terms.kind) for day in (added.first, added.last))
    return History(
        rows,
        added.frame[YEAR].cast(pl.Int64).to_numpy(),
        added.frame[SLOT].cast(pl.Int64).to_numpy(),
        added.frame[AMOUNT].to_numpy(),
        (first.year, first.index - 1),
        (last.year, last.index - 1),
    )


def _weighed(terms: Terms, basis: Weighing, added: AddedUp) -> Weighed:
    used = {year for year, weight, _ in basis.years if weight}
    about = {
        "history": f"{added.first.isoformat()} – {added.last.isoformat()}",
        "year_weights": "; ".join(f"{year}: {weight}" for year, weight, _ in basis.years),
    }
    if terms.festival.slots:
        about["spring_festival_days"] = terms.festival.about
    is_shaped = terms.request.seasonality.strip() in ("equal", "workdays")
    return Weighed(
        basis.annual,
        basis.last_year,
        int(basis.last_year.sum()),
        basis.shape,
        basis.profiles,
        (
            *basis.findings,
            *_edges(added, used, terms),
            *(() if is_shaped else terms.festival.findings),
        ),
        about,
    )


def _edges(added: AddedUp, used: set[int], terms: Terms) -> list[Finding]:
    """Where the facts begin or end so far inside a month that it is not whole.

    Facts with one day a month are monthly sums, whatever the day.
    """
    months = added.frame.select(YEAR, SLOT).n_unique()
    if terms.kind != "month" or added.days == months:
        return []
    first, last = (terms.calendar.period_of(day, "month") for day in (added.first, added.last))
    said = []
    if first.year in used and (added.first - first.start).days > LOOSE_DAYS:
        said.append(warning("history.starts_inside", str(added.first), period=first.label))
    if last.year in used and (last.end - added.last).days > LOOSE_DAYS + 1:
        said.append(warning("history.ends_inside", str(added.last), period=last.label))
    return said


def _from_weights(terms: Terms, read: Read) -> tuple[Members, Weighed]:
    """Weights without dates; the year is even, or has the shape of the dated facts beside them."""
    added = add_up_undated(read.facts.frame, read.columns)
    members = build_members(terms.request, read, added)
    annual = np.zeros(members.count, dtype=np.int64)
    np.add.at(annual, members.rows_of(added), added[AMOUNT].to_numpy())
    shape = np.zeros(members.count, dtype=np.int32)
    if read.dated is None:
        even = np.ones((1, 1), dtype=np.int64)
        return members, Weighed(annual, None, None, shape, even, (), {})
    season = add_up(read.dated.frame, (), terms.calendar, terms.kind)
    history = _history(season, np.zeros(season.frame.height, dtype=np.int64), terms)
    basis = weigh(history, np.zeros(1, np.int32), terms.rules)
    whole = _weighed(terms, basis, season)
    return members, replace(whole, annual=annual, last_year=None, shape=shape)


def calendar_of(request: DecomposeRequest) -> FiscalCalendar:
    """The fiscal calendar. Raises UsageRefused for settings that no calendar has."""
    return FiscalCalendar(
        start_month=request.fiscal_start, cutoff_day=request.cutoff_day, pattern=request.pattern
    )


def recency_of(request: DecomposeRequest) -> Fraction:
    """The weight of a year against the next, exact, in (0, 1]. Raises UsageRefused for others."""
    value = parse_amount(request.recency).value
    if not 0 < value <= 1:
        raise UsageRefused([error("recency.out_of_range", request.recency)])
    return value
