"""Hostile files given to the command: what a case says must come out, and the run that shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from quotaloom.cli.main import main
from tests.warehouse.hostile import xlsx
from tests.warehouse.hostile.xlsx import Tab, number

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HEAD = "日期,区域,金额"
DAYS = ("2026-01-05", "2026-06-15", "2026-12-20")  # the whole year, so that nothing is completed
PLAIN = "华东 4000, 华南 2000"  # what TABLE holds by region
BEFORE = "what stood here before\n"
ASKED = ("--total", "1x", "--year", "2027", "--by", "区域", "--time", "quarter", "--unit", "0.01")


@dataclass(frozen=True)
class Case:
    """One hostile input.

    ``zh`` and ``en`` hold a pattern for each line that must be said; `` … `` in it stands for
    anything. ``plan`` is the plan by region, empty where the input is refused: with ``--total 1x``
    it is what was read. ``also`` are more files in the folder.
    """

    row: str
    name: str
    data: str | bytes
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    plan: str = ""
    options: tuple[str, ...] = ()
    also: tuple[tuple[str, str | bytes], ...] = ()
    asked: tuple[str, ...] = ASKED
    code: int = 3

    @property
    def label(self) -> str:
        """What the test is called."""
        return " ".join((self.row, self.name, *self.options))


class Said(NamedTuple):
    """What a run of the command left."""

    code: int
    out: str
    err: str
    plan: str


def accepted(row, name, data, zh=(), en=(), plan=PLAIN, **more):
    """A case that is read; the lines say what was normalised."""
    return Case(row, name, data, _lines(zh), _lines(en), plan, code=0, **more)


def refused(row, name, data, zh, en, **more):
    """A case that is refused; the lines name the place, the cause and the way out."""
    return Case(row, name, data, _lines(zh), _lines(en), **more)


def _lines(said):
    return (said,) if isinstance(said, str) else tuple(said)


def table(amount="2000", region="华南", day=DAYS[1], head=HEAD):
    """A csv of three rows whose middle one, in line 3, holds these texts."""
    return f"{head}\n{DAYS[0]},华东,1000\n{day},{region},{amount}\n{DAYS[2]},华东,3000\n"


def serial(day):
    """A day as Excel stores it."""
    return date.fromisoformat(day).toordinal() - date(1899, 12, 30).toordinal()


def rows(amount=2000, region="华南", day=None, head=HEAD):
    """The same three rows as cells of a workbook; ``day`` is a cell."""
    middle = number(serial(DAYS[1]), 1) if day is None else day
    return [
        head.split(","),
        [number(serial(DAYS[0]), 1), "华东", 1000],
        [middle, region, amount],
        [number(serial(DAYS[2]), 1), "华东", 3000],
    ]


def book(amount=2000, region="华南", day=None, head=HEAD, **shape):
    """A workbook of these rows; ``shape`` is what else a sheet has."""
    return xlsx.workbook(Tab(rows=rows(amount, region, day, head), **shape))


def run(case: Case, folder: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> Said:
    """Write the files of a case, run the command on them, read what it wrote."""
    for name, data in ((case.name, case.data), *case.also):
        path = folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    out = folder / "plan.csv"
    out.write_text(BEFORE, encoding="utf-8")
    before = sorted(folder.iterdir())
    words = (case.name, *case.asked, *case.options, "--out", "plan.csv", "--lang", lang)
    code = main(["decompose", *words])
    said = capsys.readouterr()
    assert sorted(folder.iterdir()) == before, "a file is left behind"
    return Said(code, said.out, said.err, _plan(out))


def _plan(path: Path) -> str:
    """The plan by region as a text, or the text that stood there before."""
    if path.read_text(encoding="utf-8") == BEFORE:
        return ""
    frame = pl.read_csv(path, infer_schema=False)
    amounts = frame.with_columns(pl.col("quota").cast(pl.Decimal(18, 2)))
    sums = amounts.group_by(frame.columns[1]).agg(pl.col("quota").sum())
    return ", ".join(f"{name} {_shown(quota)}" for name, quota in sums.sort(sums.columns[0]).rows())


def _shown(quota):
    return f"{quota:f}".rstrip("0").rstrip(".")


def says(text: str, pattern: str) -> bool:
    """Whether one line of the text holds the parts of the pattern in their order."""
    shape = ".*".join(re.escape(part.strip()) for part in pattern.split(" … "))
    return re.search(shape, text) is not None
