"""Spoilt outputs are refused or their faults named; nothing falls over."""

from __future__ import annotations

import json
import zipfile
from random import Random

import openpyxl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.recheck.file import recheck
from tests.support.counts import examples
from tests.support.decompositions import Shape, decomposition
from tests.support.workbooks import written

PLAN = decomposition(8, Shape(by=("地区", "产品线"), kind="quarter", kept=0.3))
PIECES = [
    b"", b"<", b">", b'"', b"&", b"\0", b"1e999999", b"NaN", b"-1", b"<v>x</v>", b"</row>",
    b'<row r="1">', b't="s"', b't="e"', b"99999999999", b"\xff\xfe", b"quotaloom:2",
    "地区".encode(),
]  # fmt: skip


def outcome(path):
    """How a re-check ends: anything but these is a fall."""
    try:
        return "holds" if recheck(path).holds else "named"
    except DataRefused as refusal:
        return "refused" if refusal.findings else "refused without a word"


def spoilt(data, random):
    """Some bytes cut out, put in or doubled."""
    for _ in range(random.randrange(1, 4)):
        at, length = random.randrange(len(data) + 1), random.randrange(40)
        piece = random.choice([*PIECES, data[at : at + length] * 2])
        data = data[:at] + piece + data[at + random.choice([0, length]) :]
    return data


@pytest.mark.heavy
def test_no_spoilt_workbook_is_a_crash(tmp_path):
    source = written(PLAN, tmp_path)
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = [name for name in parts if "sheet" in name or name.startswith("xl/workbook")]
    path, random, ends = tmp_path / "spoilt.xlsx", Random(1), set()
    for _ in range(examples(1000)):
        chosen = random.choice(names)
        with zipfile.ZipFile(path, "w") as package:
            for name, data in parts.items():
                package.writestr(name, spoilt(data, random) if name == chosen else data)
        ends.add(outcome(path))
    assert ends == {"holds", "named", "refused"}


@pytest.mark.heavy
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet"])
def test_no_spoilt_bytes_are_a_crash(tmp_path, suffix):
    source = tmp_path / f"plan{suffix}"
    if suffix == ".xlsx":
        source = written(PLAN, tmp_path)
    else:
        write_leaves(PLAN, source)
    path, random, ends = tmp_path / f"spoilt{suffix}", Random(2), set()
    for _ in range(examples(1000)):
        path.write_bytes(spoilt(source.read_bytes(), random))
        ends.add(outcome(path))
    assert "refused" in ends


VALUES = [
    "", "地区", "省", "2027Q1", "2027", 0, -1, 1, 2**62, [], {}, None, True, ["a", "a"],
    [["a", []]], [["地区>省", ["地区", "地区"]]], [["x", ["产品线", "省"]], ["y", ["省"]]],
    {"省": "地区"}, {"2027Q1": ["2027Q1"]}, {"2027Q1": ["2027"], "2027Q2": []},
    [{"where": [["省", "上海"]]}],
]  # fmt: skip


@pytest.mark.heavy
def test_no_changed_layout_is_a_crash(tmp_path):
    """A layout that can be read but tells nonsense about the sheets."""
    source = written(PLAN, tmp_path)
    random, ends = Random(3), set()
    book = openpyxl.load_workbook(source, data_only=True)
    (row,) = [row for row in book["说明"].iter_rows() if row[0].value == "quotaloom:1"]
    honest = row[1].value
    for _ in range(examples(300)):
        told = json.loads(honest)
        for _ in range(random.randrange(1, 3)):
            told[random.choice([key for key in told if key != "format"])] = random.choice(VALUES)
        for sheet in told["sheets"] if isinstance(told["sheets"], list) else ():
            if random.random() < 0.2 and isinstance(sheet, dict):
                sheet |= {
                    "tree": random.choice([0, 1]),
                    "kind": random.choice(["dimension", "member"]),
                }
        row[1].value = json.dumps(told)
        book.save(tmp_path / "told.xlsx")
        ends.add(outcome(tmp_path / "told.xlsx"))
    assert ends >= {"named", "refused"}
    assert "refused without a word" not in ends
