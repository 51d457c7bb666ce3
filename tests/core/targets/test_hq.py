"""The company's target: industry growth × 1.3–1.5 (E5, F-01, AT-32)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.targets.hq import (
    HqFigures,
    HqRule,
    hq_choices,
    hq_growth,
    hq_target,
)

TENTH = HqFigures(base=Fraction(1000), industry=Fraction("0.10"))


def codes(figures: HqFigures, rule: HqRule) -> list[str]:
    with pytest.raises(UsageRefused) as refused:
        hq_target(figures, rule)
    return [finding.code for finding in refused.value.findings]


def test_at_32_three_factors_to_choose_from() -> None:
    assert [choice.amount for choice in hq_choices(TENTH)] == [1130, 1140, 1150]
    assert [choice.growth for choice in hq_choices(TENTH)] == [
        Fraction("0.13"),
        Fraction("0.14"),
        Fraction("0.15"),
    ]


def test_the_usual_factor_is_1_4() -> None:
    assert hq_target(TENTH).amount == 1140


@pytest.mark.parametrize(
    ("factor", "amount"),
    [("1.3", 1130), ("1.31", 1131), ("1.5", 1150)],  # the edges are inside
)
def test_a_factor_inside_the_band_counts_exactly(factor: str, amount: int) -> None:
    assert hq_target(TENTH, HqRule(Fraction(factor))).amount == amount


@pytest.mark.parametrize("factor", ["1.2999", "1.5001", "-1.4", "0"])
def test_a_factor_outside_the_band_is_refused(factor: str) -> None:
    assert codes(TENTH, HqRule(Fraction(factor))) == ["calibrate.factor_out_of_band"]


@pytest.mark.parametrize(
    ("industry", "factor", "falling", "growth"),
    [
        ("-0.10", "1.4", "floor", "0"),
        ("-0.10", "1.4", "widen", "-0.06"),  # g + |g|×(k−1)
        ("-0.10", "1.5", "widen", "-0.05"),  # more ambition, a smaller fall
        ("0", "1.4", "floor", "0"),
        ("0", "1.4", "widen", "0"),
        ("0.10", "1.4", "widen", "0.14"),  # a growing industry needs no guard
    ],
)
def test_a_falling_industry_is_guarded(
    industry: str, factor: str, falling: str, growth: str
) -> None:
    assert hq_growth(Fraction(industry), Fraction(factor), falling=falling) == Fraction(growth)  # type: ignore[arg-type]


def test_a_falling_industry_must_be_decided_and_is_said() -> None:
    figures = HqFigures(base=Fraction(1000), industry=Fraction("-0.10"))
    assert codes(figures, HqRule()) == ["calibrate.falling_undecided"]
    with pytest.raises(UsageRefused):
        hq_growth(Fraction("-0.10"))
    widened = hq_target(figures, HqRule(falling="widen"))
    assert widened.amount == 940
    assert [finding.code for finding in widened.findings] == ["calibrate.industry_falls"]
    assert widened.trace["falling"] == "widen"


def test_no_growth_needs_no_decision() -> None:
    assert hq_target(HqFigures(base=Fraction(1000), industry=Fraction(0))).amount == 1000


@pytest.mark.parametrize(
    ("reading", "amount"),
    [
        ("base", 1140),
        ("market", 1197),  # 21,000 × 5 % × 1.14
        ("least", 1200),  # the plan's own 20 % is more than 14 %
    ],
)
def test_each_reading_of_f_01_is_selectable(reading: str, amount: int) -> None:
    figures = HqFigures(
        Fraction(1000),
        Fraction("0.10"),
        market=Fraction(21000),
        share=Fraction("0.05"),
        planned=Fraction("0.2"),
    )
    target = hq_target(figures, HqRule(reading=reading))  # type: ignore[arg-type]
    assert target.amount == amount
    assert target.growth == Fraction(amount, 1000) - 1
    assert target.trace["reading"] == reading


def test_the_least_growth_lifts_a_timid_plan() -> None:
    figures = HqFigures(Fraction(1000), Fraction("0.10"), planned=Fraction("0.05"))
    assert hq_target(figures, HqRule(reading="least")).amount == 1140


def test_what_a_reading_needs_is_asked_for_all_at_once() -> None:
    rule = HqRule(Fraction(2), "market")
    assert codes(HqFigures(Fraction(0), Fraction("-0.1")), rule) == [
        "calibrate.factor_out_of_band",
        "calibrate.base_not_positive",
        "calibrate.falling_undecided",
        "calibrate.figure_missing",
        "calibrate.figure_missing",
    ]


def test_unknown_settings_are_refused() -> None:
    assert codes(TENTH, HqRule(reading="guess")) == [  # type: ignore[arg-type]
        "calibrate.unknown_setting"
    ]
    assert codes(TENTH, HqRule(falling="up")) == [  # type: ignore[arg-type]
        "calibrate.unknown_setting"
    ]
