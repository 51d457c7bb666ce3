"""Which sheet of a workbook is read: the one asked, or the only one that holds anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.warehouse.intake.workbook import Sheet

LISTED = 60


def chosen_sheet(
    file: str, sheets: list[Sheet], asked: str | None, is_filled: Callable[[int], bool]
) -> int:
    """The index of the sheet to read; hidden ones only when ``asked``.

    ``is_filled`` says whether the sheet of an index holds anything. Raises DataRefused with the
    names to choose from.
    """
    if asked is not None:
        return _named(file, sheets, asked)
    visible = [at for at, sheet in enumerate(sheets) if sheet.part and sheet.visible]
    filled = [at for at in visible if is_filled(at)]
    if len(filled) == 1:
        return filled[0]
    code = "intake.sheets_several" if filled else "intake.sheets_empty"
    shown = [sheets[at] for at in filled] or sheets
    raise DataRefused([error(code, file=file, sheets=listed(shown))])


def listed(sheets: list[Sheet]) -> str:
    """The names of the sheets, hidden ones in brackets; chart sheets are none."""
    names = [sheet.name if sheet.visible else f"({sheet.name})" for sheet in sheets if sheet.part]
    more = f" … +{len(names) - LISTED}" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def _named(file: str, sheets: list[Sheet], asked: str) -> int:
    for at, sheet in enumerate(sheets):
        if sheet.part and sheet.name.strip() == asked.strip():
            return at
    raise DataRefused([error("intake.sheet_unknown", asked, file=file, sheets=listed(sheets))])
