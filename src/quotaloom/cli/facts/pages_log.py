"""The log of batches of a data folder that pages serve, kept by a process of the web."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final
from weakref import finalize

from quotaloom.cli.web import SETTINGS
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, Severity, error
from quotaloom.warehouse.batches.log import read_line

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.warehouse.batches.entry import Entry

WORDS: Final = (sys.executable, "-m", "quotaloom.web", "batch_log")


class PagesLog:
    """Begun with the first question; it ends with this process. See BatchLog for the promises."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process: subprocess.Popen[str] | None = None

    def entries(self) -> list[Entry]:
        """The whole log."""
        lines = self._ask({})["entries"]
        return [read_line(number, line) for number, line in enumerate(lines, 1)]

    def append(self, entry: Entry) -> None:
        """Add a line; it is committed and audited when this returns."""
        self._ask({"append": entry.dumps()})

    def mend(self) -> None:
        """Nothing: a transaction leaves no half line."""

    def known(self) -> dict[str, frozenset[str]]:
        """The members of the pages by column, as their imports check them."""
        told = self._ask({"known": True})["known"]
        return {column: frozenset(names) for column, names in told.items()}

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        if self._process is None:
            self._process = self._begun()
            finalize(self, self._process.communicate)  # it ends where its input does
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise TypeError("it was begun without pipes")
        try:
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            told: dict[str, Any] = json.loads(process.stdout.readline())
        except (OSError, ValueError) as cause:
            raise DataRefused([error("batch.pages_away", str(self.home))]) from cause
        if refused := told.get("refused"):
            raise DataRefused([_finding(one) for one in refused])
        return told

    def _begun(self) -> subprocess.Popen[str]:
        told = {"QUOTALOOM_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": SETTINGS}
        return subprocess.Popen(  # noqa: S603 - our own module
            WORDS,
            env={**os.environ, "PYTHONUTF8": "1", **told},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(told["code"], Severity(told["severity"]), told["subject"], told["params"])
