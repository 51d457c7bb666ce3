"""The command, run inside the test."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from quotaloom.cli.main import main


@dataclass(frozen=True)
class Run:
    """What one run answered and said."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(capsys, monkeypatch):
    """A function that runs ``quotaloom`` with words and answers a Run."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("QUOTALOOM_LANG", raising=False)

    def run(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run
