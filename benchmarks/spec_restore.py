"""Backing up and restoring a plan of a million cells; what comes back has the same total."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.registry import Line, Spec

if TYPE_CHECKING:
    from collections.abc import Iterator

SELLERS = 84_000  # with twelve months a million cells
MOST = 300.0  # seconds


def million_file(folder: Path) -> Path:
    """Orders of so many sellers."""
    path = folder / "million.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("订单日期,大区,客户经理,金额\n")
        for seller in range(SELLERS):
            day, amount = f"2026-{1 + seller % 12:02d}-09", 1_000 + seller % 977
            file.write(f"{day},区{seller % 10},人{seller},{amount}\n")
    return path


def filled(home: Path, orders: Path) -> tuple[Path, int]:
    """A data folder with the plan; answers the plan's folder below it, and its total in 分."""
    from quotaloom.cycle.decompose import decompose
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.warehouse.plan_folder import save_plan

    words = [sys.executable, "-m", "quotaloom.web", "migrate", "--verbosity", "0"]
    subprocess.run(words, env=os.environ | {"QUOTALOOM_HOME": str(home)}, check=True)
    request = DecomposeRequest((orders,), "1.2x", 2027, by=("大区>客户经理",), seasonality="equal")
    done = decompose(request).trace
    folder = Path("plans", str(uuid.UUID(int=1)))
    (home / "plans").mkdir()
    save_plan(done, home / folder)
    return folder, int(done.leaves["quota"].sum())


def measure() -> Iterator[Line]:
    """One backup and one restore."""
    from quotaloom.warehouse.plan_folder import load_plan
    from quotaloom.web.config.backup import back_up, restore
    from quotaloom.web.config.database import database

    with tempfile.TemporaryDirectory(prefix="ql-restore-") as place:
        old, new, kept = (Path(place, name) for name in ("old", "new", "a.qlbackup"))
        folder, total = filled(old, million_file(Path(place)))
        begun = time.perf_counter()
        back_up(kept, old, database("", old))
        took = time.perf_counter() - begun
        size = f"{kept.stat().st_size / 2**20:.0f} MiB"
        yield Line("back a plan of a million cells up", took, MOST, note=size)
        begun = time.perf_counter()
        restore(kept, new, database("", new))
        found = load_plan(new / folder).leaves
        took = time.perf_counter() - begun
        same = int(found["quota"].sum()) == total
        note = f"{found.height:,} cells, total {'equal' if same else 'NOT EQUAL'}"
        yield Line("restore it, and read its cells", took if same else MOST * 2, MOST, note=note)


SPEC = Spec("restore", measure)
