"""The command as a fixture."""

from __future__ import annotations

from tests.support.command import command

__all__ = ["command"]
