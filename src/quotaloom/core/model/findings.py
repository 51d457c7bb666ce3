"""What a planner should see: a code, how grave it is, whom it is about, and its figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Param = str | int


class Severity(StrEnum):
    """How grave a finding is. Only an error stops the work."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. ``code`` is ``<verb>.<what>``; prose is made from it elsewhere.

    An address in a file uses the params ``file``, ``sheet``, ``row`` (1-based, as the file's own
    program shows it), ``column`` (letters and header) and ``value``.
    """

    code: str
    severity: Severity
    subject: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)

    def __str__(self) -> str:
        figures = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code} {self.subject} ({figures})".replace("  ", " ")


def error(code: str, subject: str = "", **params: Param) -> Finding:
    """A finding that stops the work."""
    return Finding(code, Severity.ERROR, subject, params)


def warning(code: str, subject: str = "", **params: Param) -> Finding:
    """A finding that the reader should look at."""
    return Finding(code, Severity.WARNING, subject, params)


def info(code: str, subject: str = "", **params: Param) -> Finding:
    """A finding that only tells what was done."""
    return Finding(code, Severity.INFO, subject, params)
