"""A plan of 12,000 cells whose weights changed: our spread beside LibreOffice recalculating it."""

from __future__ import annotations

import subprocess
import tempfile
from functools import partial
from pathlib import Path
from shutil import which
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import xlsxwriter

from benchmarks.arena import arena
from benchmarks.measure import side_by_side, timed
from benchmarks.registry import Line, Skip, Spec
from benchmarks.spec_spread import full

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.arena import Arena

TASK = "a 12,000-cell plan, weights changed, LibreOffice"
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>"""
HEADERS = ("parent", "total", "weight", "held", "kept", "free", "share", "part", "rank", "quota")


def formulas(row: int, last: int) -> tuple[str, ...]:
    """The columns free to quota of one row, as a spreadsheet user writes them."""

    def column(letter: str) -> str:
        return f"${letter}$2:${letter}${last}"

    def total(letter: str) -> str:
        return f"SUMIFS({column(letter)},{column('A')},A{row})"

    rest = f"(B{row}-SUMIFS({column('E')},{column('A')},A{row},{column('D')},1))"
    ahead = f'COUNTIFS({column("A")},A{row},{column("G")},">"&G{row})'
    return (
        f"=IF(D{row}=1,0,C{row})",
        f"=MOD({rest}*F{row}/{total('F')},1)",
        f"=INT({rest}*F{row}/{total('F')})",
        f"={ahead}+1",
        f"=IF(D{row}=1,E{row},H{row}+IF(I{row}<={rest}-{total('H')},1,0))",
    )


def write_plan(plan: Arena, path: Path) -> None:
    """The plan as a workbook without cached values."""
    columns = (plan.parents, plan.totals[plan.parents], plan.weights, plan.held, plan.kept)
    rows = zip(*(column.astype(np.int64).tolist() for column in columns), strict=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number - 1, 0, (*row, *formulas(number, len(plan.weights) + 1)))


def settle_home(folder: Path) -> None:
    """A home for the program in which it recalculates what it opens; it does not by default."""
    home = folder / "home" / "user"
    home.mkdir(parents=True)
    (home / "registrymodifications.xcu").write_text(ALWAYS)


def recalculate(office: str, book: Path) -> None:
    """Open, recalculate, save as csv: includes the start of the program."""
    home = f"-env:UserInstallation=file://{book.parent}/home"
    command = [office, home, "--headless", "--convert-to", "csv", "--outdir", book.parent, book]
    subprocess.run(command, check=True, capture_output=True)


def measure() -> Iterable[Line | Skip]:
    """One line, or why not."""
    office = which("soffice")
    if office is None:
        yield Skip(TASK, "no soffice on the path")
        return
    plan = arena(120, 100)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "plan.xlsx"
        write_plan(plan, book)
        settle_home(book.parent)
        (ours,) = side_by_side(partial(full, plan))
        theirs = median(timed(partial(recalculate, office, book)) for _ in range(5))
        cells = np.genfromtxt(book.with_suffix(".csv"), delimiter=",", skip_header=1)
    wrong = int((cells[:, -1] != full(plan)).sum())
    note = f"{wrong} of {len(cells)} cells differ from ours"
    yield Line(TASK, ours, 1 / 1000, "LibreOffice", theirs, 1 / 10_000, note=note)


SPEC = Spec("office", measure)
