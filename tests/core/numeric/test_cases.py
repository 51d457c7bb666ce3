"""Known answers C01–C29 and W01–W29, as far as they spread or round.

Three are answers of other products that ours gives by another name or not at all: W20 is
``repeat``, in W25 ours takes an excluded cell out of the denominator, W07 needs a finer unit
than 分. Numbers with decimals are written in the unit that holds them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from quotaloom.core.model.money import half_up
from quotaloom.core.numeric.apportion import apportion, apportion_fractions
from quotaloom.core.numeric.running import running
from quotaloom.core.numeric.spread import Wish, spread
from quotaloom.core.numeric.webster import webster
from tests.support.spreads import column, one_group, shown

QUARTERS, YEAR = [1] * 4, [1] * 12


def after(now, method, amount=None, *, fixed=(), **wish):
    amounts = None if amount is None else np.array([amount])
    return shown(spread(one_group(now, fixed), Wish(method, amounts, **wish)).now)


@pytest.mark.parametrize(
    ("case", "now", "wish", "cells"),
    [
        ("W01", [10, 30, 60], {"method": "proportional", "amount": 300}, [30, 90, 180]),
        (
            "W02 C01",
            [0, 0, 0],
            {"method": "by_reference", "amount": 400, "drivers": (column([10, 20, 70]),)},
            [40, 80, 280],
        ),
        ("C02", [0] * 4, {"method": "equal", "amount": 1200}, [300] * 4),
        (
            "C02 only non-zero",
            [5, 0, 7, 0],
            {"method": "equal", "amount": 1200, "scope": "populated"},
            [600, 0, 600, 0],
        ),
        ("W04 C05", [0] * 12, {"method": "proportional", "amount": 1200}, [100] * 12),
        ("W05", [0] * 12, {"method": "equal", "amount": 120}, [10] * 12),
        (
            "W07 C04",
            [0] * 4,
            {"method": "growth", "amount": 300_0000, "rate": Fraction(1, 4)},
            [300_0000, 375_0000, 468_7500, 585_9375],
        ),
        (
            "W07 in 分",
            [0] * 4,
            {"method": "growth", "amount": 300_00, "rate": Decimal("0.25")},
            [300_00, 375_00, 468_75, 585_94],
        ),
        (
            "W08 C04",
            [10, 30, 60],
            {"method": "percent", "operation": "add", "rate": Fraction(1, 10)},
            [11, 33, 66],
        ),
        (
            "C04 straight line",
            [0] * 3,
            {"method": "straight_line", "amount": 100, "ends": np.array([200])},
            [100, 150, 200],
        ),
        (
            "W10",
            [0, 5, 0, 7],
            {"method": "repeat", "amount": 400, "scope": "populated"},
            [0, 400, 0, 400],
        ),
        (
            "W11",
            [0, 0],
            {
                "method": "percent",
                "operation": "add",
                "drivers": (column([10, 20]),),
                "rate": Fraction(6, 5),
            },
            [12, 24],
        ),
        (
            "W13",
            [20, 20, 30],
            {"method": "proportional", "amount": 60, "fixed": [True, False, False]},
            [20, 16, 24],
        ),
        ("W14 A", [0] * 3, {"method": "equal", "amount": 9_000_000}, [3_000_000] * 3),
        ("W14 B", [0] * 2, {"method": "equal", "amount": 10_000_000}, [5_000_000] * 2),
        ("W14 C", [0], {"method": "equal", "amount": 3_000_000}, [3_000_000]),
        (
            "W17 in 分",
            [175_00, 50_00, 0, 0],
            {"method": "proportional", "amount": 100_00},
            [77_78, 22_22, 0, 0],
        ),
        ("W19 C07", [0] * 3, {"method": "pattern", "amount": 13, "pattern": (4, 4, 5)}, [4, 4, 5]),
        ("W20", [0] * 3, {"method": "repeat", "amount": 13}, [13, 13, 13]),
        ("W22", [0] * 3, {"method": "pattern", "amount": 8, "pattern": (1, 2, 1)}, [2, 4, 2]),
        (
            "C07 middle",
            [1] * 3,
            {"method": "pattern", "amount": 9, "pattern": (0, 1, 0)},
            [0, 9, 0],
        ),
        ("C07 BALANCE", [1] * 3, {"method": "pattern", "amount": 9, "pattern": "last"}, [0, 0, 9]),
        ("C07 FIRST", [1] * 3, {"method": "pattern", "amount": 9, "pattern": "first"}, [9, 0, 0]),
        (
            "W23",
            [150, None, 200, 100],
            {"method": "equal", "amount": 1000, "scope": "populated"},
            [334, None, 333, 333],
        ),
        (
            "W25 ours",
            [0, 0, 0, None, 0, 0],
            {"method": "equal", "amount": 6, "fixed": [cell == 3 for cell in range(6)]},
            [2, 1, 1, None, 1, 1],
        ),
        (
            "W28 in 1/10000",
            [10_0000, 15_0000, 20_0000],
            {"method": "equal", "operation": "add", "amount": 100_0000 - 45_0000},
            [28_3334, 33_3333, 38_3333],
        ),
        (
            "C08",
            [0] * 4,
            {
                "method": "by_reference",
                "amount": 200,
                "drivers": (column([300, 200, 100, 400]),),
            },
            [60, 40, 20, 80],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_known_spread(case, now, wish, cells):
    assert after(now, **wish) == cells, case


@pytest.mark.parametrize(
    ("case", "total", "weights", "parts"),
    [
        ("C10", 5, [70, 30], [4, 1]),
        ("C10 turned", 5, [30, 70], [1, 4]),
        ("C11", 8_00, [1, 1, 1], [2_67, 2_67, 2_66]),
        ("C14", 80, [51, 18, 11], [51, 18, 11]),
        ("C14 percent", 100, [51, 18, 11], [64, 22, 14]),
        ("C16", 49, [3, 7, 90], [2, 3, 44]),
        ("C16 tie to the larger weight", 50, [3, 7, 90], [1, 4, 45]),
        ("C16 paradox", 51, [3, 7, 90], [1, 4, 46]),
        ("C17", 10, [6, 6, 2], [4, 4, 2]),
        ("C17 paradox", 11, [6, 6, 2], [5, 5, 1]),
        ("C19", 5, [169, 1090, 1033], [0, 3, 2]),
        ("C19 paradox", 5, [172, 1112, 1076], [1, 2, 2]),
        ("C20", 8, [1149, 897], [4, 4]),
        ("C20 paradox", 9, [1149, 897, 166], [5, 3, 1]),
        ("C22", 41, [162_310, 538_479, 197_145], [7, 25, 9]),
        ("C23", 100_00, [1] * 3, [33_34, 33_33, 33_33]),
        ("C23 signs", -100_00, [1] * 3, [-33_34, -33_33, -33_33]),
        ("C23 one 分", 1, YEAR, [1] + [0] * 11),
        (
            "C25 normalised",
            12_000_000,
            [30, 40, 30, 40],
            [2_571_429, 3_428_571, 2_571_429, 3_428_571],
        ),
        ("C26", 10_000_001, [15, 20, 30, 35], [1_500_000, 2_000_000, 3_000_000, 3_500_001]),
        ("W16 by largest remainder", 102, QUARTERS, [26, 26, 25, 25]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_known_apportionment(case, total, weights, parts):
    assert apportion([total], weights, [0, len(weights)]).tolist() == parts, case
    assert apportion_fractions(total, weights) == parts, case


def test_c13_ratios_are_not_cut_to_whole_numbers():
    assert apportion_fractions(10_00, [Decimal("37.5"), Decimal("62.5")]) == [3_75, 6_25]


def test_w16_running_rounding():
    assert running([102], QUARTERS, [0, 4]).tolist() == [25, 26, 25, 26]


def test_w29_twelve_equal_percents_are_a_season():
    """They add up to 100.00 when rounded to two decimals; a quarter is the sum of its months."""
    percents = [Decimal("8.333333333333334")] * 12
    months = apportion_fractions(1200, percents)
    assert round(sum(percents), 2) == 100
    assert months == [100] * 12
    assert sum(months[:3]) == apportion_fractions(1200, [sum(percents[:3])] * 4)[0]


@pytest.mark.parametrize(
    ("weights", "smaller", "larger"), [([3, 7, 90], 50, 51), ([6, 6, 2], 10, 11)]
)
def test_c16_c17_webster_knows_no_alabama_paradox(weights, smaller, larger):
    assert (webster(smaller, weights) <= webster(larger, weights)).all()


@pytest.mark.parametrize(
    ("case", "month", "cents"),
    [
        ("C28 1 March", 3, [666_667, 2_000_000, 2_000_000, 4_000_000]),
        ("C29 1 October", 10, [0, 0, 0, 4_000_000]),
        ("C29 1 November", 11, [0, 0, 0, 2_666_667]),
        ("C29 1 December", 12, [0, 0, 0, 1_333_333]),
    ],
)
def test_a_start_within_the_year_leaves_the_months_that_are_left(case, month, cents):
    quarters = apportion_fractions(100_000_00, [20, 20, 20, 40])
    left = [min(3, max(0, 3 * (place + 1) - month + 1)) for place in range(4)]
    shares = [
        half_up(Fraction(quota * months, 3)) for quota, months in zip(quarters, left, strict=True)
    ]
    assert shares == cents, case


def test_w26_rounding_to_hundreds():
    assert half_up(Fraction(1234, 100)) * 100 == 1200
