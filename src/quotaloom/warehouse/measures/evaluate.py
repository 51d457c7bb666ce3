"""Measures evaluated: engines add up, exact quotients are formed of their sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from quotaloom.core.model.findings import info, warning
from quotaloom.core.model.measures.expression import Aggregate, Viewed, walk
from quotaloom.core.model.money import FACT_SCALE, MINOR
from quotaloom.core.model.periods import FiscalCalendar, Period
from quotaloom.core.numeric.quotient import Quotients
from quotaloom.warehouse.measures.ask import Asking
from quotaloom.warehouse.measures.board import board
from quotaloom.warehouse.measures.figure import Scene, figure
from quotaloom.warehouse.measures.query import PERIOD, UNDATED, Grain
from quotaloom.warehouse.measures.stored import scale
from quotaloom.warehouse.workdays import working_days_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.core.model.measures.expression import Node
    from quotaloom.core.model.measures.quantity import Unit
    from quotaloom.core.model.periods import Kind
    from quotaloom.warehouse.engines.engine import Engine
    from quotaloom.warehouse.measures.ask import Span, Sums
    from quotaloom.warehouse.measures.board import Board
    from quotaloom.warehouse.measures.mart import Mart

CALENDAR_YEAR: Final = FiscalCalendar()
SCALES: Final[dict[Unit, int]] = {
    "money": 100,
    "count": 10**4,
    "day": 10**4,
    "point": 10**4,
    "share": 10**6,
}
"""How many whole numbers of a shown figure make one: money in 分, shares in millionths."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What to evaluate, and how finely.

    ``files`` are the Parquet files of each kind of facts. Without ``time`` all facts are one
    period, ``""``. Facts after ``until`` stay out, and those of members not ``within``. ``quota``
    holds the keys, ``date`` (the first day of what it is for) and ``quota`` (分, or pieces × 100).
    ``is_fine`` shows money as facts keep it, in 1/10,000 元. ``marts`` are sums of the files.
    """

    codes: tuple[str, ...]
    files: Mapping[str, tuple[Path, ...]]
    keys: tuple[str, ...] = ()
    time: Kind | Literal["day"] | None = None
    until: date | None = None
    calendar: FiscalCalendar = CALENDAR_YEAR
    country: str = "CN"
    quota: pl.DataFrame | None = None
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_fine: bool = False
    marts: tuple[Mart, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A row a group and period: the keys, ``period`` (label), and a column each measure.

    A figure is an Int64, ``scales`` of which make one; null where there is none.
    """

    frame: pl.DataFrame
    scales: Mapping[str, int]
    findings: tuple[Finding, ...]


def evaluate(question: Question, dictionary: Dictionary, engine: Engine) -> Answer:
    """The figures of measures. Raises UsageRefused for measures or keys that are not there."""
    definitions = [dictionary.find(code) for code in question.codes]
    formulas = [dictionary.written_out(one) for one in definitions]
    nodes = [node for formula in formulas for node in walk(formula)]
    aggregates = tuple(dict.fromkeys(one for one in nodes if isinstance(one, Aggregate)))
    within = tuple(question.within.items())
    grain = Grain(question.keys, question.time is not None, question.until, within)
    asking = Asking(engine, dictionary.sources, question.files, aggregates, grain, question.marts)
    asking.lay_out()
    spans = asking.spans()
    periods = _periods(question, spans)
    scene = _scene(question, asking, periods, spans, nodes)
    units = SCALES | ({"money": 10**FACT_SCALE} if question.is_fine else {})
    scales = {one.code: units[one.counts.unit] for one in definitions}
    figures = [
        _shown(figure(formula, scene), scales[one.code], scene.board).alias(one.code)
        for one, formula in zip(definitions, formulas, strict=True)
    ]
    frame = scene.board.rows.with_columns(figures)
    return Answer(_labelled(frame, question, periods), scales, _findings(asking, spans))


def _periods(question: Question, spans: Mapping[str, Span]) -> tuple[Period, ...]:
    """The periods of all years in which there are facts or quotas."""
    if question.time is None:
        return ()
    ends: list[object] = [day for span in spans.values() for day in (span.first, span.last)]
    if question.quota is not None:
        ends += [question.quota["date"].min(), question.quota["date"].max()]
    days = [day for day in ends if isinstance(day, date)]
    if not days:
        return ()
    if question.time == "day":
        return _each_day(min(days), max(days))
    years = [question.calendar.year_of(day) for day in (min(days), max(days))]
    return tuple(
        period
        for year in range(years[0], years[1] + 1)
        for period in question.calendar.periods(year, question.time)
    )


