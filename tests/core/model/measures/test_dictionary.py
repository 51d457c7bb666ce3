"""Measures together: what a formula counts is checked before anything is computed."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.measures.definition import Definition
from quotaloom.core.model.measures.dictionary import dictionary
from quotaloom.core.model.measures.grammar import read_formula
from quotaloom.core.model.measures.quantity import Quantity
from quotaloom.core.model.measures.source import Source

BOOKED = Quantity("money", "included", "booked")
NET = Quantity("money", "excluded", "booked")
PAID = Quantity("money", "included", "collected")
COUNT, SHARE = Quantity("count"), Quantity("share")
SOURCES = {
    "lines": Source(
        "lines",
        {"date": "day", "due": "day", "gross": BOOKED, "net": NET, "n": COUNT, "who": "text"}
        | {"rate": SHARE},
        {"who": "people"},
    ),
    "receipts": Source("receipts", {"date": "day", "amount": PAID}),
    "people": Source("people", {"who": "text", "grade": "text"}),
}


def told(code, formula, counts=BOOKED, kind="additive", **more):
    return Definition(
        code=code,
        names=(code, code),
        meanings=("义", "sense"),
        formula=formula,
        expression=read_formula(formula, code),
        kind=kind,
        counts=counts,
        group=more.pop("group", "own"),
        owner="sales",
        **more,
    )


BASE = (
    told("gross", "sum(lines.gross)"),
    told("net", "sum(lines.net)", NET),
    told("paid", "sum(receipts.amount)", PAID),
    told("pieces", "sum(lines.n)", COUNT),
    told("people", "distinct(lines.who)", COUNT, "distinct"),
)


def refusals(*added):
    with pytest.raises(DataRefused) as caught:
        dictionary((*BASE, *added), SOURCES)
    return caught.value.findings


@pytest.mark.parametrize("formula", ["lines.gross * lines.rate", "lines.rate * lines.gross"])
def test_a_share_of_each_row_counts_what_the_row_counts(formula):
    found = dictionary((*BASE, told("mine", f"sum({formula})")), SOURCES)
    assert found.find("mine").counts == BOOKED


@pytest.mark.parametrize(
    ("formula", "code", "params"),
    [
        (
            "gross + net",
            "measure.taxes_differ",
            {"left": "included", "right": "excluded", "alike": "gross"},
        ),
        ("gross / net", "measure.taxes_differ", {"left": "included", "right": "excluded"}),
        ("gross + pieces", "measure.units_differ", {"left": "money", "right": "count"}),
        ("pieces / gross", "measure.units_differ", {"left": "count", "right": "money"}),
        ("gross - paid", "measure.stages_differ", {"left": "booked", "right": "collected"}),
        ("sum(lines.gross - lines.net)", "measure.taxes_differ", {}),
        ("sum(lines.gross * lines.n)", "measure.row_arithmetic", {}),
        ("sum(lines.gross / lines.n)", "measure.row_arithmetic", {}),
        ("sum(lines.gross + lines.gross * lines.rate)", "measure.row_arithmetic", {}),
        ("last(lines.gross * lines.rate)", "measure.row_arithmetic", {}),
        ("sum(lines.who * lines.rate)", "measure.column_no_figure", {}),
        ("sum(lines.who)", "measure.column_no_figure", {"column": "lines.who"}),
        ("gross + 1", "measure.number_added", {"unit": "money"}),
        ("gross * gross", "measure.no_product", {}),
        ("1 / gross", "measure.number_divided", {}),
        ("1 + 1", "measure.only_number", {}),
        ("pieces + people", "measure.kinds_differ", {"left": "additive", "right": "distinct"}),
        ("to_date(people)", "measure.view_not_additive", {"view": "to_date", "kind": "distinct"}),
        ("previous(3)", "measure.number_viewed", {"view": "previous"}),
        ("lines.gross", "measure.row_outside", {"column": "lines.gross"}),
        ("sum(lines.grosss)", "measure.column_unknown", {"column": "lines.grosss"}),
        ("sum(line.gross)", "measure.source_unknown", {"name": "line"}),
        ("grosss", "measure.unknown", {"name": "grosss"}),
        ("sum(lines.gross, on=lines.who)", "measure.on_no_day", {}),
        ("sum(lines.gross, where=lines.n == 'x')", "measure.compared_unlike", {}),
        ("sum(lines.gross, where=lines.gross > 0.00001)", "measure.compared_unlike", {}),
        ("sum(lines.gross, where=receipts.amount > 0)", "measure.source_other", {}),
        ("pieces", "measure.not_as_said", {"gives": "additive count"}),
    ],
)
def test_unlike_things_do_not_meet(formula, code, params):
    (found,) = refusals(told("mine", formula))
    assert (found.code, found.subject) == (code, "mine")
    assert params.items() <= dict(found.params).items()


@pytest.mark.parametrize(
    ("formula", "counts", "kind"),
    [
        ("gross / people", BOOKED, "ratio"),
        ("paid / gross", SHARE, "ratio"),
        ("1 - paid / gross", SHARE, "ratio"),
        ("to_date(between(gross, paid))", Quantity("money", "included"), "balance"),
        ("gross * 0.5 - gross / 4", BOOKED, "additive"),
        ("sum(days(lines.due, lines.date)) / pieces", Quantity("day"), "ratio"),
        ("sum(lines.gross, where=days(lines.due, lines.date) > 30)", BOOKED, "additive"),
        ("sum(lines.gross, where=lines.who.grade == 'A')", BOOKED, "additive"),
        ("0 - gross", BOOKED, "additive"),
    ],
)
def test_what_is_alike_does(formula, counts, kind):
    found = dictionary((*BASE, told("mine", formula, counts, kind)), SOURCES)
    assert found.find("mine").kind == kind


def test_a_version_counts_from_its_day_on():
    later = told("gross", "sum(lines.gross) * 2", version=2, since=date(2027, 1, 1))
    on = {
        day: dictionary((*BASE, later), SOURCES, day)
        for day in (date(2026, 12, 31), date(2027, 1, 1), None)
    }
    assert [one.find("gross").version for one in on.values()] == [1, 2, 2]


def test_versions_that_do_not_follow_each_other_are_refused():
    twice = told("gross", "sum(lines.gross)")
    undated = told("net", "sum(lines.net)", NET, version=2)
    found = refusals(twice, undated)
    assert [(one.code, one.subject) for one in found] == [
        ("measure.version_twice", "gross"),
        ("measure.version_order", "net"),
    ]


def test_measures_made_of_each_other_are_refused():
    (found,) = refusals(told("a", "b"), told("b", "a"), told("c", "a"))
    assert (found.code, found.subject) == ("measure.circle", "a, b, c")


def test_a_derivation_is_asked_of_any_measure():
    share = told("share", "measure / whole(measure)", SHARE, "ratio", group="any")
    found = dictionary((*BASE, share), SOURCES)
    assert found.find("net.share").counts == SHARE
    for wrong, code in (("people.share", "view_not_additive"), ("net.net", "no_derivation")):
        with pytest.raises(UsageRefused) as caught:
            found.find(wrong)
        assert caught.value.findings[0].code == f"measure.{code}"


def test_references_that_double_are_bounded():
    doubling = [told(f"m{n}", f"m{n - 1} + m{n - 1}") for n in range(1, 30)]
    found = dictionary((*BASE, told("m0", "gross"), *doubling), SOURCES)
    with pytest.raises(UsageRefused) as caught:
        found.written_out(found.find("m29"))
    assert caught.value.findings[0].code == "measure.too_large"
