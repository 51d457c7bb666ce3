"""What the command says: findings as sentences on the error stream, results on the output."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.findings import Severity
from quotaloom.report.held import with_rules
from quotaloom.report.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.model.findings import Finding

Lang = Literal["zh", "en"]
MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}
MOST_SHOWN = 1000
COUNTS = ("intake.more", "intake.more_cells", "hierarchy.more_refused")  # of others not listed
MORE = {"zh": "…另有 {count} 条", "en": "… and {count} more"}


def wanted_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """--lang, else QUOTALOOM_LANG, else Chinese."""
    asked = environment.get("QUOTALOOM_LANG", "zh")
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
    return "en" if asked.lower().startswith("en") else "zh"


def _weight(finding: Finding) -> int:
    """How many faults a finding stands for."""
    return int(finding.params["count"]) if finding.code in COUNTS else 1


@dataclass(frozen=True)
class Speech:
    """The two streams in one language."""

    lang: Lang

    def refuse(self, findings: Sequence[Finding]) -> None:
        """Print findings, one a line, on the error stream; what stops the work comes last."""
        told = with_rules(findings, self.lang)
        errors = [one for one in told if one.severity is Severity.ERROR]
        others = [one for one in told if one.severity is not Severity.ERROR]
        for finding in (*others, *errors[:MOST_SHOWN]):
            self.note(f"{MARKS[finding.severity]} {sentence(finding, self.lang)}")
        if hidden := sum(map(_weight, errors[MOST_SHOWN:])):
            self.note(MORE[self.lang].format(count=hidden))

    def note(self, text: str) -> None:
        """One line on the error stream."""
        print(text, file=sys.stderr)  # noqa: T201 - where a stream is closed, print is silent

    def say(self, text: str) -> None:
        """Text on the output stream."""
        print(text.removesuffix("\n"))  # noqa: T201 - where a stream is closed, print is silent

    def flush(self) -> None:
        """Hand everything said to the output stream. Raises BrokenPipeError where it is closed."""
        print(end="", flush=True)  # noqa: T201 - where a stream is closed, print is silent

    @property
    def width(self) -> int:
        """How many columns the terminal has."""
        return shutil.get_terminal_size((100, 24)).columns
