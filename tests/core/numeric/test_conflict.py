"""A smallest set of wishes that cannot stand together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quotaloom.core.numeric.conflict import irreducible, shrunk
from quotaloom.core.numeric.program import has_real, has_whole
from tests.core.numeric.test_program import halves, program, programs, slowly
from tests.support.counts import examples
from tests.support.oracle import is_irreducible


@given(st.sets(st.integers(0, 40), min_size=1), st.integers(0, 30))
def test_shrinking_finds_the_only_set_that_fails(guilty: set[int], more: int) -> None:
    rows = range(41 + more)
    assert shrunk(rows, lambda kept: not guilty <= set(kept)) == sorted(guilty)


def test_of_several_sets_one_is_found() -> None:
    clashes = [{1, 5}, {2, 3, 9}, {5, 9}]
    found = set(shrunk(range(10), lambda kept: not any(c <= set(kept) for c in clashes)))
    assert found in clashes


def test_what_fails_without_any_wish_names_none() -> None:
    assert shrunk(range(5), lambda _: False) == []


def test_all_three_sides_of_the_triangle_are_to_blame_in_whole_units_only() -> None:
    assert irreducible(halves(7)) == [0, 1, 2]
    asked = program([[1, 1], [1, 0], [0, 1], [1, 0]], [9, 5, 5, 0], [9, 5, 5, 7], [0, 0], [99, 99])
    assert irreducible(asked, whole=False) == [0, 1, 2]


@pytest.mark.heavy
@settings(max_examples=examples(1500))
@given(programs())
def test_dropping_any_named_wish_makes_the_others_possible(drawn) -> None:
    asked, _ = drawn
    whole = has_real(asked)
    assume(not whole or not has_whole(asked))
    rows, least, most = slowly(asked)
    named = [rows[row] for row in irreducible(asked, whole=whole)]
    assert is_irreducible(named, np.array(least), np.array(most), whole=whole)
