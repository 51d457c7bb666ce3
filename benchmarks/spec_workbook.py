"""A whole workbook with formulas and checks, beside plain writing of as many cells."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl
from tests.support.decompositions import decomposition, from_leaves

from benchmarks.measure import side_by_side
from benchmarks.registry import Line, Spec
from quotaloom.report.recheck.file import recheck
from quotaloom.report.workbook.files import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.decomposition import Decomposition

LEAVES = 100_000


def plan() -> Decomposition:
    """So many leaves under two hierarchies, twelve months each."""
    periods = [period.label for period in decomposition().periods]
    members = pl.DataFrame({"n": range(LEAVES // len(periods) + 1)}).select(
        pl.format("大区{}", pl.col("n") % 8).alias("地区"),
        pl.format("省{}-{}", pl.col("n") % 8, pl.col("n") % 40).alias("省"),
        pl.format("产品{}", pl.col("n")).alias("产品"),
    )
    amounts = {"basis": pl.lit(1, pl.Int64), "quota": pl.lit(10**6, pl.Int64)}
    leaves = members.join(pl.DataFrame({"period": periods}), how="cross").select(
        "period", "地区", "省", "产品", **amounts
    )
    return from_leaves(leaves, (("地区>省", ("地区", "省")), ("产品", ("产品",))), derivations=())


def cells_of(path: Path) -> list[list[int]]:
    """Rows and columns of every sheet."""
    from openpyxl import load_workbook

    sheets = load_workbook(path, read_only=True).worksheets
    return [[sheet.max_row or 1, sheet.max_column or 1] for sheet in sheets]


def plain(path: Path, sheets: list[list[int]]) -> None:
    """As many cells, a number each, nothing else."""
    from xlsxwriter import Workbook

    book = Workbook(path, {"constant_memory": True})
    for rows, columns in sheets:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, range(columns))
    book.close()


def measure() -> Iterable[Line]:
    """The workbook must recheck without a finding."""
    asked = plan()
    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        ours, theirs = Path(folder) / "plan.xlsx", Path(folder) / "plain.xlsx"
        write_workbook(asked, ours, "zh")
        if recheck(ours).findings:
            raise ValueError("the workbook does not hold")
        sheets = cells_of(ours)
        took, plainly = side_by_side(
            lambda: write_workbook(asked, ours, "zh"), lambda: plain(theirs, sheets)
        )
        note = f"{sum(rows * columns for rows, columns in sheets) / 1e6:.2f}M cells"
        task = f"workbook of {LEAVES // 1000}k leaves"
        yield Line(task, took, 4, "XlsxWriter, plain numbers", plainly, 2, note)


SPEC = Spec("workbook", measure)
