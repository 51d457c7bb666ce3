"""The journal as one file of records with an empty line between: where each lies, what is torn."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIRST_LOOK: Final = 1 << 16
_PREVIOUS: Final = b"\n  previous: "
_SEAL: Final = re.compile(rb"\n  previous: [0-9a-f]{64}\n  [a-z0-9_]+: ([0-9a-f]{64})\n")
_WHOLE: Final = re.compile(rb"\n  previous: [^\n]*\n[^\n]*\n")
_NUMBER: Final = re.compile(rb"\nedit ([1-9][0-9]{0,17})\n")


Rest = Literal["nothing", "torn", "foreign"]


class Last(NamedTuple):
    """The last sealed record: its number and seal, and where it ends; (0, "", 0) before any.

    ``rest`` is what lies after it: nothing, a ``torn`` beginning of the next record, as a writer
    leaves it who was killed, or something ``foreign``. A whole record whose seal does not read is
    foreign too: it was changed, and stays for all to see.
    """

    position: int
    hash: str
    end: int
    rest: Rest


class _Ending(NamedTuple):
    """The last bytes of a file. Each record in them begins with a line end, the first one too."""

    content: bytes
    base: int  # where they begin in the file; -1 for the line end that is put before the first


def last(path: Path) -> Last:
    """The last record whose seal is complete, which is not to say sound."""
    for ending in _endings(path):
        if found := _last(ending):
            return found
    return Last(0, "", 0, _rest(ending.content[1:], 1))


def seal_of(path: Path, seq: int) -> str:
    """The seal of the record of this number, "" where there is none."""
    ending, start = _record(path, seq)
    match = _SEAL.search(ending.content, start) if start >= 0 else None
    return match[1].decode() if match else ""


def texts(path: Path, after: int) -> Iterator[str]:
    """The records from the one after a number on, and a last one whose seal does not read."""
    ending, start = _record(path, after + 1)
    if start < 0:
        behind = _last(ending)  # in the same look: others may append meanwhile
        if behind and behind.position > after:
            raise DataRefused([error("planfile.record_missing", str(after + 1))])
        return
    seq = after + 1
    while match := _SEAL.search(ending.content, start):
        yield _text(ending.content[start : match.end()])
        start, seq = match.end(), seq + 1
    rest = ending.content[start:]
    if _rest(rest, seq) == "foreign":
        yield _text(rest)


def _endings(path: Path) -> Iterator[_Ending]:
    """Longer and longer endings of the file, up to the whole."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        look = _FIRST_LOOK
        while look < size:
            yield _Ending(os.pread(file.fileno(), look, size - look), size - look)
            look *= 8
        yield _Ending(b"\n" + os.pread(file.fileno(), size, 0), -1)


def _last(ending: _Ending) -> Last | None:
    content, base = ending
    place = content.rfind(_PREVIOUS)
    while place >= 0:
        number = _NUMBER.match(content, max(content.rfind(b"\nedit ", 0, place), 0))
        if (match := _SEAL.match(content, place)) and number:
            position, end = int(number[1]), match.end()
            rest = _rest(content[end:], position + 1)
            return Last(position, match[1].decode(), base + end, rest)
        place = content.rfind(_PREVIOUS, 0, place)
    return None


def _record(path: Path, seq: int) -> tuple[_Ending, int]:
    """The ending in which a record lies and where it begins there, -1 where there is none."""
    head = b"\nedit %d\n" % seq
    for ending in _endings(path):
        start = ending.content.rfind(head)
        if start >= 0 and seq > 1:
            return ending, start
    return ending, 0 if seq == 1 and len(ending.content) > 1 else start


def _rest(content: bytes, seq: int) -> Rest:
    """What follows the last sealed record, if the next one has this number."""
    if not content:
        return "nothing"
    begun = content.rstrip(b"\0").removeprefix(b"\n")  # a disk that lost power leaves zeros
    head = b"edit %d\n" % seq
    is_begun = head.startswith(begun) or begun.startswith(head)
    return "torn" if is_begun and not _WHOLE.search(begun) else "foreign"


def _text(content: bytes) -> str:
    """One record; bytes that are no UTF-8 become signs that no seal fits."""
    return content.removeprefix(b"\n").decode("utf-8", "replace")
