"""The score of a node over several measures: the weighted mean of what each of them reached."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from quotaloom.core.attainment.ratio import attainment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.attainment.ratio import Better


@dataclass(frozen=True, slots=True)
class Score:
    """1 is a target reached in all measures. ``counted`` are the weights that took part.

    ``value`` is None where no measure with a weight has an attainment.
    """

    value: Fraction | None
    counted: int


def reached(
    done: Fraction | int, target: Fraction | int | None, *, better: Better = "higher"
) -> Fraction | None:
    """Done ÷ target. Where ``lower`` is better 2 − that, and never below 0: half is 150 %.

    None where the target is missing, 0 or less.
    """
    found = attainment(done, target)
    if found is None or better == "higher":
        return found
    return max(2 - found, Fraction(0))


def total_score(parts: Iterable[tuple[Fraction | None, int]]) -> Score:
    """The mean of (attainment, weight). What has no attainment leaves, and its weight with it."""
    there = [(found, weight) for found, weight in parts if found is not None and weight > 0]
    counted = sum(weight for _, weight in there)
    if counted == 0:
        return Score(None, 0)
    return Score(sum((found * weight for found, weight in there), Fraction(0)) / counted, counted)
