"""Which wishes clash, decided over a few of the cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.numeric import wide
from quotaloom.core.numeric.program import has_real
from quotaloom.core.numeric.rake_search import margin_program
from quotaloom.core.numeric.rounding import Near
from quotaloom.core.numeric.wide import priced_rows
from tests.core.numeric.raking import exact, grid
from tests.core.numeric.test_program import programs
from tests.support.counts import examples


@pytest.mark.heavy
@settings(max_examples=examples(1500))
@given(programs())
def test_wishes_have_a_price_exactly_where_no_real_cells_meet_them(drawn) -> None:
    asked, _ = drawn
    rows = priced_rows(asked)
    assert (rows == []) == has_real(asked)
    assert not rows or not has_real(asked.only(rows))


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.booleans())
def test_few_of_many_cells_are_looked_at(draw: int, spoilt) -> None:
    rng = np.random.default_rng(draw)
    sizes = (12, 15, 20)
    codes = grid(sizes)
    table = rng.poisson(3, len(codes[0]))
    margins = [exact(n, c, table, s) for n, c, s in zip("abc", codes, sizes, strict=True)]
    high = 3 * table + 9
    if spoilt:
        block = (codes[0] < 3) & (codes[1] < 5)
        high[block] = 0
        high[(codes[0] < 3) & ~block] = table[(codes[0] < 3) & ~block]  # no room instead
    asked = margin_program(Near(table.astype(float), np.zeros_like(table), high), margins)
    seen = []
    before = wide._priced
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wide, "_priced", lambda p, c: seen.append(len(c)) or before(p, c))
        rows = priced_rows(asked)
    assert bool(rows) == bool(spoilt and table[block].any())
    assert max(seen) < len(table) / 2
