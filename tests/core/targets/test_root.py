"""Roots of exact ratios on the grid of 1e-12."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.targets.root import GRID, root
from quotaloom.core.targets.target import plain


@pytest.mark.parametrize(
    ("value", "degree", "expected"),
    [
        ("0", 3, "0"),
        ("1", 7, "1"),
        ("8", 3, "2"),
        ("1.404928", 3, "1.12"),
        ("1e-24", 2, "0.000000000001"),
        ("2.5e-25", 2, "0.000000000001"),  # half a step: a tie goes up
        ("2.4e-25", 2, "0"),
        ("2", 2, "1.414213562373"),
    ],
)
def test_known_roots(value: str, degree: int, expected: str) -> None:
    assert root(Fraction(value), degree) == Fraction(expected)


@given(st.fractions(0, 10**20), st.integers(1, 30))
def test_a_root_is_the_nearest_point_of_the_grid(value: Fraction, degree: int) -> None:
    found = root(value, degree)
    half = Fraction(1, 2 * GRID)
    assert (found * GRID).denominator == 1
    assert max(found - half, Fraction(0)) ** degree <= value <= (found + half) ** degree


@given(st.integers(0, 10**30), st.integers(1, 9))
def test_a_root_on_the_grid_is_exact(steps: int, degree: int) -> None:
    assert root(Fraction(steps, GRID) ** degree, degree) == Fraction(steps, GRID)


@pytest.mark.parametrize(("value", "degree"), [(-1, 3), (1, 0)])
def test_a_root_that_is_not_real_is_a_programming_error(value: int, degree: int) -> None:
    with pytest.raises(ValueError, match="no real root"):
        root(Fraction(value), degree)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.30", "1.3"), ("-0.06", "-0.06"), ("1000", "1000"), ("0", "0"), ("1/3", "1/3")],
)
def test_figures_are_written_plainly(value: str, text: str) -> None:
    assert plain(Fraction(value)) == text
