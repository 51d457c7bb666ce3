"""Margins that say something of their own, and a whole sum for each of their groups."""

from __future__ import annotations

import numpy as np

from quotaloom.core.numeric.layout import lay_out
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from quotaloom.core.numeric.settle import essential, implies, parents, settled

CITY = np.array([0, 1, 2, 3, 0, 1, 2, 3], np.int32)
REGION = np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int32)
MONTH = np.array([0, 0, 0, 0, 1, 1, 1, 1], np.int32)
CITIES = Margin.exact(CITY, np.array([2, 3, 4, 5]))
REGIONS = Margin.exact(REGION, np.array([5, 9]))
MONTHS = Margin.exact(MONTH, np.array([6, 8]))


def test_sums_of_finer_groups_imply_the_coarser_ones() -> None:
    assert implies(CITIES, REGIONS)
    assert implies(CITIES, Margin(REGION, np.array([0, 9]), np.array([5, UNBOUNDED])))
    assert not implies(CITIES, Margin.exact(REGION, np.array([6, 8])))
    assert not implies(CITIES, MONTHS)
    assert not implies(REGIONS, CITIES)
    assert not implies(Margin(CITY, CITIES.low, CITIES.high + 1), REGIONS)
    assert not implies(Margin.exact(np.where(CITY == 3, -1, CITY), CITIES.low), REGIONS)


def test_a_group_without_cells_implies_nothing_unless_it_is_empty() -> None:
    assert not implies(Margin.exact(CITY, np.array([2, 3, 4, 5, 1])), REGIONS)
    assert implies(Margin.exact(CITY, np.array([2, 3, 4, 5, 0])), REGIONS)


def test_what_is_implied_is_dropped_and_the_rest_comes_in_an_order_of_its_own() -> None:
    kept = essential([CITIES, REGIONS, MONTHS, REGIONS], np.ones(8))
    assert [margin.size for margin in kept] == [2, 4]
    assert kept == essential([MONTHS, REGIONS, CITIES], np.ones(8))
    assert essential([REGIONS, REGIONS], np.ones(8)) == [REGIONS]


def test_margins_that_ask_for_the_same_are_told_apart_by_their_seed() -> None:
    one, other = (Margin.exact(codes, np.array([7, 7])) for codes in (REGION, MONTH))
    seed = np.array([1.0, 2, 3, 4, 5, 6, 7, 9])
    assert essential([one, other], seed) == essential([other, one], seed)


def test_parents_are_found_or_it_is_said_that_there_are_two() -> None:
    assert parents(CITY, REGION, 5).tolist() == [0, 0, 1, 1, -1]
    assert parents(CITY, MONTH, 4) is None
    far = np.zeros(100_000, np.int32)
    late = far.copy()
    late[-2] = 1
    assert parents(far, late, 1) is None


def settle(real, *margins):
    layout = lay_out([margin.codes for margin in margins])
    return [axis.targets.tolist() for axis in settled(layout.laid(real), layout, margins)]


def test_ranges_get_the_floor_or_the_ceiling_of_their_real_sum_inside_their_parents() -> None:
    real = np.array([1.2, 1.4, 2.0, 2.0, 1.4, 1.0, 2.0, 3.0])
    ranged = Margin(CITY, np.zeros(4, int), np.full(4, 9))
    assert settle(real, MONTHS, REGIONS, ranged) == [[6, 8], [5, 9], [3, 2, 4, 5, 0]]


def test_a_sum_at_the_end_of_its_range_stays_there() -> None:
    real = np.array([1.3, 1.3, 2.0, 2.0, 1.3, 1.1, 2.0, 3.0])
    ranged = Margin(CITY, np.array([0, 3, 0, 0]), np.array([2, 9, 9, 9]))
    assert settle(real, MONTHS, ranged)[1] == [2, 3, 4, 5, 0]


def test_the_rest_of_a_partial_margin_is_a_group_of_its_own() -> None:
    real = np.array([1.0, 1, 2, 2, 1, 2, 2, 3])
    cross = Margin.exact(
        np.where((CITY == 3) & (MONTH == 1), 0, -1).astype(np.int32), np.array([3])
    )
    assert settle(real, cross, MONTHS) == [[3, 11], [6, 8]]
    assert settle(real, cross) == [[3, 11]]
