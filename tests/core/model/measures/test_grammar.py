"""Formulas read: what the language has, and that nothing else gets in."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.measures.expression import (
    Aggregate,
    Arithmetic,
    Blank,
    Column,
    Compare,
    Junction,
    Negation,
    Number,
    OneOf,
    Reference,
    Viewed,
)
from quotaloom.core.model.measures.grammar import read_formula


def refusal(text):
    with pytest.raises(DataRefused) as caught:
        read_formula(text, "mine")
    return caught.value.findings[0]


def test_a_number_is_read_digit_by_digit():
    assert read_formula("0.1 * booked") == Arithmetic(
        "*", Number(Fraction(1, 10)), Reference("booked")
    )


def test_conditions_are_values_too():
    text = (
        "sum(leads.amount, where=(leads.a == 'x' or leads.b in ('y', 'z')) "
        "and not blank(leads.c) and leads.d >= 2, on=leads.day)"
    )
    assert read_formula(text) == Aggregate(
        "sum",
        "leads",
        Column("leads", "amount"),
        Junction(
            "and",
            (
                Junction(
                    "or",
                    (
                        Compare("==", Column("leads", "a"), "x"),
                        OneOf(Column("leads", "b"), ("y", "z")),
                    ),
                ),
                Negation(Blank(Column("leads", "c"))),
                Compare(">=", Column("leads", "d"), Number(Fraction(2))),
            ),
        ),
        Column("leads", "day"),
    )


def test_a_column_may_lead_through_a_member():
    found = read_formula("distinct(lines.customer, of=lines.order, at_least=2)")
    assert (found.of, found.at_least) == (Column("lines", "order"), 2)
    assert read_formula("lines.customer.grade") == Column("lines", "grade", "customer")


def test_a_figure_may_be_seen_from_elsewhere():
    assert read_formula("previous(a) / elapsed()") == Arithmetic(
        "/", Viewed("previous", Reference("a")), Viewed("elapsed")
    )


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("__import__('os').system('x')", "measure.formula_call", "__import__('os').system('x')"),
        ("(lambda: 1)()", "measure.formula_call", "(lambda: 1)()"),
        ("[a for a in b]", "measure.formula_piece", "[a for a in b]"),
        ("a if b else c", "measure.formula_piece", "a if b else c"),
        ("a ** 9", "measure.formula_piece", "a ** 9"),
        ("a // 2", "measure.formula_piece", "a // 2"),
        ("'text'", "measure.formula_piece", "'text'"),
        ("True", "measure.formula_piece", "True"),
        ("1e99", "measure.formula_number", "1e+99"),
        ("a.b.c.d", "measure.formula_column", "a.b.c.d"),
        ("a().b", "measure.formula_column", "a().b"),
        ("sum(a.b, where=1 < a.b < 3)", "measure.formula_condition", "1 < a.b < 3"),
        ("sum(a.b, of=a.c)", "measure.formula_call", "sum(a.b, of=a.c)"),
        ("sum(a.b, **c)", "measure.formula_call", "sum(a.b, **c)"),
        ("distinct(a.b, of=a.c)", "measure.formula_call", "a.c"),
        ("sum(a.b - c.d)", "measure.formula_sources", "sum(a.b - c.d)"),
        ("sum(1)", "measure.formula_sources", "sum(1)"),
        ("count('a')", "measure.formula_call", "count('a')"),
        ("elapsed(a)", "measure.formula_call", "elapsed(a)"),
        ("a +", "measure.formula_unreadable", "a +"),
        ("", "measure.formula_unreadable", ""),
        ("\0", "measure.formula_unreadable", "\0"),
        ("a; b", "measure.formula_unreadable", "a; b"),
    ],
)
def test_what_the_language_lacks_is_named(text, code, piece):
    found = refusal(text)
    assert (found.code, found.subject, found.params["piece"]) == (code, "mine", piece)


@pytest.mark.parametrize(
    "text",
    ["a + " * 400 + "a", "(" * 300 + "a" + ")" * 300, "-" * 100 + "a", "a" + "+a" * 99],
    ids=["long", "brackets", "deep", "deep to the left"],
)
def test_a_formula_beyond_its_bounds_is_refused(text):
    assert refusal(text).code in {"measure.formula_large", "measure.formula_unreadable"}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(DataRefused):
        read_formula(text)
