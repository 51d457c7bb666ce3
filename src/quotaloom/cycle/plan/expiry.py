"""Holds that end on a day: released by an edit of the system, so that no replay asks a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Release
from quotaloom.planfile.journal import Author

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.planfile.journal import Journal

SYSTEM = "system"


def expire(journal: Journal, day: date) -> list[int]:
    """Release every hold that ends on the day or earlier; answers their numbers, in order."""
    ended = [
        hold.seq for hold in journal.refresh().holds if hold.until is not None and hold.until <= day
    ]
    for seq in ended:
        journal.write(Release(seq), Author(SYSTEM))
    return ended
