"""The settings of a request that make no sense by themselves, before any file is opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from quotaloom.core.allocation.wish_text import parse_wish
from quotaloom.core.model.amounts import parse_amount, parse_target
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.assembly import calendar_of, recency_of
from quotaloom.cycle.request import read_dimensions, read_pairs, refuse_unusable
from quotaloom.cycle.targets import BOTH, growth_factor
from quotaloom.warehouse.intake.where_grammar import parse_where

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.request import DecomposeRequest

    Reading = tuple[str, Callable[[], object]]


def misread(request: DecomposeRequest) -> list[tuple[str, Finding]]:
    """What is refused, with the field of the request that says it, field by field.

    The zone stands for all settings that are chosen from a list, the cut-off day for the calendar.
    """
    found = [one for reading in _readings(request) for one in _refused(reading)]
    if {"by", "tree"} & {field for field, _ in found}:
        return found
    together = ("tree", lambda: read_dimensions(request.by, request.tree))
    return [*found, *_refused(together)]


def _refused(reading: Reading) -> list[tuple[str, Finding]]:
    field, read = reading
    try:
        read()
    except QuotaLoomError as refusal:
        return [(field, one) for one in refusal.findings]
    return []


def _readings(request: DecomposeRequest) -> list[Reading]:
    return [
        ("total", lambda: parse_target(request.total)),
        ("unit", lambda: parse_amount(request.unit)),
        ("by", lambda: read_dimensions(request.by, ())),
        ("tree", lambda: read_dimensions((), request.tree)),
        ("growth_max", lambda: growth_factor(request)),
        ("recency", lambda: recency_of(request)),
        ("cutoff_day", lambda: calendar_of(request)),
        ("alias", lambda: read_pairs(request.alias)),
        ("zone", lambda: refuse_unusable(request)),
        *(("fix", partial(parse_wish, text)) for text in request.fix),
        *(("hold", partial(parse_wish, text)) for text in request.hold),
        *(("bound", partial(parse_wish, text, relations=BOTH)) for text in request.bound),
        *(("where", partial(parse_where, text)) for text in request.where),
    ]
