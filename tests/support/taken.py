"""The facts of the pages, read beside the server by the rows of its database."""

from __future__ import annotations

from quotaloom.warehouse.batches.log import read_line
from quotaloom.warehouse.batches.shelf import Shelf

LINES = "select line from data_factentry order by position"


class Lines:
    """The log of the pages; ``asked`` answers a query with its rows."""

    def __init__(self, asked):
        self.asked = asked

    def entries(self):
        return [read_line(number, line) for number, (line,) in enumerate(self.asked(LINES), 1)]


def shelf_beside(home, asked):
    """The batches of the data folder."""
    return Shelf(home / "batches", Lines(asked))
