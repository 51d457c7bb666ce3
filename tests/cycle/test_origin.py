"""A refusal without a place names the files that it can have come from."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from quotaloom.core.model.findings import error, info
from quotaloom.cycle.origin import input_files, with_origin
from quotaloom.cycle.request import DecomposeRequest

REQUEST = DecomposeRequest(
    (Path("x/a.csv"), Path("b.csv")),
    "1",
    2027,
    join=("p/产品 表.csv on 品号=编码 as p",),
    weights=Path("w.csv"),
    roster=Path("r.csv"),
)


def files(finding, request=REQUEST):
    return with_origin([finding], request)[0].params.get("file")


def test_every_input_is_named_once():
    names = ["x/a.csv", "b.csv", "w.csv", "p/产品 表.csv", "r.csv"]
    assert [path.as_posix() for path in input_files(REQUEST)] == names


def test_an_error_without_a_file_gets_the_tables():
    assert files(error("hierarchy.cycle", "张三")) == "a.csv, b.csv, w.csv, 产品 表.csv"
    assert files(error("roster.twice", "张三")) == "r.csv"


def test_what_names_a_file_or_stops_nothing_stays():
    assert files(error("intake.no_rows", file="b.csv")) == "b.csv"
    assert files(info("where.kept")) is None


def test_many_files_are_counted():
    many = DecomposeRequest(tuple(Path(f"{n}.csv") for n in range(9)), "1", 2027)
    assert files(error("x.y"), many) == "0.csv, 1.csv, 2.csv, 3.csv, 4.csv … (+4)"


def test_a_frame_has_no_file():
    assert files(error("x.y"), DecomposeRequest(pl.DataFrame(), "1", 2027)) is None
