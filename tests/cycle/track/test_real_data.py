"""The quotas of a real company, whose dates are no quarters."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.attainment.ratio import attainment
from quotaloom.cycle.track.request import TrackRequest
from quotaloom.cycle.track.verb import track
from tests.support.shared import shared

pytestmark = pytest.mark.shared_data


def adventureworks(**options):
    folder = shared("adventureworks/dw")
    return track(
        TrackRequest(
            facts=(folder / "FactResellerSales.csv.gz",),
            quota=(folder / "FactSalesQuota.csv",),
            date="OrderDate",
            amount="SalesAmount",
            quota_date="Date",
            quota_amount="SalesAmountQuota",
            **({"by": "EmployeeKey"} | options),
        )
    )


def test_attainment_follows_the_days_of_the_quotas():
    tracking = adventureworks()
    whole = tracking.nodes.filter(tracking.nodes["period"] == "")
    found = {
        "/".join(path): attainment(credit, quota) * 100
        for path, credit, quota in whole.select("path", "credit", "quota").iter_rows()
    }
    wanted = {"": "84.0531", "286": "93.64", "289": "92.67", "295": "78.30", "282": "87.96"}
    for member, percent in wanted.items():
        digits = len(percent.split(".")[1])
        assert abs(found[member] - Fraction(percent)) <= Fraction(1, 2 * 10**digits), member
    (credit, quota) = whole.select("credit", "quota").row(0)
    assert (credit, quota) == (8_045_059_698, 9_571_400_000)


def test_no_credit_falls_outside_the_quotas_and_the_years_add_up():
    tracking = adventureworks(time="year")
    assert not [one for one in tracking.findings if one.code == "track.without_quota"]
    years = tracking.nodes.filter(tracking.nodes["path"].list.len() == 0).sort("period")
    assert years["quota"].to_list() == [
        9_571_400_000,
        388_600_000,
        2_598_200_000,
        3_633_900_000,
        2_950_700_000,
    ]
