"""kill -9 at every point at which a commit touches the disk: the batch is there whole, or not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.counts import FULL
from tests.support.sources import ROOT
from tests.warehouse.batches.test_shelf import WHO, frame, said, wanted

pytestmark = pytest.mark.heavy
ROUNDS = 30 if FULL else 1  # over every point
COMMIT = """
import os, signal, sys
from pathlib import Path
import polars
from quotaloom.warehouse.batches.shelf import Shelf
from tests.warehouse.batches.test_shelf import frame, wanted
folder, point, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
seen = 0
def at(event, args):
    global seen
    if event not in ("open", "os.mkdir", "os.rename", "os.chmod", "os.truncate", "shutil.rmtree"):
        return
    if not any(str(folder) in str(one) for one in args):
        return
    seen += 1
    if seen == point:
        os.kill(os.getpid(), signal.SIGKILL)
rows = frame([("a", 0, number)])
sys.addaudithook(at)
Shelf(folder).commit(wanted("append"), rows)
"""


def committed(folder, point, number):
    words = [sys.executable, "-c", COMMIT, str(folder), str(point), str(number)]
    return subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode


def test_a_killed_commit_left_nothing_or_all(tmp_path):
    folder, shelf, rows = tmp_path / "facts", Shelf(tmp_path / "facts"), []
    shelf.commit(wanted("append"), frame([("a", 0, -1)]))
    rows.append(("a", 0, -1))
    for number in range(ROUNDS):
        point, code = 0, -9
        while code == -9:
            point += 1
            before = list(rows)
            code = committed(folder, point, number * 1000 + point)
            found = said(shelf.facts("booked"))
            after = [*before, ("a", 0, number * 1000 + point)]
            assert found in ([after] if code == 0 else [before, after])
            rows = found
        assert code == 0
        assert point > 8  # it was killed at so many points
    shelf.undo(1, **WHO)  # the next writer removes what the killed ones left
    left = {f"booked/{path.name}" for path in (folder / "booked").iterdir()}
    assert left == {one.folder for one in shelf.entries() if one.act == "commit"}


def test_two_at_once_with_the_same_rows_make_one_batch(tmp_path):
    words = [sys.executable, "-c", COMMIT, str(tmp_path / "facts"), "0", "7"]
    both = [subprocess.Popen(words, cwd=ROOT) for _ in range(3)]
    assert [one.wait() for one in both] == [0, 0, 0]
    (entry,) = Shelf(tmp_path / "facts").entries()
    assert isinstance(entry, Entry)
    assert entry.rows == 1
