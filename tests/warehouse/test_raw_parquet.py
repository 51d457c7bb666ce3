"""Parquet: typed, as it lies, only what is asked."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.raw import read_raw
from tests.warehouse.hostile.reading import codes, refused

FRAME = pl.DataFrame(
    {
        "日期": [date(2026, 1, 1), date(2026, 1, 2), None],
        " 区\u200b域 ": ["华东", "", None],
        "金额": pl.Series(["100.00", "200.50", "0.00"]).cast(pl.Decimal(18, 2)),
    }
)


@pytest.fixture
def path(tmp_path):
    FRAME.write_parquet(tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_types_are_left_as_they_are(path):
    table = read_raw(path)
    assert table.typed
    assert table.frame.equals(FRAME.rename({" 区\u200b域 ": "区域"}))
    assert (table.headers, table.letters) == (("日期", "区域", "金额"), ("A", "B", "C"))
    assert (table.rows.to_list(), table.rows.dtype) == ([1, 2, 3], pl.UInt32)


def test_only_asked_columns_are_read(path):
    table = read_raw(path, columns=["金额", "没有"])
    assert (table.frame.columns, table.letters) == (["金额"], ("C",))
    assert read_raw(path, columns=[]).rows.len() == 3


def test_the_name_does_not_matter(path):
    assert read_raw(path.rename(path.with_suffix(".csv"))).typed


def test_h15_no_rows(tmp_path):
    FRAME.head(0).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(DataRefused, match="no_rows"):
        read_raw(tmp_path / "a.parquet")


def test_h36_headers_that_become_equal(tmp_path):
    pl.DataFrame({"区域": [1], "区域 ": [2]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(DataRefused, match="header_twice"):
        read_raw(tmp_path / "a.parquet")


@pytest.mark.parametrize("kept", [4, 100, -8, -1])
def test_h22_a_cut_file(tmp_path, path, kept):
    assert codes(refused(tmp_path, "b.parquet", path.read_bytes()[:kept])) == ["file_damaged"]


def test_a_damaged_page_is_a_refusal(tmp_path, path):
    data = bytearray(path.read_bytes())
    data[4:200] = bytes(196)
    assert codes(refused(tmp_path, "b.parquet", bytes(data))) == ["file_damaged"]