def _each_day(first: date, last: date) -> tuple[Period, ...]:
    """Every day as a period of its own."""
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return tuple(
        Period("week", day.year, day.timetuple().tm_yday, str(day), day, day + timedelta(1))
        for day in days
    )


def _scene(
    question: Question,
    asking: Asking,
    periods: Sequence[Period],
    spans: Mapping[str, Span],
    nodes: Sequence[Node],
) -> Scene:
    sums = asking.sums(periods)
    quota = _quota(question, periods)
    views = {one.view for one in nodes if isinstance(one, Viewed)}
    is_dense = bool(views - {"quota", "elapsed"})
    there = [one.frame for one in sums] + ([quota] if quota is not None else [])
    place = board(there, question.keys, is_dense=is_dense)
    placed = {
        aggregate: _placed(one, aggregate, place, asking)
        for one in sums
        for aggregate in one.columns
    }
    until = question.until or max((one.last for one in spans.values() if one.last), default=None)
    return Scene(
        place,
        placed,
        _year_ago(periods),
        _elapsed(question, periods, until, place) if "elapsed" in views and until else None,
        Quotients.of(place.placed(quota, "quota", missing=None), MINOR)
        if quota is not None
        else None,
    )


def _placed(sums: Sums, aggregate: Aggregate, place: Board, asking: Asking) -> Quotients:
    """The sums of an aggregate; nothing where there never were facts for it."""
    if asking.absent(aggregate):
        return Quotients.of(pl.repeat(None, place.rows.height, dtype=pl.Int64, eager=True))
    missing = None if aggregate.how == "last" else 0
    found = place.placed(sums.frame, sums.columns[aggregate], missing=missing)
    return Quotients.of(found, scale(aggregate, asking.known))


def _quota(question: Question, periods: Sequence[Period]) -> pl.DataFrame | None:
    """The quotas by keys and period number."""
    if question.quota is None:
        return None
    if question.time is None:
        numbered = question.quota.with_columns(pl.lit(0, pl.Int64).alias(PERIOD))
    else:
        starts = pl.DataFrame(
            {"date": [one.start for one in periods], PERIOD: range(len(periods))},
            schema={"date": pl.Date, PERIOD: pl.Int64},
        )
        numbered = question.quota.sort("date").join_asof(starts, on="date")
    return numbered.group_by(*question.keys, PERIOD).agg(pl.col("quota").sum())


def _year_ago(periods: Sequence[Period]) -> dict[int, int]:
    places = {(one.year, one.index): place for place, one in enumerate(periods)}
    before = {place: (one.year - 1, one.index) for place, one in enumerate(periods)}
    return {place: places[key] for place, key in before.items() if key in places}


def _elapsed(question: Question, periods: Sequence[Period], until: date, place: Board) -> Quotients:
    """The share of the working days over, in the period of each row."""
    gone = [working_days_until(one, until, country=question.country) for one in periods]
    told = pl.DataFrame(
        [(number, *days) for number, days in enumerate(gone)],
        schema={PERIOD: pl.Int64, "gone": pl.Int64, "days": pl.Int64},
        orient="row",
    )
    met = place.rows.select(PERIOD).join(told, on=PERIOD, how="left", maintain_order="left")
    return Quotients.of(met["gone"]).over(Quotients.of(met["days"]))


def _shown(found: Quotients, scale_of_unit: int, place: Board) -> pl.Series:
    values = found.rounded(scale_of_unit)
    return values.new_from_index(0, place.rows.height) if len(values) == 1 else values


def _labelled(frame: pl.DataFrame, question: Question, periods: Sequence[Period]) -> pl.DataFrame:
    """The rows of periods, under their labels; those without a day are not of any."""
    if question.time is None:
        whole = frame.with_columns(period=pl.lit("")).drop(PERIOD)
        return whole.select(*question.keys, "period", pl.exclude(*question.keys, "period"))
    labels = pl.Series([one.label for one in periods], dtype=pl.String)
    dated = frame.filter(pl.col(PERIOD) != UNDATED)
    named = dated.with_columns(labels.gather(dated[PERIOD]).alias("period"))
    figures = [name for name in frame.columns if name not in (*question.keys, PERIOD)]
    return named.select(*question.keys, "period", *figures)


def _findings(asking: Asking, spans: Mapping[str, Span]) -> tuple[Finding, ...]:
    """What was never imported, and rows that have no day."""
    absent = dict.fromkeys(name for one in asking.aggregates for name in asking.absent(one))
    found = [info("measure.no_facts", name) for name in absent]
    if asking.grain.is_dated:
        own = {day: span.undated for day, span in spans.items() if day.endswith(".date")}
        found += [
            warning("measure.undated", day, count=count) for day, count in own.items() if count
        ]
    return tuple(found)
