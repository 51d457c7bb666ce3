"""Parents that change over time: rows with `[start, end)`, read on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, slots=True)
class DatedEdge:
    """A member's parent on the days ``[start, end)``; None: at the top, or without end.

    ``row`` is the row of its file, for messages.
    """

    child: str
    parent: str | None
    start: date = date.min
    end: date | None = None
    row: int = 0


def edges_on(edges: Iterable[DatedEdge], day: date) -> dict[str, str | None]:
    """Each member's parent on a day. Members without a valid row are absent.

    Rows of one member that share any day, now or later, are refused with both.
    """
    rows = sorted(edges, key=lambda edge: (edge.child, edge.start, _end(edge), edge.row))
    refused = _empty(rows) + _overlaps(rows)
    if refused:
        raise DataRefused(refused)
    return {edge.child: edge.parent for edge in rows if edge.start <= day < _end(edge)}


def _empty(rows: list[DatedEdge]) -> list[Finding]:
    return [
        error(
            "hierarchy.empty_interval",
            edge.child,
            row=edge.row,
            start=str(edge.start),
            end=str(edge.end),
        )
        for edge in rows
        if edge.end is not None and edge.end <= edge.start
    ]


def _overlaps(rows: list[DatedEdge]) -> list[Finding]:
    """Each sorted row that starts before the longest one of its member so far has ended."""
    members = (list(own) for _, own in groupby(rows, key=lambda edge: edge.child))
    return [
        _overlap(longest, edge)
        for own in members
        for longest, edge in zip(accumulate(own, partial(max, key=_end)), own[1:], strict=False)
        if edge.start < _end(longest)
    ]


def _overlap(first: DatedEdge, second: DatedEdge) -> Finding:
    return error(
        "hierarchy.overlap",
        first.child,
        first_row=first.row,
        first=_words(first),
        second_row=second.row,
        second=_words(second),
    )


def _end(edge: DatedEdge) -> date:
    return edge.end or date.max


def _words(edge: DatedEdge) -> str:
    return f"{edge.parent or ''} [{edge.start}, {edge.end or ''})"
