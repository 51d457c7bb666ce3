"""The frames in which the parts of the house meet."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.frames import FACT, check_frame

GOOD = pl.DataFrame({"date": [date(2027, 1, 1)], "amount": [10_000], "大区": ["华东"], "x": [0.5]})


def faults(frame):
    with pytest.raises(DataRefused) as caught:
        check_frame(frame, FACT, ("大区",))
    return [(finding.code, finding.subject) for finding in caught.value.findings]


def test_a_frame_of_facts_may_have_more_columns():
    check_frame(GOOD, FACT, ("大区",))


def test_all_faults_of_a_frame_are_named_at_once():
    wrong = GOOD.drop("date").with_columns(pl.col("amount").cast(pl.Float64))
    assert faults(wrong.with_columns(pl.lit(None, pl.String).alias("大区"))) == [
        ("frame.column_missing", "date"),
        ("frame.column_type", "amount"),
        ("frame.nulls", "大区"),
    ]


def test_an_amount_that_is_not_there_is_refused():
    assert faults(GOOD.with_columns(pl.lit(None, pl.Int64).alias("amount"))) == [
        ("frame.nulls", "amount")
    ]
