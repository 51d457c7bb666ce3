"""Measures and how their figures add up."""

from __future__ import annotations

import pytest

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.measures.kind import Measure, registry

MEASURES = (
    Measure("booked"),
    Measure("invoiced"),
    Measure("margin"),
    Measure("margin_rate", "ratio", "margin", "invoiced"),
    Measure("receivable", "balance"),
    Measure("new_customers", "distinct"),
)


@pytest.mark.parametrize(
    ("code", "over_region", "over_time", "is_stored"),
    [
        ("booked", True, True, True),
        ("receivable", True, False, True),
        ("new_customers", False, False, True),
        ("margin_rate", False, False, False),
    ],
)
def test_a_kind_says_what_may_be_added(code, over_region, over_time, is_stored):
    measure = registry(MEASURES)[code]
    found = (measure.sums_over("region"), measure.sums_over("period"), measure.is_stored)
    assert found == (over_region, over_time, is_stored)


def test_a_measure_twice_and_a_ratio_without_sides_are_refused_together():
    wrong = [
        Measure("booked"),
        Measure("booked"),
        Measure("rate", "ratio", "booked", "stock"),
        Measure("stock", "balance"),
    ]
    with pytest.raises(UsageRefused) as caught:
        registry(wrong)
    assert [(one.code, one.subject, dict(one.params)) for one in caught.value.findings] == [
        ("measure.twice", "booked", {}),
        ("measure.ratio_side", "rate", {"side": "stock"}),
    ]
