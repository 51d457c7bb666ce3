"""What our verbs say: findings as sentences, in the language of the one who started them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import Severity
from quotaloom.report.wording import sentence

if TYPE_CHECKING:
    from quotaloom.core.model.errors import QuotaLoomError
    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang

MARKS = {Severity.ERROR: "✗ ", Severity.WARNING: "! ", Severity.INFO: ""}


def language() -> Lang:
    """QUOTALOOM_LANG, else Chinese."""
    return "en" if os.environ.get("QUOTALOOM_LANG", "").lower().startswith("en") else "zh"


def say(*findings: Finding) -> None:
    """One line a finding: news on the output, trouble on the error stream; seen at once."""
    for one in findings:
        stream = sys.stdout if one.severity is Severity.INFO else sys.stderr
        print(f"{MARKS[one.severity]}{sentence(one, language())}", file=stream, flush=True)


def refuse(refusal: QuotaLoomError) -> int:
    """Tell all findings of a refusal; answers the exit code."""
    say(*refusal.findings)
    return refusal.exit_code
