"""Where somebody stands in a period: attainment, pace, what is missing, and the colour of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from quotaloom.core.attainment.ratio import (
    RED_FROM,
    YELLOW_FROM,
    attainment,
    elapsed_share,
    lag,
    light,
    needed_a_day,
    run_rate,
)
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.attainment.ratio import Better, Light

LagBy = Literal["points", "relative", "days"]


@dataclass(frozen=True, slots=True)
class Rule:
    """From which lag on a light is yellow and red, and how the lag is counted.

    ``points``: planned % − actual %. ``relative``: that, in percent of the planned share. ``days``:
    that, in working days of the period.
    """

    yellow: Fraction = YELLOW_FROM
    red: Fraction = RED_FROM
    by: LagBy = "points"


DEFAULT_RULE = Rule()


@dataclass(frozen=True, slots=True)
class Clock:
    """Working days of a period that are over, and all; ``planned``: the share due by now.

    Without ``planned`` the share of the working days is due.
    """

    elapsed: int
    days: int
    planned: Fraction | None = None

    @property
    def gone(self) -> Fraction | None:
        """时间进度, by working days or by the profile; None for a period without a working day."""
        return elapsed_share(self.elapsed, self.days) if self.planned is None else self.planned

    @property
    def left(self) -> int:
        """The working days that remain."""
        return self.days - self.elapsed


@dataclass(frozen=True, slots=True)
class Standing:
    """Credit against a quota (None: none given), both in 分, at a moment of a period."""

    credit: int
    quota: int | None
    clock: Clock
    better: Better = "higher"

    @property
    def attained(self) -> Fraction | None:
        """Credit ÷ quota."""
        return attainment(self.credit, self.quota)

    @property
    def ahead(self) -> Fraction | None:
        """进度差 in percentage points: attainment − 时间进度; below 0 is behind."""
        behind = lag(self.attained, self.clock.gone, better=self.better)
        return None if behind is None else -behind

    @property
    def gap(self) -> int | None:
        """What is missing, 0 once reached; None without a quota."""
        return None if self.quota is None else max(self.quota - self.credit, 0)

    @property
    def needed(self) -> int | None:
        """What each remaining working day must bring; None without a quota or without a day."""
        if self.quota is None:
            return None
        return needed_a_day(self.credit, self.quota, self.clock.left)

    @property
    def projected(self) -> int | None:
        """Run-rate: where the period ends at the pace of its past working days."""
        rate = run_rate(self.credit, self.clock.elapsed, self.clock.days)
        return None if rate is None else half_up(rate)

    @property
    def short(self) -> int | None:
        """What is missing of the part of the quota that is due by now; below 0: more is there."""
        if self.quota is None or self.clock.gone is None:
            return None
        return half_up(self.quota * self.clock.gone) - self.credit

    def lag(self, by: LagBy = "points") -> Fraction | None:
        """How far behind, in the way of a rule; None where nothing can be said."""
        behind, gone = self.ahead, self.clock.gone
        if behind is None or gone is None:
            return None
        if by == "relative":
            return -behind / gone if gone else Fraction(0)
        return -behind * self.clock.days / 100 if by == "days" else -behind

    def light(self, rule: Rule = DEFAULT_RULE) -> Light | None:
        """The colour by a rule."""
        return light(self.lag(rule.by), yellow=rule.yellow, red=rule.red)


def planned_share(parts: Iterable[tuple[int, int, int]]) -> Fraction | None:
    """The share of a quota that is due by now, by the profile of its own periods.

    Each part is a period's quota, its working days over, and all of them: a period that is over
    is due whole, the open one by its days. None where the quotas sum to nothing.
    """
    told = [(quota, elapsed_share(over, days) or Fraction(0)) for quota, over, days in parts]
    total = sum(quota for quota, _ in told)
    return sum((quota * share for quota, share in told), Fraction(0)) / total if total > 0 else None


def hidden_behind(whole: Standing, parts: Iterable[Standing], rule: Rule = DEFAULT_RULE) -> int:
    """How many parts are yellow or red while the whole is green."""
    if whole.light(rule) != "green":
        return 0
    return sum(part.light(rule) in ("yellow", "red") for part in parts)


def apart(attained: Iterable[Fraction | None]) -> Fraction | None:
    """How many percentage points lie between the best and the worst; None for less than two."""
    told = [one for one in attained if one is not None]
    return (max(told) - min(told)) * 100 if len(told) > 1 else None
