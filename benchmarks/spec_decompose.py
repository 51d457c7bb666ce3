"""Ten million order lines to a million leaves, end to end, beside pandas and DuckDB + openpyxl."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.decompose_data import write_lines
from benchmarks.registry import Line, Spec

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS, TUPLES, TOTAL = 10_000_000, 84_000, 120_000_000_000
REPEATS = 5


def job(name: str, lines: Path, out: Path) -> tuple[float, int]:
    """Seconds and peak MiB of one job in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.decompose_jobs", name, str(lines), str(out), str(TOTAL)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), int(peak)


def paired(
    ours: tuple[str, Path], theirs: tuple[str, Path], lines: Path, most: float = 1
) -> tuple[Line, ...]:
    """Both jobs turn by turn; the line of the pair, ours taking at most so many times as long."""
    runs = [[job(name, lines, out) for name, out in (ours, theirs)] for _ in range(REPEATS)]
    mine, peer = (median(run[side][0] for run in runs) for side in (0, 1))
    peaks = [max(run[side][1] for run in runs) for side in (0, 1)]
    task = f"{ROWS // 10**6}M lines → {TUPLES * 12 / 1e6:.1f}M leaves → {ours[1].suffix}"
    note = f"peak {peaks[0]} MiB against {peaks[1]} MiB"
    return (Line(task, mine, most, theirs[0], peer, note=note),)


def measure() -> Iterable[Line]:
    """Both comparisons, each process from its start to its file.

    Our workbook has every node with its sums as 710,000 formulas, the grounds and the checks; the
    peer's has the leaves as plain figures. It is allowed twice the time.
    """
    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        home = Path(folder)
        lines = home / "lines.parquet"
        write_lines(lines, ROWS, TUPLES)
        yield from paired(("ours", home / "a.parquet"), ("pandas", home / "b.parquet"), lines)
        yield from paired(("ours", home / "a.xlsx"), ("duckdb", home / "b.xlsx"), lines, 2)


SPEC = Spec("decompose", measure)
