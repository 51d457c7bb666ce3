"""Figures of measures, as the pages of the cockpit and their workbooks show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import Field

from quotaloom.core.attainment.standing import Rule
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.measures.expression import Viewed, walk
from quotaloom.web.api.door import Holding
from quotaloom.web.api.measure import ANSWERS, CountedOut, told
from quotaloom.web.api.part import SEPARATOR, Part, last_day
from quotaloom.web.api.refusal import refused
from quotaloom.web.cockpit.asked import Asked
from quotaloom.web.cockpit.look import look
from quotaloom.web.plans.sight import READ

if TYPE_CHECKING:
    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.cycle.cockpit.lens import Figures
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.cockpit.look import Look

router = Router(tags=["figures"])


class FigureOut(Schema):
    """The members of a group, and a figure for each measure; null where there is none."""

    members: list[str]
    values: list[int | None]


class FiguresOut(Schema):
    """The figures of the days ``first`` to ``last`` of the period, counted to ``as_of``.

    ``path`` is the branch that they are of, [] for all that is seen and where no plan is in force.
    ``hidden`` counts the seats of the plan in force that the account does not see.
    """

    period: str
    first: date
    last: date
    as_of: date
    path: list[str]
    by: list[str]
    hidden: int
    measures: list[CountedOut]
    items: list[FigureOut]
    total: int


class FiguresAsked(Part):
    """Which measures (codes joined by ``,``), by which columns of the facts (joined by ``>``)."""

    measure: str = Field(min_length=1, max_length=1000)
    by: str = Field("", max_length=200)


@router.get(
    "",
    response={200: FiguresOut, **ANSWERS},
    auth=Holding(READ, "measure", "period", "by", "path", "as_of", "limit", "offset"),
)
def figures(request: Request, asked: Query[FiguresAsked]) -> dict[str, Any]:
    """Measures of a period and a branch, of the seats that the account sees and no others."""
    codes = tuple(dict.fromkeys(asked.measure.split(",")))
    by = tuple(dict.fromkeys(filter(None, asked.by.split(SEPARATOR))))
    try:
        found = _look(request, asked, codes)
        rows = _rows(found, codes, by)
    except QuotaLoomError as refusal:
        raise refused(refusal) from refusal
    part = sorted(rows)[asked.offset : asked.offset + asked.limit]
    dictionary = found.source.dictionary
    return _about(found) | {
        "by": list(by),
        "measures": [told(dictionary, dictionary.find(code)) for code in codes],
        "items": [_figure(members, rows[members], codes) for members in part],
        "total": len(rows),
    }


def _look(request: Request, asked: FiguresAsked, codes: tuple[str, ...]) -> Look:
    """What the account looks at. Raises QuotaLoomError for measures that cannot be told here.

    Figures of years without a plan are told as well, of the branches of the plan in force.
    """
    place = Asked("", asked.as_of, asked.branch, "days", Rule())
    found = look(request.user, place, codes)
    if found.seen is None and asked.branch:  # without a plan nobody knows what lies below
        raise Http404
    _refuse_quotas(found.source.dictionary, codes)
    return replace(found, lens=replace(found.lens, span=asked.span(found.year)))


def _refuse_quotas(dictionary: Dictionary, codes: tuple[str, ...]) -> None:
    """Attainment is told against the plan in force, by its own address."""
    against = [
        error("measure.needs_quota", code)
        for code in codes
        for node in walk(dictionary.written_out(dictionary.find(code)))
        if isinstance(node, Viewed) and node.view == "quota"
    ]
    if against:
        raise UsageRefused(against)


def _about(found: Look) -> dict[str, Any]:
    span = found.lens.span
    return {
        "period": span.label,
        "first": span.start,
        "last": last_day(span),
        "as_of": found.lens.as_of,
        "path": list(found.seen.board.branch) if found.seen else [],
        "hidden": found.seen.hidden if found.seen else 0,
    }


def _rows(
    found: Look, codes: tuple[str, ...], by: tuple[str, ...]
) -> dict[tuple[str, ...], Figures]:
    """The figures by the members of the columns; without columns those of all."""
    if by:
        return found.source.grouped(found.lens, codes, by)
    return {(): found.source.whole(found.lens, codes)}


def _figure(members: tuple[str, ...], row: Figures, codes: tuple[str, ...]) -> dict[str, Any]:
    return {"members": list(members), "values": [row[code] for code in codes]}
