"""Released plans: immutable Parquet with a digest and an effective period, one in force a period.

EDITIONS/001-年度目标/cells.parquet   a row a leaf: period, members, measure, layer, amount
                     state           the whole plan as it was then, trees and holds as well
                     plan.txt        the definition of that plan
                     edition.json    what it is, its digests, since when it is in force, its seal
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CELLS, STATE, DEFINITION, ABOUT = "cells.parquet", "state", "plan.txt", "edition.json"
READ_ONLY: Final = 0o444


@dataclass(frozen=True, slots=True)
class Edition:
    """A released plan. It is in force from the period ``effective`` (its first day) on.

    ``position`` and ``head`` say which state of which journal it is; ``digest`` is the SHA-256 of
    its cells, ``files`` those of the files beside, ``seal`` that of all that is said here.
    ``totals`` are amounts as text, by measure and layer; ``elapsed`` is the last closed period.
    """

    number: int
    name: str
    plan: str
    position: int
    head: str
    effective: str
    released_by: str
    released_at: str
    digest: str
    totals: dict[str, str]
    note: str = ""
    elapsed: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    seal: str = ""

    def sealed(self) -> Edition:
        """With the seal of what it says."""
        return replace(self, seal=_digest(_text(replace(self, seal="")).encode()))


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What an edition holds: its cells as a table, the plan's bytes, the plan's definition."""

    cells: pl.DataFrame
    state: bytes
    definition: str


def release(folder: Path, content: Content, about: Edition) -> Edition:
    """Write an edition that nobody may change again; answers it with its number and digests.

    Raises DataRefused (``edition.earlier``) where one that is in force from a later period is
    there already. All of it is there or nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = list(editions(folder))
    later = [one.name for one in known if one.effective > about.effective]
    if later:
        raise DataRefused([error("edition.earlier", about.effective, edition=later[-1])])
    number = max((one.number for one in known), default=0) + 1
    part = folder / f".{number:03}.part"
    shutil.rmtree(part, ignore_errors=True)  # what a killed process left
    part.mkdir()
    content.cells.write_parquet(part / CELLS)
    (part / STATE).write_bytes(content.state)
    (part / DEFINITION).write_text(content.definition, encoding="utf-8")
    files = {path.name: _digest(path.read_bytes()) for path in sorted(part.iterdir())}
    digest = cells_digest(content.cells)
    made = replace(about, number=number, digest=digest, files=files).sealed()
    (part / ABOUT).write_text(_text(made), encoding="utf-8")
    for path in part.iterdir():
        path.chmod(READ_ONLY)
        with path.open("rb") as file:
            os.fsync(file.fileno())
    part.rename(folder / f"{number:03}-{about.name.replace(os.sep, '_')}")
    return made


def editions(folder: Path) -> Iterator[Edition]:
    """The editions of a folder, in the order of their release."""
    for path in sorted(folder.glob(f"[0-9]*/{ABOUT}")):
        yield read_about(path.parent)


def read_about(edition: Path) -> Edition:
    """What the folder of an edition says of itself; DataRefused where that was changed."""
    try:
        about = Edition(**json.loads((edition / ABOUT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as cause:
        raise DataRefused([error("edition.unreadable", edition.name)]) from cause
    if about.seal and about.sealed() != about:
        raise DataRefused([error("edition.changed", about.name, number=about.number)])
    return about


def folder_of(folder: Path, number: int) -> Path:
    """The folder of an edition among others; DataRefused where it is not there."""
    for path in folder.glob(f"{number:03}-*/{ABOUT}"):
        return path.parent
    raise DataRefused([error("edition.unknown", str(number))])


def in_force(folder: Path, day: str) -> Edition | None:
    """The edition that counts on a day (ISO): the last one whose period had begun."""
    begun = [one for one in editions(folder) if one.effective <= day]
    return begun[-1] if begun else None


def read_cells(folder: Path, number: int) -> pl.DataFrame:
    """The cells of an edition. DataRefused where they are not what was released."""
    return read_content(folder_of(folder, number)).cells


def read_content(edition: Path) -> Content:
    """All that the folder of an edition holds. DataRefused where it is not what was released."""
    about = read_about(edition)
    changed = error("edition.changed", about.name, number=about.number)
    try:
        found = {name: (edition / name).read_bytes() for name in (CELLS, *about.files)}
        cells = pl.read_parquet(found[CELLS])
    except (OSError, pl.exceptions.PolarsError) as cause:
        raise DataRefused([changed]) from cause
    same = all(_digest(found[name]) == digest for name, digest in about.files.items())
    if not same or cells_digest(cells) != about.digest:
        raise DataRefused([changed])
    return Content(cells, found.get(STATE, b""), found.get(DEFINITION, b"").decode())


def cells_digest(cells: pl.DataFrame) -> str:
    """SHA-256 of the cells in their order: names of columns, texts, then amounts."""
    found = hashlib.sha256("\x1f".join(cells.columns).encode())
    for column in cells.iter_columns():
        if column.dtype == pl.String:
            found.update("\x1f".join(column.fill_null("").to_list()).encode())
        else:
            found.update(column.to_numpy().astype("<i8").tobytes())
        found.update(b"\x1e")
    return found.hexdigest()


def _text(about: Edition) -> str:
    return json.dumps(asdict(about), ensure_ascii=False, indent=1, sort_keys=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
