"""What a cockpit shows: where a branch stands in a period, part by part, day by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from quotaloom.core.attainment.ratio import elapsed_share
from quotaloom.core.attainment.standing import Clock, Standing, planned_share
from quotaloom.core.attainment.tree import WHOLE, attained_nodes
from quotaloom.core.model.money import half_up
from quotaloom.cycle.track.placed import AMOUNT
from quotaloom.warehouse.workdays import workdays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.periods import Period
    from quotaloom.cycle.track.edition import Quotas

PaceBy = Literal["days", "plan"]
Path = tuple[str, ...]
_FEN: Final = 100  # parts of a 分 in the facts' scale


@dataclass(frozen=True, slots=True)
class Place:
    """A member below the branch, or the branch: its path, and how it stands.

    ``challenge`` is the higher target (分), ``last_year`` the credit of the same days a year ago;
    None where there is none.
    """

    path: Path
    name: str
    standing: Standing
    challenge: int | None
    last_year: int | None


@dataclass(frozen=True)
class Board:
    """A branch in a period, as known at the end of ``as_of``.

    ``facts`` hold the levels, ``date`` and ``credit`` (scale 4) of this year and the last; only
    what lies in the branch counts, which is a path on the first axis. Where they tell the first
    axis alone, ``crossed`` holds the credit of the period by all levels.
    """

    quotas: Quotas
    facts: pl.DataFrame
    span: Period
    as_of: date
    branch: Path = ()
    pace: PaceBy = "days"
    country: str = "CN"
    crossed: pl.DataFrame | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of the axis on which people stand."""
        return self.quotas.axes[0]

    @property
    def across(self) -> str | None:
        """The top level of the second axis."""
        return self.quotas.axes[1][0] if len(self.quotas.axes) > 1 else None

    @property
    def last(self) -> date:
        """The last day of the period that counts."""
        return min(self.as_of, self.span.end - timedelta(1))

    @property
    def whole(self) -> Place:
        """The branch itself."""
        return self._tree[0]

    @property
    def parts(self) -> list[Place]:
        """The members right below the branch, by code; none below a leaf."""
        return [one for one in self._tree if len(one.path) == len(self.branch) + 1]

    @property
    def every(self) -> list[Place]:
        """All members below the branch, parents before children."""
        return self._tree[1:]

    @cached_property
    def _tree(self) -> list[Place]:
        found = self._places(self.levels[len(self.branch) :], self.facts)
        return found or self._places((), self.facts)  # nothing in these days stands at 0

    @property
    def members(self) -> list[str]:
        """The members right below the branch that have a quota or a fact, by code."""
        below = self.levels[len(self.branch) : len(self.branch) + 1]
        rows = [frame.filter(*self.within) for frame in (self.quotas.frame, self.facts)]
        return sorted({one for frame in rows for level in below for one in frame[level].unique()})

    @property
    def leaves(self) -> list[str]:
        """The members that carry quotas or facts themselves within the branch, by code."""
        leaf = self.levels[-1]
        rows = [frame.filter(*self.within) for frame in (self.quotas.frame, self.facts)]
        return sorted({one for frame in rows for one in frame[leaf].unique()})

    def leaves_of_parts(self) -> dict[Path, tuple[str, ...]]:
        """The leaves of each member right below the branch, by its path; none below a leaf."""
        depth = len(self.branch)
        if depth == len(self.levels):
            return {}
        columns = pl.col(self.levels[depth]).alias("part"), pl.col(self.levels[-1]).alias("leaf")
        frames = (self.quotas.frame, self.facts)
        rows = [frame.filter(*self.within).select(columns) for frame in frames]
        found = pl.concat(rows).unique().group_by("part").agg(pl.col("leaf").sort())
        return {(*self.branch, part): tuple(leaves) for part, leaves in found.sort("part").rows()}

    @property
    def is_empty(self) -> bool:
        """Whether the branch has neither a quota nor a fact, in any period."""
        frames = (self.quotas.frame, self.facts)
        return all(frame.filter(*self.within).is_empty() for frame in frames)

    def table(self) -> list[Place]:
        """Each part by each member across; the path ends with that member."""
        below = self.levels[len(self.branch) : len(self.branch) + 1]
        found = self._crossed(below) if below else []
        return [one for one in found if len(one.path) == len(self.branch) + 2]

    @property
    def beside(self) -> list[Place]:
        """The branch itself by each member across; the path ends with that member."""
        return self._crossed(())[1:]

    def _crossed(self, below: Sequence[str]) -> list[Place]:
        """The branch by some levels below it and by the members across, if there are any."""
        facts = self.facts if self.crossed is None else self.crossed
        return self._places((*below, self.across), facts) if self.across else []

    def at(self, branch: Path) -> Board:
        """The same board of another branch."""
        return replace(self, branch=branch)

    def lines_of(self, facts: pl.DataFrame) -> pl.DataFrame:
        """The facts one by one that make the credit of the branch, the largest first."""
        return _inside(facts, self.span.start, self.last, self.within).sort(
            pl.col(AMOUNT).abs(), "date", descending=[True, False], maintain_order=True
        )

    @cached_property
    def clock(self) -> Clock:
        """The working days of the period; with the plan's pace, the share of it that is due."""
        return self._clock()

    def curve(self) -> list[tuple[date, int, int | None, int]]:
        """Day by day the sum so far, what was planned, and last year's, in 分.

        The sum so far ends with the last day that counts (None after it).
        """
        days = [
            self.span.start + timedelta(n) for n in range((self.span.end - self.span.start).days)
        ]
        credit = _running(self._credit(self.span.start, self.last), days)
        before = _running(
            self._credit(a_year_ago(days[0]), a_year_ago(days[-1])).with_columns(
                pl.col("date").dt.offset_by("1y")
            ),
            days,
        )
        planned = self._planned(days)
        return [
            (day, planned[n], credit[n] if day <= self.last else None, before[n])
            for n, day in enumerate(days)
        ]

    def _planned(self, days: Sequence[date]) -> list[int]:
        """The plan so far: each of its periods spread over its working days."""
        shares = [Fraction(0)] * len(days)
        for start, end, quota in self._periods():
            for n in range((start - days[0]).days, len(days)):
                over, every = self._days(start, end, days[n])
                shares[n] += quota * (elapsed_share(over, every) or Fraction(int(days[n] >= end)))
        return [half_up(share) for share in shares]

    def _clock(self) -> Clock:
        elapsed, every = self._days(self.span.start, self.span.end, self.as_of)
        if self.pace == "days":
            return Clock(elapsed, every)
        parts = [
            (quota, *self._days(start, end, self.as_of)) for start, end, quota in self._periods()
        ]
        return Clock(elapsed, every, planned_share(parts))

    def _periods(self) -> list[tuple[date, date, int]]:
        """The plan's own periods within the span, with their quotas."""
        sums = self._targets().group_by("start", "end").agg(pl.col("quota").sum()).sort("start")
        return [(start, end, quota) for start, end, quota in sums.iter_rows()]

    def _days(self, start: date, end: date, last: date) -> tuple[int, int]:
        """The working days of ``[start, end)`` up to and with a day, and all of them."""
        first, past = (self._worked_until(day) for day in (start, end))
        until = self._worked_until(min(max(last + timedelta(1), start), end))
        return until - first, past - first

    def _worked_until(self, day: date) -> int:
        """The working days of the span before a day."""
        return self._worked[min(max((day - self.span.start).days, 0), len(self._worked) - 1)]

    @cached_property
    def _worked(self) -> list[int]:
        days = workdays(self.span.start, self.span.end, country=self.country)
        return [0, *days.cumsum().tolist()]

    def _places(self, below: Sequence[str], facts: pl.DataFrame) -> list[Place]:
        """The branch and what lies below it by some levels."""
        credit = _inside(facts, self.span.start, self.last, self.within)
        days = (a_year_ago(self.span.start), a_year_ago(self.last))
        before = _inside(facts, *days, self.within)
        leaves = pl.concat(
            [
                _leaves(self._targets(), below, {"quota": "quota", "challenge": "challenge"}),
                _leaves(credit, below, {"credit": AMOUNT}),
            ],
            how="diagonal",
        )
        nodes = attained_nodes(leaves.with_columns(pl.col("credit").fill_null(0)), below)
        ago = attained_nodes(
            _leaves(before, below, {"credit": AMOUNT}).with_columns(quota=pl.lit(None, pl.Int64)),
            below,
        )
        last = {
            tuple(path): sum_ for path, sum_ in _whole(ago).select("path", "credit").iter_rows()
        }
        wanted = _whole(nodes).select("path", "credit", "quota", "challenge")
        found = []
        for told, credit, quota, challenge in wanted.iter_rows():
            path = (*self.branch, *told)
            name = self._name(path, (*self.levels[: len(self.branch)], *below))
            standing = Standing(credit, quota, self.clock)
            found.append(Place(path, name, standing, challenge, last.get(tuple(told))))
        return found

    def _name(self, path: Path, levels: Sequence[str]) -> str:
        """What the last member of a path is called, "" of the top."""
        if not path:
            return ""
        return self.quotas.names[levels[len(path) - 1]].get(path[-1], path[-1])

    def _targets(self) -> pl.DataFrame:
        """The quotas of the periods within the span, of the branch."""
        inside = (pl.col("start") >= self.span.start) & (pl.col("end") <= self.span.end)
        return self.quotas.frame.filter(inside, *self.within)

    def _credit(self, first: date, last: date) -> pl.DataFrame:
        return _inside(self.facts, first, last, self.within)

    @property
    def within(self) -> list[pl.Expr]:
        """What lies in the branch, of rows that tell the levels."""
        return [pl.col(level) == one for level, one in zip(self.levels, self.branch, strict=False)]


def _inside(facts: pl.DataFrame, first: date, last: date, within: list[pl.Expr]) -> pl.DataFrame:
    return facts.filter(pl.col("date").is_between(first, last), *within)


def _leaves(rows: pl.DataFrame, below: Sequence[str], figures: dict[str, str]) -> pl.DataFrame:
    """The figures summed by some levels, as one period."""
    sums = [
        pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(told)
        for told, name in figures.items()
    ]
    grouped = rows.group_by(below).agg(sums) if below else rows.select(sums)
    return grouped.with_columns(period=pl.lit("·"))


def _whole(nodes: pl.DataFrame) -> pl.DataFrame:
    return nodes.filter(pl.col("period") == WHOLE)


def _running(facts: pl.DataFrame, days: Sequence[date]) -> list[int]:
    """The credit so far at the end of each day, rounded to the 分 each time."""
    sums = dict(facts.group_by("date").agg(pl.col(AMOUNT).sum()).iter_rows())
    found, total = [], 0
    for day in days:
        total += sums.get(day, 0)
        found.append(half_up(Fraction(total, _FEN)))
    return found


def a_year_ago(day: date) -> date:
    """The same day of last year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
