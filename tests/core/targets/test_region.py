"""A region's target: CAGR × resources × potential 0.8–1.2 (E6, F-02, AT-33)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.targets.region import Region, RegionRule, cagr, region_targets

USUAL = RegionRule()
TWELVE = (
    1000 / Fraction("1.12") ** 3,
    Fraction(900),
    Fraction(950),
    Fraction(1000),
)  # three years at exactly 12 %


def refused(*regions: Region, rule: RegionRule = USUAL) -> list[tuple[str, str]]:
    with pytest.raises(DataRefused) as refusal:
        region_targets(regions, rule)
    return [(finding.subject, finding.code) for finding in refusal.value.findings]


def test_at_33_under_the_recommended_reading() -> None:
    (east,) = region_targets([Region("华东", TWELVE, Fraction("1.1"), Fraction("1.2"))])
    assert east.growth == Fraction("0.1584")
    assert east.amount == Fraction("1158.4")
    assert east.trace["cagr"] == Fraction("0.12")


def test_at_33_as_a_factor_on_the_level() -> None:
    rule = RegionRule(reading="level")
    (east,) = region_targets([Region("华东", TWELVE, Fraction("1.1"), Fraction("1.2"))], rule)
    assert east.amount == Fraction("1478.4")
    assert east.growth == Fraction("0.4784")


@pytest.mark.parametrize(("potential", "amount"), [("0.8", "1096"), ("1", "1120"), ("1.2", "1144")])
def test_the_edges_of_the_band_are_inside(potential: str, amount: str) -> None:
    (east,) = region_targets([Region("华东", TWELVE, potential=Fraction(potential))])
    assert east.amount == Fraction(amount)


@pytest.mark.parametrize("potential", ["1.3", "0.79", "1.2001"])
def test_a_potential_outside_the_band_is_refused(potential: str) -> None:
    region = Region("华东", TWELVE, potential=Fraction(potential))
    assert refused(region) == [("华东", "calibrate.factor_out_of_band")]


def test_the_bound_may_hold_for_resources_as_well() -> None:
    region = Region("华东", TWELVE, resource=Fraction("1.5"))
    assert region_targets([region])[0].amount == 1180
    rule = RegionRule(bounded_resource=True)
    assert refused(region, rule=rule) == [("华东", "calibrate.factor_out_of_band")]
    assert region_targets([Region("华东", TWELVE)], rule)[0].amount == 1120


def test_an_irrational_growth_lies_on_the_grid_and_is_exact_from_there() -> None:
    growth = cagr((Fraction(100), Fraction(200)))
    assert growth == 1
    doubled = cagr((Fraction(100), Fraction(0), Fraction(0), Fraction(200)))
    assert doubled == Fraction(259921049895, 10**12)  # 2 ** (1/3) − 1 = 0.25992104989487…
    (region,) = region_targets(
        [Region("A", (Fraction(100), Fraction(1), Fraction(1), Fraction(200)))]
    )
    assert region.amount == 200 * (1 + doubled)


def test_only_the_asked_years_count() -> None:
    long = (Fraction(1), Fraction(1), *TWELVE)
    assert region_targets([Region("A", long)])[0].amount == 1120
    (two,) = region_targets(
        [Region("A", (Fraction(1), Fraction(100), Fraction(0), Fraction(400)))], RegionRule(years=2)
    )
    assert two.trace["cagr"] == 1


def test_a_shorter_history_is_used_and_said() -> None:
    (young,) = region_targets([Region("西南", (Fraction(800), Fraction(1000)))])
    assert young.amount == 1250
    assert [(f.code, f.params["years"]) for f in young.findings] == [("calibrate.history_short", 1)]


def test_a_falling_region_is_flagged_since_more_resources_lower_its_target() -> None:
    (low,) = region_targets(
        [Region("A", (Fraction(100), Fraction(100), Fraction(100), Fraction("72.9")))]
    )
    (high,) = region_targets(
        [
            Region(
                "A",
                (Fraction(100), Fraction(100), Fraction(100), Fraction("72.9")),
                potential=Fraction("1.2"),
            )
        ]
    )
    assert high.amount < low.amount
    assert [finding.code for finding in high.findings] == ["calibrate.region_falls"]


def test_every_region_that_cannot_be_computed_is_named_at_once() -> None:
    assert refused(
        Region("one year", (Fraction(5),)),
        Region("good", TWELVE),
        Region("from zero", (Fraction(0), Fraction(5))),
        Region("to zero", (Fraction(5), Fraction(0))),
        Region("no resources", TWELVE, resource=Fraction(0)),
        Region("twice", (Fraction(-1), Fraction(5)), potential=Fraction(2)),
    ) == [
        ("one year", "calibrate.history_too_short"),
        ("from zero", "calibrate.history_not_positive"),
        ("to zero", "calibrate.history_not_positive"),
        ("no resources", "calibrate.resource_not_positive"),
        ("twice", "calibrate.history_not_positive"),
        ("twice", "calibrate.factor_out_of_band"),
    ]


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(UsageRefused, match=r"calibrate\.unknown_setting"):
        region_targets([], RegionRule(reading="guess"))  # type: ignore[arg-type]
