"""A catalogue of measures: what it says of each is kept in a plan's definition, to the letter."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.plan.catalogue import CATALOGUE
from quotaloom.planfile.definition import read_definition, write_definition
from quotaloom.planfile.measure_file import read_measures, write_measures
from tests.planfile.test_definition import TEXT

FULL = PlanMeasure(
    "率, 一",
    "ratio",
    unit=1,
    is_money=False,
    numerator="a",
    denominator="b",
    declared="denominator",
    at_least="c",
    name="毛利率",
    name_en="Margin rate",
    counted_in="%",
    is_financial=False,
    better="lower",
    weight=40,
)


@pytest.mark.parametrize("one", [*CATALOGUE.values(), FULL], ids=lambda one: one.code)
def test_a_measure_is_read_as_it_was_written(one):
    assert read_measures(write_measures([one])) == (one,)


@pytest.mark.parametrize("name", [one.name for one in fields(PlanMeasure)])
def test_no_field_of_a_measure_is_left_out(name):
    assert getattr(FULL, name) != getattr(PlanMeasure(""), name)


def test_a_definition_keeps_what_its_measures_are():
    head = replace(read_definition(TEXT), measures=tuple(CATALOGUE.values()))
    assert read_definition(write_definition(head)).measures == head.measures


def test_all_that_is_wrong_is_told_with_its_line():
    text = "measure a\n  unit: 1\n  better: worse\naxis b\nmeasure c\n  unit: x\n"
    with pytest.raises(DataRefused) as caught:
        read_measures(text, file="目录.txt")
    places = {(one.code, one.params["row"]) for one in caught.value.findings}
    assert places == {
        ("planfile.word_unknown", 3),
        ("planfile.verb_unknown", 4),
        ("planfile.number_unreadable", 6),
    }
