"""Whole totals split by weight."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric.apportion import apportion, apportion_fractions
from quotaloom.core.numeric.refusal import NAMED, named
from tests.support.counts import examples
from tests.support.groups import HUGE, flat, shuffled, starts, tasks
from tests.support.split_oracles import hamilton

TOTAL_LIMIT, SUM_LIMIT = 2**62, 2**63


def split(total, weights, **options):
    return apportion([total], weights, [0, len(weights)], **options).tolist()


def refused(*given_, **options):
    with pytest.raises(DataRefused) as refusal:
        apportion(*given_, **options)
    return [(finding.code, finding.subject) for finding in refusal.value.findings]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [3, 5, 3], [27, 46, 27]),
        (100, [1, 1, 1], [34, 33, 33]),  # equal weights: the first cell
        (5, [30, 70], [1, 4]),
        (5, [70, 30], [4, 1]),  # a tie: the larger weight, whatever the order
        (-5, [70, 30], [-4, -1]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (1, [0, 7, 0], [0, 1, 0]),
        (TOTAL_LIMIT, [1], [TOTAL_LIMIT]),
        (-TOTAL_LIMIT, [SUM_LIMIT - 1], [-TOTAL_LIMIT]),
        (TOTAL_LIMIT, [2**62, 2**62 - 1], [2**61, 2**61]),
    ],
)
def test_a_total_is_split(total, weights, parts):
    assert split(total, weights) == parts


def test_a_tie_goes_to_the_larger_weight_then_to_the_lower_rank():
    assert split(50, [3, 7, 90]) == [1, 4, 45]
    assert split(100, [1, 1, 1], rank=[2, 1, 0]) == [33, 33, 34]


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(task=tasks())
def test_every_cell_is_what_the_rule_says(task):
    totals, rows, ranks = task
    wanted = [hamilton(*row) for row in zip(totals, rows, ranks, strict=True)]
    got = apportion(totals, flat(rows), starts(rows), rank=flat(ranks))
    assert got.tolist() == flat(wanted)


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(task=tasks(), seed=st.integers(0, 2**32))
def test_the_order_of_rows_does_not_matter(task, seed):
    totals, rows, ranks = task
    groups = shuffled(seed, range(len(rows)))
    cells = [shuffled(seed + 1, range(len(row))) for row in rows]
    before = np.split(apportion(totals, flat(rows), starts(rows), rank=flat(ranks)), starts(rows))
    moved = [[rows[group][cell] for cell in cells[group]] for group in groups]
    after = apportion(
        [totals[group] for group in groups],
        flat(moved),
        starts(moved),
        rank=[ranks[group][cell] for group in groups for cell in cells[group]],
    )
    assert after.tolist() == [before[group + 1][cell] for group in groups for cell in cells[group]]


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(task=tasks())
def test_sums_are_exact_and_each_cell_less_than_a_unit_from_its_share(task):
    totals, rows, _ = task
    parts = np.split(apportion(totals, flat(rows), starts(rows)), starts(rows)[1:-1])
    for total, row, part in zip(totals, rows, parts, strict=True):
        assert sum(part.tolist()) == total
        over = max(sum(row), 1)
        shares = [Fraction(total * weight, over) for weight in row]
        assert all(abs(cell - share) < 1 for cell, share in zip(part.tolist(), shares, strict=True))
        assert all(cell == 0 for cell, weight in zip(part, row, strict=True) if weight == 0)


@given(task=tasks())
def test_the_sign_goes_with_the_total(task):
    totals, rows, ranks = task
    minus = [-total for total in totals]
    there = apportion(totals, flat(rows), starts(rows), rank=flat(ranks))
    back = apportion(minus, flat(rows), starts(rows), rank=flat(ranks))
    assert (there == -back).all()


@given(total=st.integers(0, 10**14), weights=st.lists(st.integers(0, HUGE), min_size=1, max_size=9))
def test_more_weight_is_never_less_quota(total, weights):
    parts = split(total, weights, on_zero="equal") if any(weights) else [0] * len(weights)
    by_weight = [part for _, part in sorted(zip(weights, parts, strict=True))]
    assert by_weight == sorted(by_weight)


@pytest.mark.parametrize("size", [3, 40, 5000, 20_000, 70_000])
def test_a_group_of_any_size_is_split(size):
    weights = np.random.default_rng(size).integers(0, 50, size).tolist()
    assert split(10**6 + 7, weights) == hamilton(10**6 + 7, weights)


def test_groups_of_all_sizes_stand_side_by_side():
    rng = np.random.default_rng(0)
    rows = [rng.integers(0, 9, size).tolist() for size in [0, 1, 17, 20_000, 2, 0, 300, 1, 64, 65]]
    totals = [int(rng.integers(0, 10**4)) if any(row) else 0 for row in rows]
    wanted = flat(hamilton(total, row) for total, row in zip(totals, rows, strict=True))
    assert apportion(totals, flat(rows), starts(rows)).tolist() == wanted


def test_a_group_without_weight_is_split_equally_where_that_is_allowed():
    assert apportion([5, 7], [0, 0, 1, 0], [0, 2, 4], on_zero="equal").tolist() == [3, 2, 7, 0]


def test_everything_wrong_is_named_at_once():
    weights, valid = [5, -2, 1, 0, 0, 3], [True, True, False, True, True, True]
    assert refused([1, 2, 3, 4], weights, [0, 3, 3, 5, 6], valid=valid) == [
        ("apportion.weight_missing", "#1.3"),
        ("apportion.weight_negative", "#1.2"),
        ("apportion.no_cell", "#2"),
        ("apportion.no_weight", "#3"),
    ]


def test_a_missing_weight_is_no_zero_and_its_number_is_not_read():
    assert refused([1], [-1, 5], [0, 2], valid=[False, True]) == [
        ("apportion.weight_missing", "#1.1")
    ]


@pytest.mark.parametrize(
    ("total", "weights"),
    [
        (TOTAL_LIMIT + 1, [1]),
        (-TOTAL_LIMIT - 1, [1]),
        (1, [SUM_LIMIT - 1, 1]),
        (1, [2**62, 2**62, 2**62, 2**62]),  # wraps to 0
    ],
)
def test_what_passes_the_limits_is_refused(total, weights):
    assert refused([total], weights, [0, len(weights)]) == [("apportion.too_large", "#1")]


def test_a_long_list_is_cut_and_counted():
    found = refused([1], [-1] * (NAMED + 5), [0, NAMED + 5])
    assert found[-1] == ("apportion.and_more", "apportion.weight_negative")
    assert len(found) == NAMED + 1


def test_refusals_can_be_given_names():
    with pytest.raises(DataRefused) as refusal:
        apportion([1, 1], [-1, 0], [0, 1, 2])
    found = named(refusal.value.findings, ["华东", "华北"], ["上海", "北京"])
    assert [finding.subject for finding in found] == ["上海", "华北"]
    assert [finding.subject for finding in named(found, ["华东", "华北"])] == ["华东", "华北"]


@pytest.mark.parametrize("starts_", [[0, 1], [1, 2], [0, 3, 2], []])
def test_starts_that_do_not_cut_the_cells_are_a_bug(starts_):
    with pytest.raises(ValueError, match="starts"):
        apportion([1] * max(len(starts_) - 1, 0), [1, 2], starts_)


def test_totals_and_groups_must_meet():
    with pytest.raises(ValueError, match="2 totals for 1 groups"):
        apportion([1, 2], [1, 2], [0, 2])


def test_no_float_holds_money():
    with pytest.raises(TypeError, match="whole numbers"):
        apportion([1.5], [1, 2], [0, 2])


def test_what_int64_cannot_hold_is_no_amount():
    with pytest.raises(OverflowError):
        apportion(np.array([2**63], np.uint64), [1], [0, 1])


def test_ratios_are_exact():
    assert apportion_fractions(1000, [Decimal("37.5"), Decimal("62.5")]) == [375, 625]
    assert apportion_fractions(7, [Fraction(1, 3), Fraction(2, 3)]) == [2, 5]
    assert apportion_fractions(0, []) == []


@given(
    total=st.integers(-(10**40), 10**40),
    weights=st.lists(st.fractions(0, 10**30), min_size=1, max_size=9).filter(any),
)
def test_ratios_follow_the_same_rule_at_any_size(total, weights):
    assert apportion_fractions(total, weights) == hamilton(total, weights)


@pytest.mark.parametrize(
    ("weights", "code"), [([1, -1], "apportion.weight_negative"), ([0, 0], "apportion.no_weight")]
)
def test_ratios_that_cannot_split_are_refused(weights, code):
    with pytest.raises(DataRefused, match=code):
        apportion_fractions(5, weights)
