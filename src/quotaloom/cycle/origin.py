"""Which files a refusal is about, where it does not say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.findings import Finding, Severity
from quotaloom.cycle.request import DecomposeRequest, read_join
from quotaloom.cycle.season import is_file

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NAMED: Final = 5


def input_files(request: DecomposeRequest) -> list[Path]:
    """Every file that the request reads: facts, weights, joined files, roster, season."""
    season = [Path(request.seasonality)] if is_file(request.seasonality) else []
    return [*_tables(request), *_paths(request.roster), *season]


def with_origin(findings: Iterable[Finding], request: DecomposeRequest) -> list[Finding]:
    """The findings; an error that names no file gets those that it can have come from."""
    found = []
    for one in findings:
        files = _paths(request.roster) if one.code.startswith("roster.") else _tables(request)
        if files and one.severity is Severity.ERROR and "file" not in one.params:
            found.append(replace(one, params={"file": _listed(files), **one.params}))
        else:
            found.append(one)
    return found


def _tables(request: DecomposeRequest) -> list[Path]:
    facts = () if isinstance(request.facts, pl.DataFrame) else request.facts
    joined = [Path(read_join(text)[0]) for text in request.join]
    return [*facts, *_paths(request.weights), *joined]


def _paths(source: Path | pl.DataFrame | None) -> list[Path]:
    return [source] if isinstance(source, Path) else []


def _listed(files: list[Path]) -> str:
    more = len(files) - MOST_NAMED
    names = ", ".join(path.name for path in files[:MOST_NAMED])
    return f"{names} … (+{more})" if more > 0 else names
