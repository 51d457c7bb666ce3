"""doctor: see whether the installation is well."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from quotaloom.core.model.findings import Severity
from quotaloom.report.wording import sentence
from quotaloom.web.config.diagnosis import diagnose
from quotaloom.web.config.speech import language

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from quotaloom.core.model.findings import Finding

MARKS = {Severity.INFO: "✓", Severity.WARNING: "!", Severity.ERROR: "✗"}


class Command(BaseCommand):
    """Look, tell, change nothing."""

    help = "see whether the installation is well"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For programs."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *_: str, **chosen: Any) -> None:  # noqa: ANN401 - Django's own
        """One line a finding; exits with 1 where one is an error."""
        findings = diagnose()
        text = _as_json(findings) if chosen["json"] else "\n".join(map(_line, findings))
        self.stdout.write(text)
        sys.exit(int(any(one.severity is Severity.ERROR for one in findings)))


def _line(finding: Finding) -> str:
    return f"{MARKS[finding.severity]} {sentence(finding, language())}"


def _as_json(findings: list[Finding]) -> str:
    rows = [
        {
            "code": one.code,
            "severity": str(one.severity),
            "subject": one.subject,
            "params": dict(one.params),
            "said": sentence(one, language()),
        }
        for one in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)
