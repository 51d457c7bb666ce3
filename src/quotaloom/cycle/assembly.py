"""From files to a cube: read, add up, build the hierarchies, weigh the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.cube import Cube
from quotaloom.core.allocation.history import History, Rules, settle_negative, weigh
from quotaloom.core.model.amounts import parse_amount
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.cycle.dimensions import Members, build_members, top_nodes
from quotaloom.cycle.reading import Read, read_request
from quotaloom.cycle.season import festival_slots, shape_year, slot_kind
from quotaloom.cycle.staffing import staff
from quotaloom.warehouse.basis import AMOUNT, SLOT, YEAR, add_up, add_up_undated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from quotaloom.cycle.request import DecomposeRequest, Dimensions

MINOR_SCALE, FACT_SCALE = 2, 4


@dataclass(frozen=True)
class Basis:
    """The cube with all that the outcome needs to name its members and years.

    ``scale`` is the decimal scale of ``cube.basis``; ``last_year`` is in 分 by tuple, None where
    the basis has no dates. ``leaf_texts`` holds each hierarchy's level columns by leaf;
    ``headers`` their order in the output.
    """

    cube: Cube
    calendar: FiscalCalendar
    scale: int
    last_year: NDArray[np.int64] | None
    hierarchies: tuple[tuple[str, tuple[str, ...]], ...]
    leaf_texts: Mapping[str, pl.DataFrame]
    headers: tuple[str, ...]
    label_of: Mapping[str, str]
    findings: tuple[Finding, ...]
    about: dict[str, str]


@dataclass(frozen=True)
class Weighed:
    """Annual weights by tuple with their seasonal shape."""

    annual: NDArray[np.int64]
    last_year: NDArray[np.int64] | None
    shape: NDArray[np.int32]
    profiles: NDArray[np.int64]
    findings: tuple[Finding, ...]
    about: dict[str, str]


def assemble_basis(request: DecomposeRequest, dimensions: Dimensions) -> Basis:
    """Read and weigh everything that the request names. Raises DataRefused with all errors."""
    calendar = FiscalCalendar(
        start_month=request.fiscal_start, cutoff_day=request.cutoff_day, pattern=request.pattern
    )
    read = read_request(request, dimensions, calendar)
    if read.facts.frame.is_empty():
        raise DataRefused([error("decompose.no_rows")])
    periods = calendar.periods(request.year, request.time)
    if request.weights is None:
        members, weighed = _from_history(request, read, calendar)
    else:
        members, weighed = _from_weights(request, read)
    shaped = shape_year(request, calendar, weighed.profiles)
    annual, said = settle_negative(
        weighed.annual, members.names_of_tuples(), _rules(request, calendar)
    )
    cube = Cube(
        members.hierarchies,
        members.places,
        periods,
        dict(rollups(calendar, request.year, request.time)),
        annual,
        weighed.shape,
        shaped.profiles,
    )
    cube, last_year, members, moved = staff(request, cube, weighed.last_year, members)
    return Basis(
        cube=cube,
        calendar=calendar,
        scale=MINOR_SCALE if request.weights is None else FACT_SCALE,
        last_year=last_year,
        hierarchies=tuple((h.name, h.levels) for h in members.asked_order()),
        leaf_texts=members.leaf_texts(),
        headers=members.headers(),
        label_of=members.label_of,
        findings=(
            *read.facts.findings,
            *members.findings,
            *weighed.findings,
            *said,
            *shaped.findings,
            *moved,
        ),
        about=weighed.about | shaped.about | read.about(),
    )


def _rules(request: DecomposeRequest, calendar: FiscalCalendar) -> Rules:
    kind = slot_kind(request)
    slots = max(
        len(calendar.periods(year, kind)) for year in range(request.year - 6, request.year + 1)
    )
    return Rules(
        year=request.year,
        basis_years=request.basis_years,
        recency=_recency(request.recency),
        partial_years=request.partial_years,
        on_negative_basis=request.on_negative_basis,
        slots=slots,
        festival=festival_slots(request, calendar),
    )


def _from_history(
    request: DecomposeRequest, read: Read, calendar: FiscalCalendar
) -> tuple[Members, Weighed]:
    kind = slot_kind(request)
    added = add_up(read.facts.frame, read.columns, calendar, kind)
    members = build_members(request, read, added.frame)
    rows = members.rows_of(added.frame)
    first, last = (calendar.period_of(day, kind) for day in (added.first, added.last))
    history = History(
        rows,
        added.frame[YEAR].cast(pl.Int64).to_numpy(),
        added.frame[SLOT].cast(pl.Int64).to_numpy(),
        added.frame[AMOUNT].to_numpy(),
        (first.year, first.index - 1),
        (last.year, last.index - 1),
    )
    basis = weigh(history, top_nodes(request, members), _rules(request, calendar))
    about = {
        "history": f"{added.first.isoformat()} – {added.last.isoformat()}",
        "year_weights": "; ".join(f"{year}: {weight}" for year, weight, _ in basis.years),
    }
    return members, Weighed(
        basis.annual, basis.last_year, basis.shape, basis.profiles, basis.findings, about
    )


def _from_weights(request: DecomposeRequest, read: Read) -> tuple[Members, Weighed]:
    added = add_up_undated(read.facts.frame, read.columns)
    members = build_members(request, read, added)
    rows = members.rows_of(added)
    annual = np.zeros(members.count, dtype=np.int64)
    np.add.at(annual, rows, added[AMOUNT].to_numpy())
    shape = np.zeros(members.count, dtype=np.int32)
    even = np.ones((1, 12), dtype=np.int64)
    return members, Weighed(annual, None, shape, even, (), {})


def _recency(text: str) -> Fraction:
    """The recency as an exact fraction in (0, 1]."""
    value = parse_amount(text).value
    if not 0 < value <= 1:
        raise UsageRefused([error("recency.out_of_range", text)])
    return value
