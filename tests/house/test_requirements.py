"""docs/requirements.csv traces every requirement to the code and the tests that fulfil it."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest

from tests.support.shared import FOLDER
from tests.support.sources import ROOT, parsed

COUNTS = "A46 B45 C34 D30 E33 F25 G18 H32 I37 J31 K21 L35 M27 N17 O36 P14 Q14 R21"
IDS = [f"{one[0]}{n}" for one in COUNTS.split() for n in range(1, int(one[1:]) + 1)]
STATUSES = {"none", "template", "partial", "done"}


def rows():
    with (ROOT / "docs/requirements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def functions_of(path):
    """The names of the tests in a file; empty where there is no such file."""
    file = ROOT / path
    if not (path.startswith("tests/") and file.is_file()):
        return frozenset()
    source = parsed(file.read_text(encoding="utf-8"), path)
    return frozenset(function.name for function in source.functions())


def untrue(row):
    """What is wrong with a row, one line each. ``where`` and ``test`` are parted by spaces."""
    found = []
    if row["status"] not in STATUSES:
        found.append(f"{row['ID']}: no status {row['status']!r}")
    if row["status"] == "done" and not row["test"]:
        found.append(f"{row['ID']}: done without a test")
    if row["status"] in {"done", "partial", "template"} and not row["where"]:
        found.append(f"{row['ID']}: {row['status']} without a place")
    if row["status"] == "none" and (row["where"] or row["test"]):
        found.append(f"{row['ID']}: none, and yet a place or a test")
    lost = [path for path in row["where"].split() if not (ROOT / path).exists()]
    lost += [test for test in row["test"].split() if not exists(test)]
    return found + [f"{row['ID']}: no {name}" for name in lost]


def exists(test):
    path, _, name = test.partition("::")
    return bool(name) and name.startswith("test_") and name in functions_of(path)


def test_every_requirement_has_its_row_in_order():
    assert len(IDS) == 516
    assert [row["ID"] for row in rows()] == IDS


def test_every_row_is_true():
    assert [text for row in rows() for text in untrue(row)] == []


def test_the_header_is_what_readers_expect():
    assert list(rows()[0]) == ["ID", "status", "where", "test"]


def test_the_list_is_that_of_the_specification():
    page = FOLDER.parent / "spec/REQUIREMENTS.md"
    if not page.exists():
        pytest.skip("the specification is not here")
    catalogue = page.read_text(encoding="utf-8").split("\n## 1.")[1].split("\n## 2.")[0]
    assert re.findall(r"^\| ([A-Z]\d+) \|", catalogue, re.MULTILINE) == IDS


HERE = "tests/house/test_requirements.py"


@pytest.mark.parametrize(
    ("status", "where", "test", "complaint"),
    [
        ("none", "", "", None),
        ("partial", "src/quotaloom/core", "", None),
        ("done", "src/quotaloom", f"{HERE}::test_a_row_that_is_untrue_is_named", None),
        ("ready", "", "", "F1: no status 'ready'"),
        ("done", "src/quotaloom", "", "F1: done without a test"),
        ("partial", "", "", "F1: partial without a place"),
        ("none", "src/quotaloom", "", "F1: none, and yet a place or a test"),
        ("partial", "src/quotaloom/nowhere.py", "", "F1: no src/quotaloom/nowhere.py"),
        ("partial", "src", f"{HERE}::test_of_nothing", f"F1: no {HERE}::test_of_nothing"),
        ("partial", "src", HERE, f"F1: no {HERE}"),
        ("partial", "src", "tests/none.py::test_a", "F1: no tests/none.py::test_a"),
        ("partial", "src", f"{HERE}::untrue", f"F1: no {HERE}::untrue"),
    ],
)
def test_a_row_that_is_untrue_is_named(status, where, test, complaint):
    row = {"ID": "F1", "status": status, "where": where, "test": test}
    assert untrue(row) == ([complaint] if complaint else [])
