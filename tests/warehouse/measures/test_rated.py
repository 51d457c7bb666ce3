"""Shares of rows added up: exact beyond 64 bits, and rounded once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import polars as pl

from quotaloom.core.model.money import half_up
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.engines.embedded import embedded
from quotaloom.warehouse.measures.evaluate import Question, evaluate

DAY = date(2026, 1, 5)
LARGEST = 5 * 10**13  # five thousand million yuan, in 1/10,000


def asked(path, rows, **more):
    """The weighted pipeline of opportunities: amount, probability and member of each."""
    columns = ["amount", "probability", "region"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    told = {"opportunity": [str(one) for one in range(len(rows))]}
    told |= {"date": [DAY] * len(rows), "closed": [None] * len(rows)}
    frame.with_columns(pl.DataFrame(told, schema_overrides={"closed": pl.Date})).write_parquet(path)
    question = Question(codes=("weighted_pipeline",), files={"opportunities": (path,)}, **more)
    with embedded() as engine:
        return evaluate(question, measures(), engine).frame


def test_the_shares_of_large_rows_are_exact(tmp_path):
    dice = Random(3)
    rows = [
        (
            dice.randrange(LARGEST),
            dice.choice([None, 1, 333_333, 999_999, 10**6]),
            dice.choice("甲乙"),
        )
        for _ in range(500)
    ]
    found = asked(tmp_path / "a.parquet", rows, keys=("region",)).sort("region")
    for region, _, fen in found.iter_rows():
        own = [(amount, rate) for amount, rate, where in rows if where == region and rate]
        exact = sum(Fraction(amount * rate, 10**6) for amount, rate in own)
        assert fen == half_up(exact / 100), region
    assert found.height == 2


def test_it_is_rounded_once_and_not_by_the_row(tmp_path):
    rows = [(50, 500_000, "甲")] * 3  # a quarter of a 分 each
    found = asked(tmp_path / "a.parquet", rows)
    assert found["weighted_pipeline"].to_list() == [1]


def test_without_any_probability_nothing_counts(tmp_path):
    found = asked(tmp_path / "a.parquet", [(100_0000, None, "甲"), (0, 10**6, "甲")])
    assert found["weighted_pipeline"].to_list() == [0]
