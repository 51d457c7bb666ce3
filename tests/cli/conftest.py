"""The command as a fixture, in a shell that names no data folder."""

from __future__ import annotations

import pytest

from tests.support.command import command

__all__ = ["command"]


@pytest.fixture(autouse=True)
def without_a_home(monkeypatch):
    """The settings of the web's tests name theirs to the whole process."""
    monkeypatch.delenv("QUOTALOOM_HOME", raising=False)
