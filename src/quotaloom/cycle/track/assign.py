"""Facts credited by a file of assignments, each under the place of its member on that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit import OWN, credited_members
from quotaloom.core.attainment.credit_rule import OVERLAY, checked_rules
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.warehouse.intake.assignment_file import read_assignments
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.cycle.track.request import TrackRequest

_ORIGIN: Final = "§origin"


@dataclass(frozen=True, slots=True)
class Assigning:
    """The rules, checked; the columns of the facts that they ask; and the member of a level."""

    rules: pl.DataFrame
    conditions: dict[str, str]  # of the rules → of the facts
    level: str
    is_own: bool  # whether the facts themselves name a member of the level
    origin: str | None
    hold_over: int

    @property
    def columns(self) -> tuple[str, ...]:
        """What has to be read of the facts."""
        asked = [*self.conditions.values(), *([self.level] if self.is_own else [])]
        return tuple(dict.fromkeys([*asked, *([self.origin] if self.origin else [])]))


def read_assigning(request: TrackRequest, levels: Sequence[str]) -> Assigning | None:
    """What the request says of crediting, None where it says nothing."""
    if request.assign is None:
        if request.hold_over or request.origin:
            raise UsageRefused([error("credit.hold_over_without_assign")])
        return None
    if bool(request.hold_over) != bool(request.origin):
        raise UsageRefused([error("credit.hold_over_needs_origin")])
    file = read_assignments(request.assign, levels[-1])
    rules = checked_rules(file.rules, tuple(file.columns))
    is_own = levels[-1] in _headers(request)
    return Assigning(rules, file.columns, levels[-1], is_own, request.origin, request.hold_over)


def _headers(request: TrackRequest) -> Sequence[str]:
    if isinstance(request.facts, tuple):
        return open_file(request.facts[0], RawOptions()).headers
    return request.facts.columns


def assigned(
    facts: pl.DataFrame, assigning: Assigning, quotas: pl.DataFrame, levels: Sequence[str]
) -> pl.DataFrame:
    """Credit and overlay by member and day; a member stands where its quota of the day stands."""
    own = pl.col(assigning.level) if assigning.is_own else pl.lit(UNASSIGNED)
    renamed = [pl.col(there).alias(name) for name, there in assigning.conditions.items()]
    origin = [_origin(facts, assigning.origin)] if assigning.origin else []
    asked = facts.select(*renamed, *origin, "date", "amount", own.fill_null(UNASSIGNED).alias(OWN))
    names = tuple(assigning.conditions)
    found = credited_members(asked, assigning.rules, names, hold_over=assigning.hold_over)
    dated = found.with_columns(asked["date"].gather(found["fact"]))
    is_beside = pl.col("kind") == OVERLAY
    sums = dated.group_by(pl.col("member").alias(levels[-1]), "date").agg(
        pl.col("credit").filter(~is_beside).sum(),
        pl.col("credit").filter(is_beside).sum().alias(OVERLAY),
    )
    return _placed(sums, quotas, levels).sort(*levels, "date")


def _origin(facts: pl.DataFrame, column: str) -> pl.Series:
    """The day on which each fact was begun; a blank one is unknown."""
    texts = facts[column]
    days = texts.str.strip_chars().str.head(10).str.to_date("%Y-%m-%d", strict=False)
    unread = facts.filter(days.is_null() & (texts != "") & (texts != UNASSIGNED))[column]
    if len(unread):
        raise DataRefused([error("credit.origin_unreadable", column, value=unread[0])])
    return days.alias("origin")


def _placed(sums: pl.DataFrame, quotas: pl.DataFrame, levels: Sequence[str]) -> pl.DataFrame:
    """Under the levels of the member's last quota that has begun; before any, of its first."""
    member = levels[-1]
    places = quotas.select(*levels, "start").sort("start")
    first = places.unique(member, keep="first", maintain_order=True).drop("start")
    met = sums.sort("date").join_asof(
        places, left_on="date", right_on="start", by=member, check_sortedness=False
    )
    met = met.join(first, on=member, how="left", suffix="§first")
    above = [
        pl.coalesce(one, f"{one}§first").fill_null(UNASSIGNED).alias(one) for one in levels[:-1]
    ]
    return met.select(*above, member, "date", "credit", OVERLAY)
