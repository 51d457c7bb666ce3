"""The audit as CSV, with signs that a spreadsheet would take for a formula made harmless."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotaloom.web.audit.models import AuditRow

HEAD = (
    "number", "at", "actor", "actor_name", "acting_for", "action", "subject", "params", "address",
    "algorithm", "previous", "hash",
)  # fmt: skip
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[AuditRow], names: Mapping[str, str]) -> Iterator[str]:
    """Lines of the file, a byte-order mark first, for Excel."""
    yield "\ufeff" + _line(HEAD)
    for row in rows:
        name = names.get(row.actor, "")
        cells = (row.number, row.at.isoformat(), row.actor, name, row.acting_for, row.action)
        rest = (row.subject, row.params, row.address, row.algorithm, row.previous, row.hash)
        yield _line((*cells, *rest))


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue()


def harmless(text: str) -> str:
    """``text`` as a cell that no spreadsheet computes."""
    return f"'{text}" if text.lstrip(' "').startswith(LIVE) else text
