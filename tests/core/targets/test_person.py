"""A person's target: base × (1 + growth) × grade 0.7–1.2 (E7, F-03, AT-34)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.targets.person import Person, person_targets
from quotaloom.core.targets.target import in_units

GRADES = {"P4": Fraction("0.7"), "P5": Fraction(1), "P6": Fraction("1.1"), "P7": Fraction("1.2")}


def amount(grade: str, reading: str = "level") -> Fraction:
    person = Person("E1", grade, Fraction("0.15"), Fraction(100))
    return person_targets([person], GRADES, reading=reading)[0].amount  # type: ignore[arg-type]


def refused(*people: Person, grades: dict[str, Fraction] = GRADES) -> list[tuple[str, str]]:
    with pytest.raises(DataRefused) as refusal:
        person_targets(people, grades)
    return [(finding.subject, finding.code) for finding in refusal.value.findings]


@pytest.mark.parametrize(("grade", "target"), [("P6", "126.5"), ("P4", "80.5"), ("P7", "138")])
def test_at_34_under_the_recommended_reading(grade: str, target: str) -> None:
    assert amount(grade) == Fraction(target)


@pytest.mark.parametrize(
    ("reading", "target"), [("level", "126.5"), ("growth", "116.5"), ("literal", "16.5")]
)
def test_each_reading_of_f_03_is_selectable(reading: str, target: str) -> None:
    assert amount("P6", reading) == Fraction(target)


def test_the_literal_reading_warns_that_it_is_the_increment() -> None:
    (target,) = person_targets(
        [Person("E1", "P5", Fraction("0.15"), Fraction(100))], GRADES, reading="literal"
    )
    assert [finding.code for finding in target.findings] == ["calibrate.literal_reading"]


@pytest.mark.parametrize("coefficient", ["0.69", "1.21"])
def test_a_grade_outside_the_band_is_refused_once_however_many_hold_it(coefficient: str) -> None:
    people = [Person(code, "P5", Fraction(0), Fraction(1)) for code in "AB"]
    grades = {"P5": Fraction(coefficient)}
    assert refused(*people, grades=grades) == [("P5", "calibrate.factor_out_of_band")]


def test_a_new_hire_gets_the_median_of_the_peers_times_the_ramp() -> None:
    people = [
        Person("A", "P5", Fraction(0), Fraction(90), peers="江苏"),
        Person("B", "P5", Fraction(0), Fraction(100), peers="江苏"),
        Person("C", "P5", Fraction(0), Fraction(1000), peers="江苏"),
        Person("D", "P5", Fraction(0), Fraction(7), peers="浙江"),
        Person("new", "P6", Fraction("0.1"), peers="江苏", ramp=Fraction("0.5")),
    ]
    new = person_targets(people, GRADES)[-1]
    assert new.amount == 100 * Fraction("0.5") * Fraction("1.1") * Fraction("1.1")
    assert new.trace["peer_median"] == 100
    assert [finding.code for finding in new.findings] == ["calibrate.new_hire"]


def test_the_median_of_an_even_group_is_exact_and_new_hires_are_not_in_it() -> None:
    people = [
        Person("A", "P5", Fraction(0), Fraction(1)),
        Person("B", "P5", Fraction(0), Fraction(2)),
        Person("new", "P5", Fraction(0), ramp=Fraction(1)),
        Person("newer", "P5", Fraction(0), ramp=Fraction(0)),
    ]
    assert [target.amount for target in person_targets(people, GRADES)][2:] == [Fraction(3, 2), 0]


def test_a_base_of_zero_is_not_a_missing_base() -> None:
    (target,) = person_targets(
        [Person("A", "P5", Fraction("0.5"), Fraction(0), ramp=Fraction(1))], GRADES
    )
    assert target.amount == 0
    assert [finding.code for finding in target.findings] == ["calibrate.base_zero"]


def test_everyone_who_cannot_be_computed_is_named_at_once() -> None:
    assert refused(
        Person("returns", "P5", Fraction(0), Fraction(-1), peers="other"),
        Person("title", "总监", Fraction(0), Fraction(5), peers="other"),
        Person("lone", "P5", Fraction(0), peers="nobody", ramp=Fraction(1)),
        Person("no ramp", "P5", Fraction(0), peers="other"),
        Person("steep", "P5", Fraction(0), peers="other", ramp=Fraction("1.01")),
    ) == [
        ("returns", "calibrate.base_negative"),
        ("title", "calibrate.unknown_grade"),
        ("lone", "calibrate.no_peers"),
        ("no ramp", "calibrate.ramp_missing"),
        ("steep", "calibrate.factor_out_of_band"),
    ]


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(UsageRefused, match=r"calibrate\.unknown_setting"):
        person_targets([], GRADES, reading="guess")  # type: ignore[arg-type]


@given(
    base=st.fractions(0, 10**9),
    growth=st.fractions(0, 2),
    grades=st.tuples(*[st.fractions(Fraction("0.7"), Fraction("1.2"))] * 2),
)
def test_a_higher_grade_is_never_asked_for_less(
    base: Fraction, growth: Fraction, grades: tuple[Fraction, Fraction]
) -> None:
    low, high = sorted(grades)
    people = [Person("A", "low", growth, base), Person("B", "high", growth, base)]
    for reading in ("level", "growth", "literal"):
        lower, higher = person_targets(people, {"low": low, "high": high}, reading=reading)
        assert lower.amount <= higher.amount


@pytest.mark.parametrize(
    ("value", "unit", "whole"),
    [
        ("126.5", 1, 127),
        ("-126.5", 1, -127),
        ("126.49", 1, 126),
        ("149", 100, 100),
        ("150", 100, 200),
    ],
)
def test_a_derived_amount_becomes_the_nearest_whole_unit(value: str, unit: int, whole: int) -> None:
    assert in_units(Fraction(value), unit) == whole
