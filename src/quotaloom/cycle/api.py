"""decompose as a Python call: keyword arguments in place of options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import nearest_names
from quotaloom.cycle.decompose import decompose as perform
from quotaloom.cycle.options import KINDS, request_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotaloom.cycle.decompose import Result

    Source = pl.DataFrame | Path | str | Sequence[Path | str]


def decompose(
    facts: Source | None = None,
    *,
    total: str | int,
    year: int,
    by: str | Sequence[str] = (),
    **options: Any,  # noqa: ANN401 - every field of DecomposeRequest, checked by name and type
) -> Result:
    """Break ``total`` down over the leaves of ``facts``, a frame or files.

    The keyword arguments are the options of the command with ``_`` for ``-``; docs/reference/
    python.md lists them. A list may be one text. Amounts are texts or whole numbers in 元, never
    floats. Raises UsageRefused, DataRefused or Infeasible; each carries all its findings.
    """
    unknown = sorted(set(options) - set(KINDS))
    if unknown:
        raise UsageRefused(
            error("option.unknown", name, nearest=", ".join(nearest_names(name, KINDS)))
            for name in unknown
        )
    given = {"facts": _frame_of(facts), "total": total, "year": year, "by": by}
    tables = {name: _frame_of(options[name]) for name in ("weights",) if name in options}
    request, misfits = request_of(given | options | tables)
    if request is None:
        raise UsageRefused(
            error("option.wrong_type", one.name, value=one.value, expected=one.expected)
            for one in misfits
        )
    return perform(request)


def _frame_of(source: Any) -> Any:  # noqa: ANN401 - a frame of any library that speaks Arrow
    """A table of another library as ours; anything else as it is."""
    if isinstance(source, pl.LazyFrame):
        return source.collect()
    if not isinstance(source, pl.DataFrame) and hasattr(source, "__arrow_c_stream__"):
        return pl.DataFrame(source)
    return source
