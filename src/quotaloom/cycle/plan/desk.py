"""Open a plan that lies in a folder, and the folders of a home."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from quotaloom.planfile.checkpoint import read_checkpoint, write_checkpoint
from quotaloom.planfile.definition import read_definition
from quotaloom.planfile.figures import first_plan, read_figures
from quotaloom.planfile.folder import SUFFIX, FolderStore
from quotaloom.planfile.journal import Journal
from quotaloom.planfile.store import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.cycle.plan.begin import Beginning
    from quotaloom.planfile.definition import Definition
    from quotaloom.planfile.store import JournalStore

EVERY: Final = 200
"""Edits from one checkpoint to the next, so that no plan is long in opening."""


def create(folder: Path, beginning: Beginning) -> FolderStore:
    """A new plan folder. DataRefused where it is there already."""
    return FolderStore.create(folder, beginning.text, [beginning.figures])


def definition(store: JournalStore) -> Definition:
    """What the plan was before its first edit."""
    return read_definition(store.definition())


def first(store: JournalStore) -> Plan:
    """The plan before its first edit."""
    head = definition(store)
    return first_plan(head, read_figures(store.cells(head.figures)))


def open_plan(
    store: JournalStore, *, at_most: int | None = None, clock: Callable[[], datetime] | None = None
) -> Journal:
    """The plan of a store, from its last checkpoint up to a position, then replayed."""
    now = clock or (lambda: datetime.now(UTC))
    return Journal(store, _start(store, at_most), now, partial(_start, store))


def _start(store: JournalStore, at_most: int | None = None) -> Plan:
    """The last checkpoint up to a position, or the plan before its first edit."""
    found = store.latest_checkpoint(at_most)
    return first(store) if found is None else read_checkpoint(found.content)


def save_checkpoint(journal: Journal) -> None:
    """Keep the plan as it stands, so that it opens without a replay."""
    head = journal.store.head()
    if head.position == journal.plan.position:
        journal.store.put_checkpoint(Checkpoint(head, write_checkpoint(journal.plan)))


def save_due(journal: Journal, before: int, every: int = EVERY) -> None:
    """Keep the plan where it passed a multiple of so many edits since the position ``before``."""
    if before // every < journal.plan.position // every:
        save_checkpoint(journal)


def folders(home: Path) -> Iterator[Path]:
    """The plan folders below a folder, by name."""
    return iter(sorted(one for one in home.glob(f"*{SUFFIX}") if one.is_dir()))
