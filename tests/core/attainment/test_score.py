"""The weighted mean of attainments: what counts, what leaves, and where lower is better."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.attainment.score import Score, reached, total_score

PERCENT = st.fractions(0, 3, max_denominator=1000)


@pytest.mark.parametrize(
    ("done", "target", "better", "found"),
    [
        (540, 500, "higher", Fraction(108, 100)),
        (28, 30, "higher", Fraction(28, 30)),
        (50, 100, "lower", Fraction(3, 2)),
        (100, 100, "lower", Fraction(1)),
        (110, 100, "lower", Fraction(9, 10)),
        (500, 100, "lower", Fraction(0)),
        (5, 0, "higher", None),
        (5, None, "lower", None),
    ],
)
def test_what_is_reached(done, target, better, found):
    assert reached(done, target, better=better) == found


def test_the_three_rows_of_the_review_table_weighed():  # 108 %, 80 %, 93.33 %
    parts = [(Fraction(540, 500), 60), (Fraction(12, 15), 20), (Fraction(28, 30), 20)]
    assert total_score(parts) == Score(Fraction(74, 75) + Fraction(1, 125), 100)


def test_what_has_no_attainment_leaves_with_its_weight():
    assert total_score([(Fraction(1, 2), 60), (None, 40)]) == Score(Fraction(1, 2), 60)
    assert total_score([(None, 100)]) == total_score([]) == Score(None, 0)


@given(st.lists(st.tuples(PERCENT, st.integers(1, 100)), min_size=1, max_size=6))
def test_a_score_lies_between_the_attainments(parts):
    value = total_score(parts).value
    assert min(part for part, _ in parts) <= value <= max(part for part, _ in parts)
    assert value == total_score(reversed(parts)).value
