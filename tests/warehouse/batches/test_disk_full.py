"""R13: a disk that fills at any point of a commit: refused in words, nothing lost, works again."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.disk import leave, small_disk
from tests.warehouse.batches.test_shelf import frame, said, wanted

__all__ = ["small_disk"]
POINTS = 20
ROWS = 400_000


def rows(seed):
    """About 3 MB as Parquet that do not pack well."""
    chance = np.random.default_rng(seed)
    days = pl.Series([20_000], dtype=pl.Int32).cast(pl.Date).new_from_index(0, ROWS)
    ids = pl.Series(chance.integers(0, 10**9, ROWS)).cast(pl.String)
    return pl.DataFrame({"id": ids, "date": days, "amount": chance.integers(0, 10**6, ROWS)})


def test_a_full_disk_harms_nothing_that_is_there(small_disk):
    shelf, refused = Shelf(small_disk / "facts"), []
    shelf.commit(wanted("append"), frame([("a", 0, 1)]))
    for point in range(POINTS):
        filler = leave(small_disk, point * 4_000_000 // POINTS)
        before = shelf.entries()
        try:
            shelf.commit(wanted("append"), rows(point))
        except DataRefused as refusal:
            refused += [one.code for one in refusal.findings]
            stands = shelf.entries() == before
        else:
            stands = shelf.entries()[:-1] == before
            shelf.undo(shelf.entries()[-1].position, author="li", time="2026-02-01")
        assert stands
        filler.unlink()
        assert said(shelf.facts("booked")) == [("a", 0, 1)]
        left = [path for path in (shelf.folder / "booked").iterdir() if ".part-" in path.name]
        assert left == []
        for path in (shelf.folder / "booked").glob("*-*/facts.parquet"):
            if path.stat().st_size > 100_000:
                path.unlink()  # undone; the small disk needs its place
    assert set(refused) == {"batch.disk"}
    assert len(refused) > POINTS // 2
    made, _ = shelf.commit(wanted("append"), frame([("b", 0, 2)]))
    assert said(shelf.facts("booked")) == [("a", 0, 1), ("b", 0, 2)]
    assert made.position == len(shelf.entries())


def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    place = tmp_path / "facts"
    place.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(DataRefused) as refused:
        Shelf(place).commit(wanted("append"), frame([("a", 0, 1)]))
    assert refused.value.findings[0].code == "batch.disk"
