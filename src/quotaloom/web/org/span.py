"""Half-open stretches of days, and rows that hold for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


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

    def within(self, other: Span) -> bool:
        """Whether all its days lie in the other."""
        in_time = other.end is None or (self.end is not None and self.end <= other.end)
        return other.start <= self.start and in_time

    def shared(self, other: Span) -> Span | None:
        """The days that lie in both."""
        start, end = max(self.start, other.start), _earlier(self.end, other.end)
        return Span(start, end) if end is None or start < end else None

    def __str__(self) -> str:
        return f"[{self.start}, {self.end or '…'})"


def gaps(whole: Span, parts: Iterable[Span]) -> list[Span]:
    """The days of ``whole`` that no part holds, as the fewest spans."""
    found, at = [], whole.start
    for part in sorted(parts, key=lambda one: one.start):
        if part.start > at and (whole.end is None or at < whole.end):
            found.append(Span(at, _earlier(part.start, whole.end)))
        if part.end is None:
            return found
        at = max(at, part.end)
    if whole.end is None or at < whole.end:
        found.append(Span(at, whole.end))
    return found


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


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
