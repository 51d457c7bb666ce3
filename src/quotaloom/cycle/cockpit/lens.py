"""What a module looks at, and the measures of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.measures.figures import FigureRequest, figures
from quotaloom.cycle.track.board import a_year_ago

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.core.model.periods import Kind, Period
    from quotaloom.warehouse.batches.shelf import Shelf

Figures = dict[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """A period as known at the end of a day, of some members of a column (None: of all)."""

    span: Period
    as_of: date
    column: str = ""
    members: tuple[str, ...] | None = None
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)

    @property
    def last(self) -> date:
        """The last day of the period that counts."""
        return min(self.as_of, self.span.end - timedelta(1))

    @property
    def within(self) -> Mapping[str, tuple[str, ...]]:
        """The members, as a measure is asked for them."""
        return {} if self.members is None else {self.column: self.members}

    def of(self, members: Sequence[str]) -> Lens:
        """The same period of other members."""
        return replace(self, members=tuple(members))

    def ago(self) -> Lens:
        """The same days a year before: all of them where the period is over."""
        years = self.calendar.periods(self.span.year - 1, self.span.kind)
        found = next((one for one in years if one.index == self.span.index), years[-1])
        return replace(self, span=found, as_of=self._day_in(found))

    def _day_in(self, before: Period) -> date:
        """The last day that counts, in the period a year before; periods of weeks count days."""
        spans = self.calendar.periods(self.span.year, self.span.kind)
        end = spans[self.span.index - 1].end  # the span itself may be cut
        if self.last >= end - timedelta(1):
            return before.end - timedelta(1)
        if self.calendar.pattern is None and self.span.kind != "week":
            return a_year_ago(self.last)
        return min(before.start + (self.last - self.span.start), before.end - timedelta(1))


@dataclass(frozen=True)
class Source:
    """Where measures are asked: the facts, and what is told of them.

    ``unseen`` are the codes of measures that have no figure here, for who asks may not read them.
    """

    shelf: Shelf
    dictionary: Dictionary
    unseen: frozenset[str] = frozenset()

    def grouped(
        self, lens: Lens, codes: tuple[str, ...], by: tuple[str, ...], *, is_fine: bool = False
    ) -> dict[tuple[str, ...], Figures]:
        """The figures of the period by members, as ``evaluate`` scales them.

        Money is in 分, or where it ``is_fine`` as facts keep it, in 1/10,000 元.
        """
        asked = replace(self._asked(lens, codes, by, lens.span.kind), is_fine=is_fine)
        found = self._periods(asked, codes)
        return found.get(lens.span.label, {})

    def monthly(
        self, lens: Lens, codes: tuple[str, ...], by: tuple[str, ...]
    ) -> dict[str, dict[tuple[str, ...], Figures]]:
        """The same by the label of each month that began in the period, in order."""
        found = self._periods(self._asked(lens, codes, by, "month"), codes)
        months = lens.calendar.periods(lens.span.year, "month")
        inside = [one.label for one in months if lens.span.start <= one.start <= lens.last]
        return {label: found.get(label, {}) for label in inside}

    def _asked(
        self, lens: Lens, codes: tuple[str, ...], by: tuple[str, ...], time: Kind
    ) -> FigureRequest:
        return FigureRequest(
            codes=tuple(one for one in codes if one.partition(".")[0] not in self.unseen),
            by=by,
            time=time,
            until=lens.last,
            within=lens.within,
            fiscal_start=lens.calendar.start_month,
            cutoff_day=lens.calendar.cutoff_day,
            pattern=lens.calendar.pattern,
        )

    def _periods(
        self, asked: FigureRequest, codes: tuple[str, ...]
    ) -> dict[str, dict[tuple[str, ...], Figures]]:
        told: dict[str, dict[tuple[str, ...], Figures]] = {}
        if not asked.codes:
            return told
        answer = figures(self.shelf, self.dictionary, asked).frame
        for row in answer.iter_rows(named=True):
            key = tuple(row[one] for one in asked.by)
            told.setdefault(row["period"], {})[key] = {code: row.get(code) for code in codes}
        return told

    def whole(self, lens: Lens, codes: tuple[str, ...]) -> Figures:
        """The figures of all members together; None each where there is nothing."""
        return self.grouped(lens, codes, ()).get((), dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class Tile:
    """A measure now and in the same days a year before."""

    code: str
    now: int | None
    ago: int | None


def tiles(source: Source, lens: Lens, codes: tuple[str, ...]) -> tuple[Tile, ...]:
    """The measures, each with the year before."""
    now, ago = (source.whole(one, codes) for one in (lens, lens.ago()))
    return tuple(Tile(code, now[code], ago[code]) for code in codes)
