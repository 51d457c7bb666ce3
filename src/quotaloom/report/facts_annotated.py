"""A refused file of facts with its faults marked, as far as it can be read as a table at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.report.annotated import write_annotated
from quotaloom.warehouse.intake.opened import with_single_values
from quotaloom.warehouse.intake.raw import read_raw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang
    from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable


def facts_annotated(
    file: Path, options: RawOptions, findings: Sequence[Finding], path: Path, lang: Lang
) -> None:
    """Write the workbook; without its cells where the file cannot be laid out as a table."""
    own = [one for one in findings if one.params.get("file", file.name) == file.name]
    write_annotated(_table(file, options), own, path, lang)


def _table(file: Path, options: RawOptions) -> RawTable | None:
    """The table whatever is hidden or merged in it: what is read here is only shown."""
    try:
        shown = replace(options, hidden_rows="read", fill_down=True)
        return with_single_values(read_raw(file, shown))
    except DataRefused:
        return None
