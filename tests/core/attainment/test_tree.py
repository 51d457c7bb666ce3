"""Every shown sum of credit is exact, whatever the parts were before rounding."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.attainment.tree import WHOLE, attained_nodes
from quotaloom.core.model.money import half_up

LEVELS = ["region", "seat"]
SCHEMA = {
    "region": pl.String,
    "seat": pl.String,
    "period": pl.String,
    "credit": pl.Int64,
    "quota": pl.Int64,
}


def frame(rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def figures(rows):
    nodes = attained_nodes(frame(rows), LEVELS)
    return {
        (tuple(path), period): (credit, quota)
        for path, period, credit, quota in nodes.select("path", "period", "credit", "quota").rows()
    }


LEAVES = st.lists(
    st.tuples(
        st.sampled_from("NS"),
        st.sampled_from("abc"),
        st.sampled_from(["Q1", "Q2"]),
        st.integers(-(10**9), 10**9),
        st.none() | st.integers(0, 10**9),
    ),
    max_size=12,
)


@given(LEAVES)
def test_nodes_and_periods_add_up_and_nothing_moves_by_a_fen(rows):
    found = figures(rows)
    exact = {}
    for region, seat, period, credit, quota in rows:
        for path in ((), (region,), (region, seat)):
            for when in (WHOLE, period):
                sums = exact.setdefault((path, when), [0, None])
                sums[0] += credit
                sums[1] = sums[1] if quota is None else (sums[1] or 0) + quota
    assert found.keys() == exact.keys()
    for key, (credit, quota) in found.items():
        assert quota == exact[key][1]
        path, when = key
        parts = [
            c
            for (p, w), (c, _) in found.items()
            if len(p) == len(path) + 1 and p[:-1] == path and w == when
        ]
        assert not parts or sum(parts) == credit
        periods = [c for (p, w), (c, _) in found.items() if p == path and w != WHOLE]
        assert when != WHOLE or sum(periods) == credit
    if rows:
        assert found[(), WHOLE][0] == half_up(Fraction(exact[(), WHOLE][0], 100))
    for path, when in found:
        if when == WHOLE:
            assert abs(found[path, when][0] * 100 - exact[path, when][0]) < 100


def test_a_green_total_keeps_its_parts_to_be_seen():
    rows = [("E", "e", "Q1", 120_0000, 100_00), ("N", "n", "Q1", 80_0000, 100_00)]
    found = figures(rows)
    assert found[(), WHOLE] == (200_00, 200_00)  # AT-27
    assert found[("E",), WHOLE] == (120_00, 100_00)
    assert found[("N",), WHOLE] == (80_00, 100_00)


def test_a_node_without_a_quota_has_none_and_zero_stays_zero():
    found = figures(
        [("E", "a", "Q1", 5_0000, None), ("E", "b", "Q1", 0, 0), ("N", "c", "Q1", 1, None)]
    )
    assert found[("E", "a"), WHOLE] == (500, None)
    assert found[("E",), WHOLE] == (500, 0)
    assert found[("N",), WHOLE][1] is None


def test_order_of_rows_changes_nothing():
    rows = [("E", "a", "Q1", 50, 1), ("E", "b", "Q1", 50, 2), ("N", "c", "Q2", 51, None)]
    assert figures(rows) == figures(rows[::-1])
    assert list(figures(rows)) == list(figures(rows[::-1]))
