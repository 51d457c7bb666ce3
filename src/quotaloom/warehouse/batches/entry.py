"""One line of the log of batches: what was committed, undone, resolved or closed, and by whom."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

from quotaloom.warehouse.intake.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Act = Literal["commit", "undo", "resolve", "close"]
Mode = Literal["append", "upsert", "replace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act on a dataset.

    A commit adds a batch; an undo takes back what was done at position ``undoes``; a resolution
    says which members the unknown texts of ``column`` are; a close keeps the batches before it from
    being undone, for something was paid or reported by them.

    ``position`` counts the lines from 1. ``digest`` is that of the rows, whatever their order;
    ``key`` holds the columns by which an upsert knows a row; a replacement covers the days
    ``[start, end)``, ISO texts. ``author`` is an opaque id, ``time`` an ISO instant. ``mapping``
    gives the column of each header that a person named for files of this ``source`` ("" leaves a
    header out). ``left_out`` counts the rows of the files that were wrong and are not in the batch.
    ``mended`` are the cells that somebody put right, with what stands in the file. ``unknown`` are
    the texts of each column that no list of members had.
    """

    position: int
    act: Act
    dataset: str
    author: str
    time: str
    undoes: int = 0
    mode: Mode = "append"
    rows: int = 0
    left_out: int = 0
    mended: tuple[Mend, ...] = ()
    digest: str = ""
    folder: str = ""
    files: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    source: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    column: str = ""
    members: Mapping[str, str] = field(default_factory=dict)

    def dumps(self) -> str:
        """The line, without its end; what is not said is left out."""
        said = {name: value for name, value in asdict(self).items() if value not in ("", (), {}, 0)}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def loads(line: str) -> Entry:
    """The entry of a line. Raises ValueError or TypeError where it is none."""
    told = json.loads(line)
    unknown = {column: tuple(texts) for column, texts in told.get("unknown", {}).items()}
    lists = {name: tuple(told.get(name, ())) for name in ("files", "key")}
    mended = tuple(Mend(**one) for one in told.get("mended", ()))
    return Entry(**{**told, **lists, "unknown": unknown, "mended": mended})


def standing(entries: Iterable[Entry], dataset: str, position: int | None = None) -> list[Entry]:
    """What was done to a dataset and counts at a position (None: the newest), in its order.

    An undo hides its act from its own position on, so what was known before stays reproducible.
    """
    seen = [one for one in entries if position is None or one.position <= position]
    undone = {one.undoes for one in seen if one.act == "undo"}
    own = (one for one in seen if one.dataset == dataset and one.act != "undo")
    return [one for one in own if one.position not in undone]


def in_force(entries: Iterable[Entry], dataset: str, position: int | None = None) -> list[Entry]:
    """The commits of a dataset that count at a position (None: the newest), in their order."""
    return [one for one in standing(entries, dataset, position) if one.act == "commit"]


def closed_until(entries: Iterable[Entry], dataset: str) -> int:
    """The position up to which the batches of a dataset are used by something closed, 0 for none.

    A close of the dataset "" closes all of them.
    """
    closes = (one for one in entries if one.act == "close" and one.dataset in ("", dataset))
    return max((one.position for one in closes), default=0)
