"""A copy of a plan that goes its own way, and where the two parted."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.chain import link
from quotaloom.planfile.definition import read_definition
from quotaloom.planfile.folder import TEXTS, FolderStore
from quotaloom.planfile.record import read_record

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.planfile.chain import Link
    from quotaloom.planfile.store import JournalStore


def branch(store: FolderStore, folder: Path, *, position: int | None = None) -> FolderStore:
    """A plan in a new folder with the same definition, cells and edits up to a position."""
    texts = list(store.records(0, position))
    cells = [store.cells(one) for one in cells_named(store, texts)]
    made = FolderStore.create(folder, store.definition(), cells)
    made.extend(texts, expected=0)
    shutil.copytree(store.folder / TEXTS, folder / TEXTS, dirs_exist_ok=True)
    return made


def cells_named(store: JournalStore, texts: list[str]) -> list[str]:
    """The digests of the cells that a plan began with and that some of its records name."""
    head = read_definition(store.definition())
    measures = {measure.code: measure for measure in head.measures}
    records = [read_record(text, measures) for text in texts]
    return sorted({head.figures, *(one.stored for one in records if one.stored)})


def parted(one: JournalStore, other: JournalStore) -> int:
    """The last position up to which two plans have the same edits.

    DataRefused where they did not even begin with the same definition.
    """
    if one.definition() != other.definition():
        raise DataRefused([error("edit.not_a_branch")])
    same, differing = 0, min(one.head().position, other.head().position) + 1
    while differing - same > 1:  # a seal is over all records before: nobody parts and meets again
        middle = (same + differing) // 2
        mine, theirs = _link(one, middle), _link(other, middle)
        is_same = mine is not None and mine == theirs
        same, differing = (middle, differing) if is_same else (same, middle)
    return same


def _link(store: JournalStore, position: int) -> Link | None:
    (text,) = store.records(position - 1, position)
    return link(text)
