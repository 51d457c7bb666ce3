"""What a solver found, as bytes and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quotaloom.core.allocation.journal.change import Change
from quotaloom.core.allocation.journal.place import Region
from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.figures import Figures, write_figures
from quotaloom.planfile.stored import change_bytes, read_change

shapes = st.tuples(st.integers(0, 5), st.integers(1, 4))


@st.composite
def changes(draw):
    """A change of a rectangle of cells."""
    rows, periods = draw(shapes)
    region = Region(
        draw(arrays(np.int64, rows, elements=st.integers(0, 99))),
        draw(arrays(np.int64, periods, elements=st.integers(0, 11))),
    )
    live, after = draw(arrays(np.bool_, (rows, periods))), draw(arrays(np.int64, (rows, periods)))
    return Change(("booked", "下达"), region, live, after, "rake@1", is_solved=True)


@given(changes())
def test_a_change_is_read_back_equal(change):
    found = read_change(change_bytes(change))
    assert (found.key, found.method, found.is_solved) == (change.key, change.method, True)
    assert np.array_equal(found.region.rows, change.region.rows)
    assert np.array_equal(found.region.periods, change.region.periods)
    assert np.array_equal(found.live, change.live)
    assert np.array_equal(found.after[found.live], change.after[change.live])


def test_cells_that_are_not_written_do_not_change_the_bytes():
    region = Region(np.array([0]), np.array([0, 1]))
    live = np.array([[True, False]])
    one = Change(("booked", "下达"), region, live, np.array([[3, 4]]), "rake@1")
    other = Change(("booked", "下达"), region, live, np.array([[3, 5]]), "rake@1")
    assert change_bytes(one) == change_bytes(other)


@pytest.mark.parametrize(
    "content", [b"", b"quotaloom", write_figures(Figures(np.zeros((1, 1), np.int32), {}))]
)
def test_other_bytes_are_refused(content):
    with pytest.raises(DataRefused, match="cells_unreadable"):
        read_change(content)
