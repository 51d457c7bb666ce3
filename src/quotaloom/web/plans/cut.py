"""Which cut of a plan an address asks for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.report.pivot import Path, Pivot

DEEPEST = 12
LONGEST = 60  # characters of a code


@dataclass(frozen=True, slots=True)
class Cut:
    """The levels of the rows in order, a path of codes down them, and how deep to open.

    ``measure`` and ``layer`` are as the address says them: "" for the plan's own.
    """

    rows: tuple[str, ...]
    path: Path
    deep: int
    asks_depth: bool
    rows_text: str
    measure: str = ""
    layer: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What every address of the page says: the order of rows, the measure, the layer."""
        told = {"rows": self.rows_text, "measure": self.measure, "layer": self.layer}
        return {name: text for name, text in told.items() if text}

    @property
    def question(self) -> str:
        """The same as the query of an address, "" for nothing."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    def query(self, path: Path | None = None, **more: str) -> str:
        """The address' query for another path of the same cut."""
        where = self.path if path is None else path
        told = json.dumps(where, ensure_ascii=False, separators=(",", ":"))
        return urlencode(self.asked | {"path": told} | more)


def cut_asked(query: Mapping[str, str], pivot: Pivot) -> Cut:
    """Read ``rows`` (levels joined by >), ``path`` (JSON list of codes) and ``deep``.

    Raises UsageRefused for what cannot be read or is not there.
    """
    text = query.get("rows", "")
    rows = pivot.rows_asked(text)
    path = _path(query.get("path", "[]"))
    deep = query.get("deep", "")
    if len(path) > len(rows) or (deep and not deep.isdecimal()):
        raise UsageRefused([error("pivot.unknown_level", text)])
    shown = shows_asked(query)
    return Cut(rows, path, min(int(deep or 1), DEEPEST), bool(deep), text, *shown)


def shows_asked(query: Mapping[str, str]) -> Key:
    """The ``measure`` and the ``layer`` that an address names, "" for the plan's own."""
    return query.get("measure", "")[:LONGEST], query.get("layer", "")[:LONGEST]


def _path(text: str) -> Path:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise UsageRefused([error("pivot.unknown_level", text[:80])])
    return tuple(found)
