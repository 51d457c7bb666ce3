"""Targets by class: markets hold, outgrow or open; products grow, earn, are cleared or kept."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.targets.class_target import CLASSES, NEEDED, Aim, class_aims

TEN, FIVE = Fraction(1, 10), Fraction(1, 20)


@pytest.mark.parametrize(
    ("of", "figures", "aims"),
    [
        ("core", {"base": 1000, "market": TEN}, [("booked", 1100)]),
        ("core", {"base": 1000, "market": -TEN}, [("booked", 900)]),
        ("growth", {"base": 1000, "market": TEN, "more": FIVE}, [("booked", 1150)]),
        ("blank", {"logos": 8, "first_deal": 30}, [("new_customers", 8), ("booked", 240)]),
        ("star", {"base": 1000, "growth": Fraction(3, 10)}, [("booked", 1300)]),
        ("cow", {"margin": 400, "collected": 950}, [("margin", 400), ("collected", 950)]),
        (
            "question",
            {"stock": 600, "cut": Fraction(1, 4), "iterations": 2},
            [("inventory", 450), ("iterations", 2)],
        ),
        ("dog", {"base": 1000, "growth": -TEN}, [("booked", 900)]),
    ],
)
def test_each_class_is_held_to_its_own_measures(of, figures, aims):  # F12, F13
    assert class_aims(of, figures) == tuple(Aim(*one) for one in aims)


@pytest.mark.parametrize("of", CLASSES)
def test_every_figure_that_is_missing_is_named(of):
    with pytest.raises(DataRefused) as refusal:
        class_aims(of, {}, subject="华东")
    found = [(one.subject, one.params["figure"]) for one in refusal.value.findings]
    assert found == [("华东", name) for name in NEEDED[of]]


@pytest.mark.parametrize(
    ("of", "figures", "wrong"),
    [
        ("core", {"base": -1, "market": TEN}, "base"),
        ("core", {"base": 1, "market": Fraction(-1)}, "market"),
        ("growth", {"base": 1, "market": TEN, "more": 0}, "more"),
        ("star", {"base": 1, "growth": 0}, "growth"),
        ("dog", {"base": 1, "growth": TEN}, "growth"),
        ("question", {"stock": 1, "cut": Fraction(3, 2), "iterations": 1}, "cut"),
        ("core", {"base": 1, "market": TEN, "more": TEN}, "more"),
    ],
)
def test_what_a_class_cannot_mean_is_refused(of, figures, wrong):
    with pytest.raises(DataRefused) as refusal:
        class_aims(of, figures)
    assert [one.params["figure"] for one in refusal.value.findings] == [wrong]
