"""The workbook that shows each fault of a refused import in its cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotaloom.report.facts_annotated import facts_annotated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotaloom.cli.speech import Lang
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.cycle.facts.watch import Outcome


def annotate(request: ImportRequest, findings: Sequence[Finding], path: Path, lang: Lang) -> None:
    """Write it for the first file that has a fault."""
    named = {str(one.params.get("file", "")) for one in findings}
    files = [file for file in request.files if file.name in named] or list(request.files[:1])
    if files:
        facts_annotated(files[0], request.raw(), findings, path, lang)


def annotate_beside(outcome: Outcome, lang: Lang) -> None:
    """Write it beside a file that was refused, in whole or in part."""
    path = outcome.path.with_name(f"{outcome.path.name}.xlsx")
    annotate(replace(outcome.request, files=(outcome.path,)), outcome.findings, path, lang)
