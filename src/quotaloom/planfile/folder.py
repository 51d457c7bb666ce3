"""A plan kept in a folder that people can read, compare and put under git.

NAME.plan/plan.txt        the definition
          journal.txt     the records
          texts/          reasons and notes, each erasable
          cells/          figures and stored deltas by digest
          checkpoints/    a cache, by position and hash
          batch           records that are being written together, as long as that takes
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile import journal_file
from quotaloom.planfile.batch_file import Batch, batch_bytes, finish, read_batch
from quotaloom.planfile.chain import first_head, follow
from quotaloom.planfile.digest import checked, digest, salted, unsalted
from quotaloom.planfile.store import Checkpoint, Head, Overtaken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

SUFFIX: Final = ".plan"
DEFINITION, JOURNAL, LOCK, BATCH = "plan.txt", "journal.txt", "lock", "batch"
CELLS, TEXTS, CHECKPOINTS = "cells", "texts", "checkpoints"
_DIGEST: Final = 64
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_CHECKPOINT: Final = re.compile(r"([0-9]{9,18})-([0-9a-f]{64})")
_GIT: Final = {
    ".gitattributes": "* -text\n*.txt diff\n",
    ".gitignore": f"{CHECKPOINTS}/\n{LOCK}\n{BATCH}\n",
}


class FolderStore:
    """The journal of a plan in a folder; see JournalStore for what it promises.

    Writers take turns by a lock that the system lifts when a process dies. What a killed writer
    left of a record is not shown, and removed by the next one to open or append.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._journal = folder / JOURNAL
        self._batch = folder / BATCH
        if not (folder / DEFINITION).is_file() or not self._journal.is_file():
            raise DataRefused([error("planfile.no_plan", str(folder))])
        self._definition = (folder / DEFINITION).read_bytes().decode()
        if self._batch.exists() or journal_file.last(self._journal).rest == "torn":
            with self._locked():
                self._mended()

    @classmethod
    def create(cls, folder: Path, definition: str, cells: Iterable[bytes] = ()) -> FolderStore:
        """A new plan with the cells that its definition names; all of it or nothing.

        Raises DataRefused where the folder is there already.
        """
        if folder.exists():
            raise DataRefused([error("planfile.plan_exists", str(folder))])
        made = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        for name in (CELLS, TEXTS, CHECKPOINTS):
            (made / name).mkdir(parents=True)
        for name, text in {**_GIT, DEFINITION: definition, JOURNAL: ""}.items():
            _write(made / name, text.encode())
        for content in cells:
            _write(made / CELLS / digest(content), content)
        made.rename(folder)
        _settle(folder.parent)
        return cls(folder)

    def definition(self) -> str:
        """The text of the plan's definition."""
        return self._definition

    def head(self) -> Head:
        """Where the journal stands now."""
        return self._head(journal_file.last(self._journal))

    def append(self, record: str, *, expected: int) -> Head:
        """Add a sealed record after a position; on the disk when this returns."""
        return self.extend([record], expected=expected)

    def extend(self, records: Sequence[str], *, expected: int) -> Head:
        """Add sealed records after a position, in one write; on the disk when this returns."""
        with self._locked():
            head = self._mended()
            if head.position != expected:
                raise Overtaken(expected, head)
            after = head
            for record in records:
                after = follow(record, after)
            content = (("\n" if expected else "") + "\n".join(records)).encode()
            if len(records) == 1:
                self._add(content)
            elif records:
                self._add_batch(content)
        return after

    def records(self, after: int = 0, upto: int | None = None) -> Iterator[str]:
        """The texts of the records in (after, upto]."""
        return islice(journal_file.texts(self._journal, after), _length(after, upto))

    def put_cells(self, content: bytes) -> str:
        """Keep cells under their digest."""
        name = digest(content)
        path = self.folder / CELLS / name
        if not path.exists():
            _write(path, content)
        return name

    def cells(self, digest: str) -> bytes:
        """The cells of a digest, checked."""
        path = self.folder / CELLS / _name(digest)
        if not path.is_file():
            raise DataRefused([error("planfile.cells_missing", digest)])
        return checked(path.read_bytes(), digest)

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint, after the digest of its content."""
        position, hash_ = checkpoint.head
        content = digest(checkpoint.content).encode() + checkpoint.content
        _write(self.folder / CHECKPOINTS / f"{position:09}-{hash_}", content)

    def latest_checkpoint(self, at_most: int | None = None) -> Checkpoint | None:
        """The last sound checkpoint of this very journal; others are passed over."""
        names = sorted((path.name for path in self._checkpoints()), reverse=True)
        found = (self._checkpoint(name, at_most) for name in names)
        return next((one for one in found if one), None)

    def put_text(self, text: str) -> str:
        """Keep a reason or a note."""
        name, content = salted(text)
        _write(self._text_path(name), content)
        return name

    def text(self, digest: str) -> str | None:
        """The text of a digest, None once it was erased."""
        path = self._text_path(digest)
        return unsalted(path.read_bytes(), digest) if path.is_file() else None

    def erase_text(self, digest: str) -> bool:
        """Remove a text for ever."""
        path = self._text_path(digest)
        is_there = path.is_file()
        if is_there:
            path.unlink(missing_ok=True)
            _settle(path.parent)
        return is_there

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among the writers of this folder, threads and processes alike."""
        with (self.folder / LOCK).open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _mended(self) -> Head:
        """The head, once what a killed writer left is finished or gone. Only under the lock.

        Refuses a journal that goes on with anything else: nothing may be put behind that.
        """
        if self._batch.exists():
            if batch := read_batch(self._batch):
                finish(self._journal, batch)
            self._batch.unlink()
        last = journal_file.last(self._journal)
        if last.rest == "torn":
            os.truncate(self._journal, last.end)
        if last.rest == "foreign":
            raise DataRefused([error("planfile.record_changed", str(last.position + 1))])
        return self._head(last)

    def _head(self, last: journal_file.Last) -> Head:
        return Head(last.position, last.hash) if last.position else first_head(self._definition)

    def _add_batch(self, content: bytes) -> None:
        """Several records: noted down first, so that a killed writer leaves all or none of them."""
        end = self._journal.stat().st_size
        _write(self._batch, batch_bytes(Batch(end, content)))
        try:
            self._add(content)
        finally:
            self._batch.unlink()

    def _add(self, rest: bytes) -> None:
        """Write at the end and wait for the disk; a failed write leaves nothing."""
        with self._journal.open("ab", buffering=0) as file:  # a buffer would try again on close
            end = file.tell()
            try:
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self._journal, end)
                raise

    def _checkpoints(self) -> Iterable[Path]:
        folder = self.folder / CHECKPOINTS
        return folder.iterdir() if folder.is_dir() else ()

    def _checkpoint(self, name: str, at_most: int | None) -> Checkpoint | None:
        """The checkpoint in a file, if it is of this journal, early enough and sound."""
        match = _CHECKPOINT.fullmatch(name)
        if not match or (at_most is not None and int(match[1]) > at_most):
            return None
        head = Head(int(match[1]), match[2])
        seal = journal_file.seal_of(self._journal, head.position)
        if head not in (first_head(self._definition), Head(head.position, seal)):
            return None
        content = (self.folder / CHECKPOINTS / name).read_bytes()
        sealed, cells = content[:_DIGEST], content[_DIGEST:]
        return Checkpoint(head, cells) if digest(cells).encode() == sealed else None

    def _text_path(self, digest: str) -> Path:
        return self.folder / TEXTS / f"{_name(digest)}.txt"


def _name(digest: str) -> str:
    """The digest as the name of a file; DataRefused for what is none and could lead elsewhere."""
    if not _HEX.fullmatch(digest):
        raise DataRefused([error("planfile.no_digest", digest)])
    return digest


def _length(after: int, upto: int | None) -> int | None:
    return None if upto is None else max(upto - after, 0)


def _write(path: Path, content: bytes) -> None:
    """The whole file or none of it, on the disk when this returns."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Wait until the disk knows the names in a folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
