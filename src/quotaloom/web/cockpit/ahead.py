"""The sums of the page that is opened first, made by the worker after every change of the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.cycle.track.board import Board
from quotaloom.warehouse.marts.shelf_file import is_large
from quotaloom.web.cockpit.asked import span_of
from quotaloom.web.cockpit.order_lines import Facts
from quotaloom.web.cockpit.selectors import stand_on

if TYPE_CHECKING:
    from datetime import date


def sums_ahead(as_of: date | None = None) -> None:
    """Have the sums of the year ready, of facts too many to be held; up to the newest unless said.

    A plan that comes into force and other crediting rules ask for other sums, which are made, too.
    """
    facts = Facts.now()
    stand = stand_on(facts, as_of) if is_large(facts.batches) else None
    if stand is None:
        return
    board = Board(stand.quotas, pl.DataFrame(), span_of("", stand.year), stand.day)
    stand.lines.file(board.span.start, board.last)
