"""A multiple to be reached in some years, such as 三年营收翻番: the path there (F-08, AT-14)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, get_args

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.targets.band import refuse_unknown
from quotaloom.core.targets.root import root
from quotaloom.core.targets.target import Target, plain

Counting = Literal["after_base", "including_base"]


def growth_path(
    base: Fraction | int,
    *,
    multiple: Fraction | int = 2,
    years: int = 3,
    counting: Counting = "after_base",
) -> tuple[Target, ...]:
    """One target for each year after the base year; the last is exactly ``multiple`` times it.

    ``after_base``: the years start after the base year (doubling in three: +25.99 % a year).
    ``including_base``: the base year is the first of them (two steps: +41.42 %). Each year is
    rooted on its own, so no error builds up. Raises UsageRefused without a positive base, a
    positive multiple and at least one step.
    """
    refuse_unknown("counting", counting, get_args(Counting))
    base, multiple = Fraction(base), Fraction(multiple)
    steps = years if counting == "after_base" else years - 1
    if base <= 0 or multiple <= 0 or steps < 1:
        finding = error(
            "calibrate.no_path", base=plain(base), multiple=plain(multiple), years=years
        )
        raise UsageRefused([finding])
    yearly = root(multiple, steps) - 1
    return tuple(
        _year(base, reached, step, {"counting": counting, "yearly": yearly})
        for step, reached in enumerate(_multiples(multiple, steps), start=1)
    )


def _multiples(multiple: Fraction, steps: int) -> list[Fraction]:
    return [*(root(multiple**step, steps) for step in range(1, steps)), multiple]


def _year(base: Fraction, reached: Fraction, step: int, trace: dict[str, Fraction | str]) -> Target:
    trace = {**trace, "base": base, "step": Fraction(step), "reached": reached}
    return Target(f"+{step}", base * reached, reached - 1, trace)
