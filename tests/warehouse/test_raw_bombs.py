"""Files that are small on disk and large inside, each read or refused in its own process."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile

import pytest

from tests.warehouse.hostile import xls, xlsx
from tests.warehouse.hostile.xlsx import Tab

SECONDS, MIB = 10, 512
SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["区域", "金额"], ["华东", 100]]
CHILD = """
import json, resource, sys
from pathlib import Path
from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.raw import read_raw
try:
    said = str(read_raw(Path(sys.argv[1])).frame.shape)
except DataRefused as refusal:
    said = refusal.findings[-1].code
used = resource.getrusage(resource.RUSAGE_SELF)
lines = Path("/proc/self/status").read_text().splitlines()  # ru_maxrss would count the parent, too
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps([said, peak // 1024, used.ru_utime + used.ru_stime]))
"""


def stuffed(part, old, piece, count):
    """A workbook whose ``part`` holds ``count`` more pieces before ``old``, packed piecewise."""
    parts = xlsx.parts(Tab(rows=ROWS))
    before, _, after = parts.pop(part).partition(old)
    target = io.BytesIO()
    many = max(1, (1 << 20) // len(piece))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(part, "w") as member:
            member.write(before.encode())
            for _ in range(count // many):
                member.write(piece.encode() * many)
            member.write((old + after).encode())
    return target.getvalue()


def far_xls():
    sheet = xls.table([["区域", "金额"], ["华东", 100.0]]) + xls.number_record(65_535, 199, 1.0)
    return xls.workbook({"数据": sheet})


BOMBS = {
    "zeros.csv.gz": (lambda: gzip.compress(b"0" * (300 << 20), 1), "intake.unpacked_too_large"),
    "blank.xlsx": (lambda: stuffed(SHEET, "</sheetData>", " ", 400 << 20), "(1, 2)"),
    "rows.xlsx": (lambda: stuffed(SHEET, "</sheetData>", "<row/>", 10**6), "(1, 2)"),
    "cells.xlsx": (
        lambda: stuffed(SHEET, "</row></sheetData>", "<c/>", 5 * 10**6),
        "(1, 2)",
    ),
    "text.xlsx": (lambda: stuffed(SHEET, "华东", "长" * 1000, 10**5), "intake.cell_too_long"),
    "strings.xlsx": (
        lambda: stuffed("xl/sharedStrings.xml", "</sst>", "<si/>", 6 * 10**6),
        "intake.strings_too_many",
    ),
    "tags.xlsx": (
        lambda: stuffed("xl/styles.xml", "</styleSheet>", "<x/>", 2 * 10**7),
        "intake.cells_too_many",
    ),
    "deep.xlsx": (
        lambda: stuffed(SHEET, "</sheetData>", "<d>", 3 * 10**6),
        "intake.file_damaged",
    ),
    "far.xls": (far_xls, "intake.far_cell"),
}


@pytest.mark.heavy
@pytest.mark.parametrize("name", BOMBS)
def test_s9_a_bomb_stays_within_time_and_memory(tmp_path, name):
    build, expected = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(build())
    assert path.stat().st_size < 5 << 20
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, check=True, text=True
    )
    said, mib, seconds = json.loads(done.stdout)
    assert said == expected
    assert mib < MIB
    assert seconds < SECONDS, "of the processor, so that a busy machine does not count"
