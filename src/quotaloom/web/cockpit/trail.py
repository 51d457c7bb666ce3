"""The way down to a branch, as links."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from quotaloom.cycle.track.board import Board


def trail(board: Board, hidden: int) -> list[tuple[str, str]]:
    """Name and ``at`` parameters of the top, then of each branch down to the one shown."""
    found = [(_("All that I see") if hidden else _("Whole company"), "at=")]
    for depth, (level, one) in enumerate(zip(board.levels, board.branch, strict=False), 1):
        name = board.quotas.names[level].get(one, one)
        found.append((name, urlencode([("at", part) for part in board.branch[:depth]])))
    return found
