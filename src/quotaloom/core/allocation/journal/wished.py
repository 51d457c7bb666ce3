"""Wishes for measures that cells do not hold as sums: rates, balances, distinct counts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Wish
from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.core.allocation.journal.place import Key, Slice
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.model.findings import Finding


def one_key(wishes: Sequence[Wish]) -> tuple[str, str]:
    """The measure and layer that all wishes of an edit speak of; UsageRefused where they differ."""
    keys = {wish.at.key for wish in wishes}
    if len(keys) != 1:
        raise UsageRefused([error("edit.several_measures", count=len(keys))])
    return keys.pop()


def shown(plan: Plan, wish: Wish) -> str:
    """A wish in the coordinates of the journal: 区域=EAST&2027Q2=1200."""
    amount = plan.measure(wish.at.measure).say(wish.amount)
    places = [f"{axis}={member}" for axis, member in wish.at.members]
    return "&".join([*places, *([wish.at.period] if wish.at.period else [])]) + f"={amount}"


def warnings(plan: Plan, wishes: Sequence[Wish]) -> tuple[Finding, ...]:
    """What is odd about wishes and yet may be meant: totals below zero, but of 加码."""
    return tuple(
        warning("edit.negative_total", shown(plan, wish))
        for wish in wishes
        if wish.amount < 0 and not _is_over(plan, wish.at)
    )


def _is_over(plan: Plan, at: Slice) -> bool:
    axes = ((plan.axis(name), member) for name, member in at.members)
    return any(axis.members[axis.place(member)].part == "over" for axis, member in axes)


def in_cells(plan: Plan, wish: Wish) -> Wish:
    """The wish in terms of cells that add up.

    A ratio moves its declared side. A balance is wished for the last period of its slice. A
    distinct count adds up over nothing, so only one cell can be wished for.
    """
    measure = plan.measure(wish.at.measure)
    if measure.kind == "ratio":
        return in_cells(plan, _side(plan, measure, wish))
    if measure.kind == "balance":
        last = plan.periods[int(plan.period_places(wish.at.period)[-1])].label
        return Wish(replace(wish.at, period=last), wish.amount)
    if measure.kind == "distinct" and plan.region(wish.at).size > 1:
        raise UsageRefused([error("edit.distinct_total", measure.code)])
    return wish


def kept_keys(plan: Plan, key: Key) -> tuple[Key, ...]:
    """The columns whose cells a measure in a layer shows: of a ratio its two sides."""
    measure, layer = plan.measure(key[0]), key[1]
    if measure.kind != "ratio":
        return (key,)
    return (measure.numerator, layer), (measure.denominator, layer)


def moved_key(plan: Plan, key: Key) -> Key:
    """The column that an edit of a measure in a layer writes: of a ratio its declared side."""
    measure = plan.measure(key[0])
    if measure.kind != "ratio":
        return key
    return (measure.numerator if measure.declared == "numerator" else measure.denominator), key[1]


def ratio(plan: Plan, at: Slice, as_of: date | None = None) -> Fraction | None:
    """Numerator over denominator of a slice, both in their own units; None where nothing is below.

    Money is compared in 分, so that sides of different units do not distort it.
    """
    measure = plan.measure(at.measure)
    under = _minor(plan, replace(at, measure=measure.denominator), as_of)
    if under == 0:
        return None
    return Fraction(_minor(plan, replace(at, measure=measure.numerator), as_of), under)


def figure(plan: Plan, at: Slice, as_of: date | None = None) -> int | None:
    """What a slice shows: its total, or a ratio in millionths.

    None where there is none: a ratio over nothing, a distinct count of more than one cell.
    """
    kind = plan.measure(at.measure).kind
    if kind == "ratio":
        found = ratio(plan, at, as_of)
        return None if found is None else half_up(found * RATE)
    if kind == "distinct" and plan.region(at, as_of).size > 1:
        return None
    return plan.total(at, as_of)


def refuse_derived(plan: Plan, at: Slice) -> None:
    """UsageRefused for a ratio, where an edit needs cells that are kept."""
    measure = plan.measure(at.measure)
    if measure.kind == "ratio":
        sides = f"{measure.numerator}、{measure.denominator}"
        raise UsageRefused([error("edit.derived", measure.code, sides=sides)])


def _side(plan: Plan, measure: PlanMeasure, wish: Wish) -> Wish:
    rate = Fraction(wish.amount, RATE)
    moved, kept = measure.numerator, measure.denominator
    if measure.declared == "denominator":
        moved, kept = kept, moved
        if rate == 0:
            raise DataRefused([error("edit.rate_zero", measure.code)])
        rate = 1 / rate
    minor = rate * _minor(plan, replace(wish.at, measure=kept))
    at = replace(wish.at, measure=moved)
    return Wish(at, half_up(minor / plan.measure(moved).unit))


def _minor(plan: Plan, at: Slice, as_of: date | None = None) -> int:
    return plan.total(at, as_of) * plan.measure(at.measure).unit
