"""Members that are not in the database yet: what a file or a form asks to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from quotaloom.web.org.models import Kind


@dataclass(frozen=True, slots=True)
class Span:
    """The days ``[start, end)``; without an end while nobody knows one."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.start <= day and (self.end is None or day < self.end)

    def meets(self, other: Span) -> bool:
        """Whether a day lies within both."""
        begins_in_time = other.end is None or self.start < other.end
        return begins_in_time and (self.end is None or other.start < self.end)


@dataclass(frozen=True, slots=True)
class Draft:
    """A member to be written, with all its dated rows.

    ``names`` are (name, grade, span); ``parents`` are, by the code of the tree, (code of the
    parent or None at the top, span). Spans of one list neither overlap nor leave ``span``.
    """

    code: str
    kind: Kind
    span: Span
    names: tuple[tuple[str, str, Span], ...]
    parents: Mapping[str, tuple[tuple[str | None, Span], ...]] = field(default_factory=dict)


def draft(code: str, name: str, kind: Kind, span: Span, placed: Mapping[str, str | None]) -> Draft:
    """A member with one name, and one parent in each tree of ``placed``, for all its days."""
    parents = {tree: ((above, span),) for tree, above in placed.items()}
    return Draft(code, kind, span, ((name, "", span),), parents)


def merged(rows: Iterable[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """The rows by day, with neighbours that say the same made one, and doubles dropped."""
    said, running = "", None
    for value, span in sorted(rows, key=lambda row: (row[1].start, row[1].end is None)):
        if running is None:
            said, running = value, span
        elif value == said and (running.end is None or span.start <= running.end):
            running = Span(running.start, _later(running.end, span.end))
        else:
            yield said, running
            said, running = value, span
    if running is not None:
        yield said, running


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
