"""Batches kept in a folder: committed atomically, visible by one line of a log."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.batches.entry import Entry, in_force, loads
from quotaloom.warehouse.batches.row import Effect, effect, put_together, rows_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG, LOCK, FACTS = "log.jsonl", "lock", "facts.parquet"
DATASET: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PART: Final = ".part-"
_READ_ONLY: Final = 0o444


class Shelf:
    """The batches of a data folder.

    Writers take turns by a lock that the system lifts when a process dies. A batch lies on the disk
    before its line is written: what a killed writer left is never visible, and the next writer
    removes it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self) -> list[Entry]:
        """The whole log. Raises DataRefused where a line of it was damaged."""
        return [self._entry(number, line) for number, line in enumerate(self._lines(), 1)]

    def facts(self, dataset: str, position: int | None = None) -> pl.DataFrame:
        """The facts of a dataset that count at a position; empty without columns for none."""
        return self._put_together(in_force(self.entries(), dataset, position))

    def look(self, entry: Entry, frame: pl.DataFrame) -> Effect:
        """What committing these rows would do now."""
        return self._look(self.entries(), entry, frame)

    def commit(self, entry: Entry, frame: pl.DataFrame) -> tuple[Entry | None, Effect]:
        """Add the rows as a batch; on the disk when this returns. None where nothing would change.

        ``position``, ``rows``, ``digest`` and ``folder`` of the entry are filled in here.
        """
        if not DATASET.fullmatch(entry.dataset):
            raise UsageRefused([error("batch.dataset_name", entry.dataset)])
        with self._locked():
            entries = self.entries()
            done = self._look(entries, entry, frame)
            if done.is_nothing:
                return None, done
            position = len(entries) + 1
            name = f"{entry.dataset}/{position:06}-{secrets.token_hex(4)}"
            self._write(self.folder / name, frame)
            made = replace(
                entry,
                position=position,
                act="commit",
                rows=frame.height,
                digest=rows_digest(frame),
                folder=name,
            )
            self._append(made)
        return made, done

    def undo(self, position: int, *, author: str, time: str) -> Entry:
        """Hide the batch that was committed at a position, from now on.

        Raises DataRefused where there is none, or it is undone already.
        """
        with self._locked():
            entries = self.entries()
            batch = next((one for one in entries if one.position == position), None)
            if batch is None or batch.act != "commit":
                raise DataRefused([error("batch.unknown", str(position))])
            if batch not in in_force(entries, batch.dataset):
                raise DataRefused([error("batch.undone_already", str(position))])
            made = Entry(
                position=len(entries) + 1,
                act="undo",
                dataset=batch.dataset,
                undoes=position,
                author=author,
                time=time,
            )
            self._append(made)
        return made

    def _look(self, entries: list[Entry], entry: Entry, frame: pl.DataFrame) -> Effect:
        batches = in_force(entries, entry.dataset)
        if entry.mode == "append":
            digest = rows_digest(frame)
            known = any(one.mode == "append" and one.digest == digest for one in batches)
            return Effect(same=frame.height) if known else Effect(new=frame.height)
        return effect(self._put_together(batches), frame, entry)

    def _put_together(self, batches: list[Entry]) -> pl.DataFrame:
        return put_together((one, self._read(one)) for one in batches)

    def _read(self, entry: Entry) -> pl.DataFrame:
        try:
            frame = pl.read_parquet(self.folder / entry.folder / FACTS)
        except (OSError, pl.exceptions.PolarsError) as cause:
            raise DataRefused([error("batch.unreadable", entry.folder)]) from cause
        if frame.height != entry.rows:
            raise DataRefused([error("batch.unreadable", entry.folder)])
        return frame

    def _write(self, folder: Path, frame: pl.DataFrame) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = folder.with_name(_PART + folder.name)
        part.mkdir()
        frame.write_parquet(part / FACTS)
        (part / FACTS).chmod(_READ_ONLY)
        _settle(part / FACTS)
        part.rename(folder)
        _settle(folder.parent)

    def _append(self, entry: Entry) -> None:
        with (self.folder / LOG).open("ab") as log:
            log.write((entry.dumps() + "\n").encode())
            log.flush()
            os.fsync(log.fileno())

    def _lines(self) -> list[str]:
        """The whole lines; what follows the last line end was never finished."""
        try:
            text = (self.folder / LOG).read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return text.split("\n")[:-1]

    def _entry(self, number: int, line: str) -> Entry:
        try:
            found = loads(line)
        except (ValueError, TypeError, KeyError) as cause:
            raise DataRefused([error("batch.log_damaged", str(number))]) from cause
        if found.position != number:
            raise DataRefused([error("batch.log_damaged", str(number))])
        return found

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._clean()
            yield

    def _clean(self) -> None:
        """Remove what a killed writer left: a torn line, and batches that no line names."""
        log = self.folder / LOG
        if log.exists():
            content = log.read_bytes()
            whole = content.rfind(b"\n") + 1
            if whole < len(content):
                os.truncate(log, whole)
        named = {one.folder for one in self.entries()}
        for path in self.folder.glob("*/*"):
            if path.is_dir() and f"{path.parent.name}/{path.name}" not in named:
                shutil.rmtree(path)


def _settle(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
