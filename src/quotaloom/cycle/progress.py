"""What a long run tells of itself while it works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    Stage = Literal["read", "add_up", "spread", "check", "write", "keep"]
    Progress = Callable[[Stage, int, int], None]


def silent(stage: str, done: int, of: int) -> None:
    """Tell nobody. ``done`` counts from 1; ``of`` is 0 where a stage has no parts."""
