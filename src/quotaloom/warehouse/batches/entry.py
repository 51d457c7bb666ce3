"""One line of the log of batches: what was committed or undone, by whom, and from where."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Act = Literal["commit", "undo"]
Mode = Literal["append", "upsert", "replace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A commit, or the undo of the batch that was committed at position ``undoes``.

    ``position`` counts the lines from 1. ``digest`` is that of the rows, whatever their order;
    ``key`` holds the columns by which an upsert knows a row; a replacement covers the days
    ``[start, end)``, ISO texts. ``author`` is an opaque id, ``time`` an ISO instant.
    """

    position: int
    act: Act
    dataset: str
    author: str
    time: str
    undoes: int = 0
    mode: Mode = "append"
    rows: int = 0
    digest: str = ""
    folder: str = ""
    files: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    start: str = ""
    end: str = ""

    def dumps(self) -> str:
        """The line, without its end."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def loads(line: str) -> Entry:
    """The entry of a line. Raises ValueError or TypeError where it is none."""
    told = json.loads(line)
    return Entry(**{**told, "files": tuple(told["files"]), "key": tuple(told["key"])})


def in_force(entries: Iterable[Entry], dataset: str, position: int | None = None) -> list[Entry]:
    """The commits of a dataset that count at a position (None: the newest), in their order.

    An undo hides its batch from its own position on, so what was known before stays reproducible.
    """
    seen = [one for one in entries if position is None or one.position <= position]
    undone = {one.undoes for one in seen if one.act == "undo"}
    return [
        one
        for one in seen
        if one.act == "commit" and one.dataset == dataset and one.position not in undone
    ]
