"""The opposite of a batch: what an undo would do, where something closed used it already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.facts.take import Taken, now
from quotaloom.warehouse.batches.entry import in_force
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from quotaloom.warehouse.batches.shelf import Shelf


def compensate(shelf: Shelf, position: int, *, author: str) -> Taken:
    """Add the rows of an appended batch with every amount and quantity reversed.

    Once and no more. A batch that took the place of other rows has no opposite and is refused: a
    corrected file takes its place.
    """
    entries = shelf.entries()
    batch = next((one for one in entries if one.position == position), None)
    if batch is None or batch not in in_force(entries, batch.dataset):
        raise DataRefused([error("batch.unknown", str(position))])
    if batch.mode != "append":
        raise DataRefused([error("batch.no_opposite", str(position))])
    frame = shelf.rows(batch)
    reversed_ = frame.with_columns(-pl.col(_additive(batch.dataset, frame)))
    wanted = replace(batch, author=author, time=now(), left_out=0, mended=())
    wanted = replace(wanted, files=(f"-{position}",))
    made, effect = shelf.commit(wanted, reversed_)
    return Taken(made, effect, ())


def _additive(dataset: str, frame: pl.DataFrame) -> list[str]:
    kind = KINDS.get(dataset)
    if kind is None:
        return ["amount"]
    sums = [one.name for one in kind.columns if one.value in ("money", "quantity")]
    return [name for name in sums if name in frame.columns]
