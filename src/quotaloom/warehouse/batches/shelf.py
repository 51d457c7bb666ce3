"""Batches kept in a folder: committed atomically, visible by one line of a log."""

from __future__ import annotations

import fcntl
import re
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.batches.compact import COMPACT, MANY, compacted, keep_compact
from quotaloom.warehouse.batches.digest import rows_digest
from quotaloom.warehouse.batches.disk import FACTS, disk_willing, write_batch
from quotaloom.warehouse.batches.entry import Entry, closed_until, in_force, standing
from quotaloom.warehouse.batches.log import FolderLog
from quotaloom.warehouse.batches.member import unresolved, with_members
from quotaloom.warehouse.batches.row import ORIGIN, Effect, effect, put_together, with_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from quotaloom.warehouse.batches.log import BatchLog

LOCK: Final = "lock"
DATASET: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Shelf:
    """The batches of a data folder, and the log that says which of them count.

    Writers take turns by a lock that the system lifts when a process dies. A batch lies on the disk
    before its line is written: what a killed writer left is never visible, and the next writer
    removes it. Refuses with DataRefused what the disk refuses.
    """

    def __init__(self, folder: Path, log: BatchLog | None = None) -> None:
        self.folder = folder
        self.log = log or FolderLog(folder)

    def entries(self) -> list[Entry]:
        """The whole log. Raises DataRefused where a line of it was damaged."""
        return self.log.entries()

    def facts(self, dataset: str, position: int | None = None) -> pl.DataFrame:
        """The facts of a dataset that count at a position; empty without columns for none."""
        stand = standing(self.entries(), dataset, position)
        return with_members(self._raw(stand), stand)

    def unresolved(self, dataset: str) -> pl.DataFrame:
        """The texts that nobody knows yet; see ``member.unresolved``."""
        stand = standing(self.entries(), dataset)
        return unresolved(self._raw(stand), stand)

    def look(self, entry: Entry, frame: pl.DataFrame) -> Effect:
        """What committing these rows would do now."""
        return self._look(self.entries(), _sealed(entry, frame), with_texts(frame))

    def commit(self, entry: Entry, frame: pl.DataFrame) -> tuple[Entry | None, Effect]:
        """Add the rows as a batch; on the disk when this returns. None where nothing would change.

        ``position``, ``rows``, ``digest`` and ``folder`` of the entry are filled in here.
        """
        if not DATASET.fullmatch(entry.dataset):
            raise UsageRefused([error("batch.dataset_name", entry.dataset)])
        sealed, frame = _sealed(entry, frame), with_texts(frame)
        with self._locked():
            entries = self.entries()
            done = self._look(entries, sealed, frame)
            if done.is_nothing:
                return None, done
            position = len(entries) + 1
            name = f"{entry.dataset}/{position:06}-{secrets.token_hex(4)}"
            write_batch(self.folder / name, frame)
            made = replace(sealed, position=position, folder=name)
            self.log.append(made)
        return made, done

    def undo(self, position: int, *, author: str, time: str) -> Entry:
        """Take back the batch, or the resolution, of a position, from now on.

        Raises DataRefused where there is none, it is undone already, or something closed used it.
        """
        with self._locked():
            entries = self.entries()
            act = next((one for one in entries if one.position == position), None)
            if act is None or act.act not in ("commit", "resolve"):
                raise DataRefused([error("batch.unknown", str(position))])
            if act not in standing(entries, act.dataset):
                raise DataRefused([error("batch.undone_already", str(position))])
            if act.act == "commit" and position < (until := closed_until(entries, act.dataset)):
                raise DataRefused([error("batch.closed", str(position), until=until)])
            return self._add("undo", act.dataset, author, time, undoes=position)

    def resolve(
        self, dataset: str, column: str, members: Mapping[str, str], *, author: str, time: str
    ) -> Entry:
        """Say which members unknown texts of a column are, for what is there and what will come.

        Raises DataRefused naming each text that is not among the unknown ones.
        """
        with self._locked():
            stand = standing(self.entries(), dataset)
            known = {text for one in stand for text in one.unknown.get(column, ())}
            if wrong := sorted(set(members) - known) or ([] if members else [""]):
                faults = [error("batch.not_unknown", text, column=column) for text in wrong]
                raise DataRefused(faults)
            return self._add("resolve", dataset, author, time, column=column, members=members)

    def close(self, dataset: str, *, author: str, time: str) -> Entry:
        """Keep what is there from being undone: something was paid or reported by it."""
        with self._locked():
            return self._add("close", dataset, author, time)

    def compact(self, dataset: str) -> bool:
        """Keep what many batches come to, for quicker reading; answers whether it did."""
        batches = in_force(self.entries(), dataset)
        _, count = compacted(self.folder, batches)
        if len(batches) - count < MANY:
            return False
        with disk_willing(self.folder):
            keep_compact(self.folder, batches, self._raw(batches))
        return True

    def _add(self, act: str, dataset: str, author: str, time: str, **more: object) -> Entry:
        position = len(self.entries()) + 1
        told = {"act": act, "dataset": dataset, "author": author, "time": time, **more}
        made = Entry(position=position, **told)  # type: ignore[arg-type]  # by name
        self.log.append(made)
        return made

    def _look(self, entries: list[Entry], entry: Entry, frame: pl.DataFrame) -> Effect:
        batches = in_force(entries, entry.dataset)
        if entry.mode == "append":
            known = any(one.mode == "append" and one.digest == entry.digest for one in batches)
            return Effect(same=frame.height) if known else Effect(new=frame.height)
        return effect(self._raw(batches), frame, entry)

    def _raw(self, stand: Sequence[Entry]) -> pl.DataFrame:
        """What the batches come to, unknown members as they were written."""
        batches = [one for one in stand if one.act == "commit"]
        begun, count = compacted(self.folder, batches)
        return put_together(((one, self.rows(one)) for one in batches[count:]), begun)

    def rows(self, entry: Entry) -> pl.DataFrame:
        """The rows of a batch as they came. Raises DataRefused where its file was harmed."""
        try:
            frame = pl.read_parquet(self.folder / entry.folder / FACTS)
        except (OSError, pl.exceptions.PolarsError) as cause:
            raise DataRefused([error("batch.unreadable", entry.folder)]) from cause
        if frame.height != entry.rows:
            raise DataRefused([error("batch.unreadable", entry.folder)])
        return frame

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with disk_willing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / LOCK).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.log.mend()
                self._clean()
                yield

    def _clean(self) -> None:
        """Remove the batches that a killed writer left: no line names them."""
        named = {one.folder for one in self.entries()}
        for path in self.folder.glob("*/*"):
            is_batch = path.is_dir() and path.parent.name != COMPACT
            if is_batch and f"{path.parent.name}/{path.name}" not in named:
                shutil.rmtree(path)


def _sealed(entry: Entry, frame: pl.DataFrame) -> Entry:
    """The entry of a commit with what the rows say of themselves."""
    digest = rows_digest(frame, ORIGIN)
    return replace(entry, act="commit", rows=frame.height, digest=digest)
