"""Figures of measures from the facts of a data folder."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from quotaloom.core.model.measures.expression import Aggregate, columns, walk
from quotaloom.core.model.periods import FiscalCalendar, Kind
from quotaloom.warehouse.batches.entry import standing
from quotaloom.warehouse.marts.shelf_file import fact_files, is_large

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.core.model.periods import Pattern
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.measures.evaluate import Answer

TIMES: Final = ("day", *get_args(Kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRequest:
    """Which measures, by which columns of the facts, in which periods.

    Without ``time`` all facts are one period. ``until`` is the last day that counts, ``within``
    keeps some members, ``position`` is the state of knowledge (None: the newest). ``quota`` holds
    the columns of ``by``, ``date`` and ``quota`` (分). ``is_fine``: money in 1/10,000 元.
    """

    codes: tuple[str, ...]
    by: tuple[str, ...] = ()
    time: Kind | Literal["day"] | None = None
    until: dt.date | None = None
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    position: int | None = None
    quota: pl.DataFrame | None = None
    fiscal_start: int = 1
    cutoff_day: int = 0
    pattern: Pattern | None = None
    country: str = "CN"
    is_fine: bool = False


def figures(shelf: Shelf, dictionary: Dictionary, request: FigureRequest) -> Answer:
    """The figures, computed by DuckDB in this process over the batches that count.

    Raises UsageRefused for measures and columns that are not there.
    """
    # Ibis takes half a second to import, which only those should wait for who compute.
    from quotaloom.warehouse.engines.embedded import embedded  # noqa: PLC0415
    from quotaloom.warehouse.marts.daily import kept_marts  # noqa: PLC0415
    from quotaloom.warehouse.measures.evaluate import Question, evaluate  # noqa: PLC0415

    needed = datasets(dictionary, request.codes)
    question = Question(
        codes=request.codes,
        files={one: fact_files(shelf, one, request.position) for one in needed},
        keys=request.by,
        time=request.time,
        until=request.until,
        within=request.within,
        calendar=FiscalCalendar(request.fiscal_start, request.cutoff_day, request.pattern),
        country=request.country,
        quota=request.quota,
        is_fine=request.is_fine,
    )
    with embedded() as engine:
        if request.position is None:
            kept = (kept_marts(shelf, one, dictionary, engine) for one in needed)
            question = replace(question, marts=tuple(mart for some in kept for mart in some))
        return evaluate(question, dictionary, engine)


def keep_marts(shelf: Shelf, dataset: str, dictionary: Dictionary) -> int:
    """Have the sums of large facts ready for the next who asks; answers how many are kept."""
    if not is_large(standing(shelf.entries(), dataset)):
        return 0
    from quotaloom.warehouse.engines.embedded import embedded  # noqa: PLC0415 - as above
    from quotaloom.warehouse.marts.daily import kept_marts  # noqa: PLC0415 - as above

    with embedded() as engine:
        return len(kept_marts(shelf, dataset, dictionary, engine))


def datasets(dictionary: Dictionary, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of facts that measures are made of, registers of members among them."""
    formulas = [dictionary.written_out(dictionary.find(code)) for code in codes]
    found: dict[str, None] = {}
    for one in (node for formula in formulas for node in walk(formula)):
        if isinstance(one, Aggregate):
            found[one.source] = None
            members = dictionary.sources[one.source].members
            found |= {members[each.through]: None for each in columns(one) if each.through}
    return tuple(found)
