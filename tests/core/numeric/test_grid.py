"""Real cells on a grid of 2**-20 unit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.numeric.grid import GRID, Real


@given(st.lists(st.floats(0, 2**50), min_size=1, max_size=30))
def test_whole_and_part_are_the_nearest_value(cells) -> None:
    real = Real.of(np.array(cells))
    assert ((real.part >= 0) & (real.part < GRID)).all()
    for whole, part, cell in zip(real.whole.tolist(), real.part.tolist(), cells, strict=True):
        assert abs((whole - int(cell)) * GRID + part - (cell - int(cell)) * GRID) <= 0.5


def test_what_is_next_to_a_unit_is_that_unit() -> None:
    real = Real.of(np.array([2.9999999999, 3.0000000001, 0.5]))
    assert real.whole.tolist() == [3, 3, 0]
    assert real.part.tolist() == [0, 0, GRID // 2]
