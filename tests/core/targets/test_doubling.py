"""三年营收翻番: the path to a multiple (F-08, AT-14)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.targets.doubling import growth_path
from quotaloom.core.targets.target import in_units, plain


def cents(*, counting: str = "after_base") -> list[int]:
    path = growth_path(10_000, counting=counting)  # type: ignore[arg-type]
    return [in_units(year.amount) for year in path]


def test_at_14_doubling_in_three_years() -> None:
    assert cents() == [125_99, 158_74, 200_00]
    assert plain(growth_path(1)[0].growth) == "0.259921049895"


def test_counting_the_base_year_leaves_two_steps() -> None:
    assert cents(counting="including_base") == [141_42, 200_00]
    assert [year.subject for year in growth_path(1, counting="including_base")] == ["+1", "+2"]


@given(
    st.integers(1, 10**15),
    st.fractions(Fraction(1, 10), 20, max_denominator=10**6),
    st.integers(1, 12),
)
def test_the_last_year_is_exactly_the_multiple_and_the_path_is_steady(
    base: int, multiple: Fraction, years: int
) -> None:
    path = growth_path(base, multiple=multiple, years=years)
    assert len(path) == years
    assert path[-1].amount == base * multiple
    amounts = [Fraction(base), *(year.amount for year in path)]
    assert amounts == sorted(amounts, reverse=multiple < 1)


@pytest.mark.parametrize(
    ("base", "multiple", "years", "counting"),
    [(0, 2, 3, "after_base"), (-5, 2, 3, "after_base"), (1, 0, 3, "after_base"),
     (1, 2, 0, "after_base"), (1, 2, 1, "including_base")],
)  # fmt: skip
def test_a_path_without_a_step_is_refused(
    base: int, multiple: int, years: int, counting: str
) -> None:
    with pytest.raises(UsageRefused, match=r"calibrate\.no_path"):
        growth_path(base, multiple=multiple, years=years, counting=counting)  # type: ignore[arg-type]


def test_an_unknown_counting_is_refused() -> None:
    with pytest.raises(UsageRefused, match=r"calibrate\.unknown_setting"):
        growth_path(1, counting="guess")  # type: ignore[arg-type]
