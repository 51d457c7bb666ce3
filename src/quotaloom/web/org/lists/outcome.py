"""What came of reading a list, as its row keeps it and its page shows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quotaloom.core.model.findings import Severity
from quotaloom.web.jobs.tasks import plain
from quotaloom.web.org.effect import preview_of

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.web.org.lists.column import Columns
    from quotaloom.web.org.lists.compare import Comparison
    from quotaloom.web.org.lists.reading import Reading

MOST_SHOWN = 200  # findings and effects on the page; all findings stand in the marked workbook
GRAVE = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def outcome_of(reading: Reading, day: date) -> dict[str, Any]:
    """For a column of the database; ``made`` is None where nothing can be written."""
    found = sorted(reading.findings, key=lambda one: GRAVE.index(one.severity))
    look = reading.look
    return {
        "sheets": look.sheets,
        "sheet": look.sheet,
        "header_row": look.header_row,
        "headers": look.headers,
        "lines": look.lines,
        "columns": _columns(reading.columns) if reading.columns else {},
        "rows": reading.rows,
        "findings": plain(found),
        "errors": sum(one.severity == Severity.ERROR for one in found),
        "doubts": sum(one.severity == Severity.WARNING for one in found),
        "made": _made(reading.compared, day) if reading.compared else None,
    }


def _columns(told: Columns) -> dict[str, Any]:
    return {
        "preset": told.preset.name,
        "roles": dict(told.roles),
        "levels": told.levels,
        "unused": told.unused,
    }


def _made(made: Comparison, day: date) -> dict[str, Any]:
    preview = preview_of(made.done, day)
    return {
        "new": made.new,
        "changed": made.changed,
        "same": made.same,
        "people": len(made.people),
        "effects": [asdict(one) for one in preview.effects[:MOST_SHOWN]],
        "changes": len(preview.effects),
        "seen": preview.seen,
    }
