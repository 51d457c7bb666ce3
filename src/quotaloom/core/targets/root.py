"""Roots of exact ratios on a fixed grid: what is irrational becomes exact once, without floats."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

GRID: Final = 10**12


def root(value: Fraction, degree: int) -> Fraction:
    """The ``degree``-th root of a value >= 0, to the nearest multiple of 1e-12 (a tie goes up).

    A root that is a multiple of 1e-12 comes out exactly.
    """
    if value < 0 or degree < 1:
        raise ValueError(f"no real root: {value}, {degree}")
    below = _floor_root(value.numerator * GRID**degree // value.denominator, degree)
    nearer_above = Fraction(2 * below + 1, 2 * GRID) ** degree <= value
    return Fraction(below + nearer_above, GRID)


def _floor_root(number: int, degree: int) -> int:
    """The largest r with r**degree <= number, by Newton's rule from above."""
    if number == 0:
        return 0
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
