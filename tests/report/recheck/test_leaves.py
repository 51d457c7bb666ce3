"""A leaves file that somebody edited."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.recheck.file import recheck
from tests.support.decompositions import Shape, decomposition

PLAN = decomposition(6, Shape(by=("地区", "产品线"), kind="quarter", kept=0.8))


def edited(tmp_path, change, encoding="utf-8-sig"):
    """The findings about a csv file whose rows (header first) were changed by hand."""
    path = write_leaves(PLAN, tmp_path / "leaves.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return recheck(path)


def code(again):
    (finding,) = again.findings
    return finding.code, dict(finding.params)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_fresh_file_holds(tmp_path, suffix):
    again = recheck(write_leaves(PLAN, tmp_path / f"leaves{suffix}"))
    assert again.findings == ()
    assert again.checks[0].params["total"] == str(PLAN.total // 100)
    assert all(check.count and not check.failed for check in again.checks)


def test_a_file_saved_in_another_encoding_holds(tmp_path):
    assert edited(tmp_path, lambda _: None, "gb18030").findings == ()


def test_the_total_of_a_csv_is_told(tmp_path):
    def more(rows):
        rows[3][-1] = str(int(rows[3][-1]) + 700)

    again = edited(tmp_path, more)
    assert again.findings == ()
    assert again.checks[0].params["total"] == str(PLAN.total // 100 + 700)


def test_a_member_under_a_second_parent_is_named(tmp_path):
    def move(rows):
        rows[5][1] = "华南"

    again = edited(tmp_path, move)
    (params,) = (one.params for one in again.findings if one.code == "recheck.two_parents")
    assert (params["row"], params["column"], params["value"]) == (6, "地区", "华南")


def test_a_leaf_that_stands_twice_is_named(tmp_path):
    found, params = code(edited(tmp_path, lambda rows: rows.append(rows[4])))
    assert (found, params["first"]) == ("recheck.leaf_twice", 5)


def test_a_leaf_that_is_gone_is_named(tmp_path):
    found, params = code(edited(tmp_path, lambda rows: rows.pop(4)))
    assert (found, params["period"]) == ("recheck.leaf_missing", "2027Q4")


@pytest.mark.parametrize("text", ["", "abc", "1e5", "1_000", "NaN", "Infinity", "1e999999", "١"])
def test_an_amount_that_cannot_be_read_is_named(tmp_path, text):
    def spoil(rows):
        rows[4][-1] = text

    found, params = code(edited(tmp_path, spoil))
    assert (found, params["row"], params["value"]) == ("recheck.leaf_unreadable", 5, text)


def test_separators_are_read(tmp_path):
    def separate(rows):
        rows[4][-1] = f"{int(rows[4][-1]):,}.00"

    assert edited(tmp_path, separate).findings == ()


def test_a_part_of_a_cent_is_no_amount_of_money(tmp_path):
    def spoil(rows):
        rows[4][-1] = "5.123"

    found, params = code(edited(tmp_path, spoil))
    assert (found, params["below"], params["above"]) == ("recheck.no_multiple", "5.12", "5.13")


def test_a_missing_column_is_refused(tmp_path):
    def rename(rows):
        rows[0][-1] = "amount"

    with pytest.raises(DataRefused) as refusal:
        edited(tmp_path, rename)
    assert refusal.value.findings[0].code == "recheck.column_missing"


def changed_parquet(tmp_path, *changes):
    path = write_leaves(PLAN, tmp_path / "leaves.parquet")
    metadata = pl.read_parquet_metadata(path)
    frame = pl.read_parquet(path).with_columns(*changes)
    frame.write_parquet(path, metadata={"quotaloom": metadata["quotaloom"]})
    return recheck(path)


def test_a_parquet_file_knows_its_total_unit_and_wishes(tmp_path):
    first = pl.int_range(pl.len()) == 0
    again = changed_parquet(
        tmp_path, pl.when(first).then(pl.col("quota") + 30).otherwise(pl.col("quota"))
    )
    assert [finding.code for finding in again.findings] == [
        "recheck.total_differs",
        "recheck.wish_missed",
        "recheck.no_multiple",
    ]


def test_a_parquet_file_of_others_is_checked_by_its_columns(tmp_path):
    path = write_leaves(PLAN, tmp_path / "leaves.parquet")
    pl.read_parquet(path).write_parquet(path)
    again = recheck(path)
    assert again.checks[0].code == "recheck.leaves_total"
    assert again.findings == ()


def test_a_period_that_was_never_planned_is_no_crash(tmp_path):
    again = changed_parquet(tmp_path, pl.col("period").str.replace("2027Q1", "2028Q1"))
    assert again.checks[0].code == "recheck.leaves_total"


@pytest.mark.parametrize(
    "content", [b"", b"PAR1xxxxPAR1", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_rubbish_is_refused(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(DataRefused):
        recheck(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DataRefused):
        recheck(tmp_path / "none.xlsx")
