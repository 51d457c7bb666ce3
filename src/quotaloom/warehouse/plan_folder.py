"""A decomposition as a folder of Parquet files and one JSON: written once, read back equal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from quotaloom.core.model.decomposition import Check, Decomposition, Derivation, Margin
from quotaloom.core.model.findings import Finding, Severity
from quotaloom.core.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT: Final = 1
LEAVES, TUPLES, DERIVED, PAST, ABOUT = (
    "leaves.parquet",
    "tuples.parquet",
    "derivations.parquet",
    "node_last_year.parquet",
    "about.json",
)
_DERIVED: Final = pl.Schema(
    {
        "hierarchy": pl.String(),
        "path": pl.List(pl.String),
        "method": pl.String(),
        "raw_weight": pl.String(),
        "share": pl.String(),
        "basis": pl.Int64(),
        "quota": pl.Int64(),
        "note": pl.String(),
    }
)


def save_plan(one: Decomposition, folder: Path) -> str:
    """Write the folder, which must not exist; answers the digest of the cells.

    ``about.json`` comes last: a folder without it was never finished.
    """
    folder.mkdir(parents=True)
    one.leaves.write_parquet(folder / LEAVES)
    past = one.tuple_last_year
    pl.DataFrame(
        {"last_year": [] if past is None else past}, {"last_year": pl.Int64}
    ).write_parquet(folder / TUPLES)
    _derived(one.derivations).write_parquet(folder / DERIVED)
    one.node_last_year.write_parquet(folder / PAST)
    digest = cells_digest(one.leaves)
    text = json.dumps(_about(one) | {"digest": digest}, ensure_ascii=False, indent=1)
    (folder / ABOUT).write_text(text, encoding="utf-8")
    return digest


def load_plan(folder: Path) -> Decomposition:
    """The decomposition of a folder. Raises ValueError where the cells are not what was written."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    leaves = pl.read_parquet(folder / LEAVES)
    if cells_digest(leaves) != about["digest"]:
        raise ValueError(f"the cells in {folder} are not what was written")
    past = pl.read_parquet(folder / TUPLES)["last_year"].to_numpy()
    return Decomposition(
        leaves=leaves,
        hierarchies=tuple((name, tuple(levels)) for name, levels in about["hierarchies"]),
        label_of=about["label_of"],
        periods=tuple(_period(one) for one in about["periods"]),
        rollups={label: tuple(wider) for label, wider in about["rollups"].items()},
        total=about["total"],
        unit=about["unit"],
        basis_scale=about["basis_scale"],
        last_year=about["last_year"],
        node_last_year=pl.read_parquet(folder / PAST),
        margins=tuple(Margin(**one) for one in about["margins"]),
        checks=tuple(Check(**one) for one in about["checks"]),
        derivations=tuple(_read_derived(pl.read_parquet(folder / DERIVED))),
        findings=tuple(_finding(one) for one in about["findings"]),
        parameters=about["parameters"],
        seconds=about["seconds"],
        tuple_last_year=past if about["has_past"] else None,
    )


def cells_digest(leaves: pl.DataFrame) -> str:
    """SHA-256 of the quotas in their order, with the members and periods that they belong to."""
    found = hashlib.sha256(repr(leaves.columns).encode())
    for column in leaves.select(pl.col(pl.String)):
        found.update("\x1f".join(column.fill_null("").to_list()).encode())
        found.update(b"\x1e")
    found.update(np.ascontiguousarray(leaves["quota"].to_numpy()).astype("<i8").tobytes())
    return found.hexdigest()


def _about(one: Decomposition) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "hierarchies": one.hierarchies,
        "label_of": dict(one.label_of),
        "periods": [
            asdict(period) | {"start": str(period.start), "end": str(period.end)}
            for period in one.periods
        ],
        "rollups": dict(one.rollups),
        "total": one.total,
        "unit": one.unit,
        "basis_scale": one.basis_scale,
        "last_year": one.last_year,
        "margins": [asdict(margin) for margin in one.margins],
        "checks": [asdict(check) | {"params": dict(check.params)} for check in one.checks],
        "findings": [asdict(finding) for finding in one.findings],
        "parameters": dict(one.parameters),
        "seconds": one.seconds,
        "has_past": one.tuple_last_year is not None,
    }


def _derived(lines: Iterable[Derivation]) -> pl.DataFrame:
    rows = [
        asdict(one) | {"raw_weight": str(one.raw_weight), "share": str(one.share)} for one in lines
    ]
    return pl.DataFrame(rows, _DERIVED)


def _read_derived(frame: pl.DataFrame) -> Iterable[Derivation]:
    for row in frame.iter_rows(named=True):
        exact = {key: Decimal(row[key]) for key in ("raw_weight", "share")}
        yield Derivation(**(row | exact | {"path": tuple(row["path"])}))


def _period(one: dict[str, Any]) -> Period:
    days = {key: date.fromisoformat(one[key]) for key in ("start", "end")}
    return Period(**(one | days))


def _finding(one: dict[str, Any]) -> Finding:
    return Finding(one["code"], Severity(one["severity"]), one["subject"], one["params"])
