"""Each floor contract catches what it is there to catch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")
HOUSE = "Floors of the house"
CORE = "Floors of the core: engines meet in frames"
PURE = "The core is pure"
TYPED = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The house with its contracts, in a folder of its own."""
    place = tmp_path_factory.mktemp("a house")
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def broken(copy):
    """The names of the contracts that the linter finds broken."""
    path = {"PYTHONPATH": str(copy / "src"), "PYTHONUTF8": "1"}
    told = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=copy,
        env=os.environ | path,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "Contracts:" in told, told
    return [line.removesuffix(" BROKEN") for line in told.splitlines() if line.endswith(" BROKEN")]


@pytest.fixture
def sabotaged(copy):
    """Puts files into the copy and takes them out again."""
    placed = []

    def place(files):
        for path, text in files.items():
            file = copy / "src/quotaloom" / path
            folders = [folder for folder in file.parents if not folder.exists()]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            placed.extend([file, *folders])
        return copy

    yield place
    for path in placed:
        path.rmdir() if path.is_dir() else path.unlink()


def test_the_house_keeps_its_floors(copy):
    assert broken(copy) == []


@pytest.mark.parametrize(
    ("contract", "files"),
    [
        (HOUSE, {"core/model/zz.py": "import quotaloom.cycle"}),
        (HOUSE, {"core/model/zz.py": TYPED + "import quotaloom.report"}),
        (HOUSE, {"warehouse/zz.py": "def open():\n    from quotaloom import cycle\n"}),
        (HOUSE, {"report/zz.py": "from quotaloom import cli"}),
        (HOUSE, {"helpers/__init__.py": ""}),
        (HOUSE, {"stray.py": ""}),
        (CORE, {"core/model/zz.py": "import quotaloom.core.numeric"}),
        (CORE, {"core/numeric/zz.py": TYPED + "import quotaloom.core.allocation"}),
        (CORE, {"core/allocation/zz.py": "import quotaloom.core.targets"}),
        (CORE, {"core/targets/zz.py": "import quotaloom.core.allocation"}),
        (CORE, {"core/extras/__init__.py": ""}),
        *[
            (PURE, {"core/model/zz.py": f"import {name}"})
            for name in ("os", "pathlib", "random", "time", "duckdb", "pandas", "subprocess")
        ],
        ("Only the warehouse knows DuckDB and Ibis", {"cycle/zz.py": "import duckdb"}),
        ("Only the warehouse knows DuckDB and Ibis", {"report/zz.py": "import python_calamine"}),
        (
            "No circles anywhere",
            {
                "core/model/zy.py": "import quotaloom.core.model.zz",
                "core/model/zz.py": TYPED + "import quotaloom.core.model.zy",
            },
        ),
    ],
    ids=str,
)
def test_sabotage_is_caught(contract, files, sabotaged):
    assert contract in broken(sabotaged(files))
