"""Released plans: immutable Parquet with a digest and an effective period, one in force a period.

EDITIONS/001-年度目标/cells.parquet   a row a leaf: period, members, measure, layer, amount
                     edition.json    what it is, its digest, since when it is in force
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CELLS, ABOUT = "cells.parquet", "edition.json"
READ_ONLY: Final = 0o444


@dataclass(frozen=True, slots=True)
class Edition:
    """A released plan. It is in force from the period ``effective`` (its first day) on.

    ``position`` and ``head`` say which state of which journal it is; ``digest`` is the SHA-256 of
    its cells. ``total`` is in 分, as text, by measure.
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


def release(folder: Path, cells: pl.DataFrame, about: Edition) -> Edition:
    """Write an edition that nobody may change again; answers it with its number and digest.

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
    part.mkdir()
    cells.write_parquet(part / CELLS)
    made = Edition(
        **{**asdict(about), "number": number, "digest": cells_digest(cells)},
    )
    text = json.dumps(asdict(made), ensure_ascii=False, indent=1, sort_keys=True)
    (part / ABOUT).write_text(text, encoding="utf-8")
    for name in (CELLS, ABOUT):
        (part / name).chmod(READ_ONLY)
        with (part / name).open("rb") as file:
            os.fsync(file.fileno())
    part.rename(folder / f"{number:03}-{about.name.replace(os.sep, '_')}")
    return made


def editions(folder: Path) -> Iterator[Edition]:
    """The editions of a folder, in the order of their release."""
    for path in sorted(folder.glob(f"*/{ABOUT}")):
        yield Edition(**json.loads(path.read_text(encoding="utf-8")))


def in_force(folder: Path, day: str) -> Edition | None:
    """The edition that counts on a day (ISO): the last one whose period had begun."""
    begun = [one for one in editions(folder) if one.effective <= day]
    return begun[-1] if begun else None


def read_cells(folder: Path, number: int) -> pl.DataFrame:
    """The cells of an edition. DataRefused where they are not what was released."""
    for path in folder.glob(f"{number:03}-*/{ABOUT}"):
        about = Edition(**json.loads(path.read_text(encoding="utf-8")))
        cells = pl.read_parquet(path.parent / CELLS)
        if cells_digest(cells) != about.digest:
            raise DataRefused([error("edition.changed", about.name, number=number)])
        return cells
    raise DataRefused([error("edition.unknown", str(number))])


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
