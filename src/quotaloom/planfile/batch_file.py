"""What a writer is about to put behind a journal, so that all of it comes there or nothing.

The file is on the disk before the journal is touched and gone after. Whoever finds it when nobody
writes finishes what it says. Its first line is the digest of the rest, the second says where in the
journal the rest belongs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from quotaloom.planfile.digest import digest

if TYPE_CHECKING:
    from pathlib import Path


class Batch(NamedTuple):
    """Bytes, and the length of the journal that they belong behind."""

    end: int
    content: bytes


def batch_bytes(batch: Batch) -> bytes:
    """The file of a batch."""
    rest = b"%d\n" % batch.end + batch.content
    return digest(rest).encode() + b"\n" + rest


def read_batch(path: Path) -> Batch | None:
    """The batch of a file; None where there is none, or a part of one that was never begun."""
    if not path.is_file():
        return None
    seal, _, rest = path.read_bytes().partition(b"\n")
    end, sign, content = rest.partition(b"\n")
    if not sign or digest(rest).encode() != seal:
        return None
    return Batch(int(end), content)


def finish(journal: Path, batch: Batch) -> None:
    """The journal with the whole batch, if it holds a part of it; on the disk when this returns.

    A journal that went on with anything else is left as it is.
    """
    with journal.open("r+b") as file:
        is_cut = file.seek(0, os.SEEK_END) < batch.end
        file.seek(batch.end)
        there = file.read(len(batch.content))
        if is_cut or there == batch.content or not batch.content.startswith(there):
            return
        file.write(batch.content[len(there) :])
        file.flush()
        os.fsync(file.fileno())
