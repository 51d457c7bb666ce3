"""kill -9 between a register and its facts: what was written is published by the next worker."""

from __future__ import annotations

import pytest

from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.counts import FULL
from tests.support.forks import wait
from tests.support.halted import house, rows
from tests.support.taken import shelf_beside

__all__ = ["house"]
pytestmark = pytest.mark.heavy
POINTS = range(1, 22) if FULL else (2, 6, 9, 14, 20)  # rows and files of a submit and its batches
WRITTEN = "select note, position from registers_opportunity"
LEFT = "select count(*) from registers_update where not is_published"


def facts(house):
    """The note of the opportunity that counts, and how many updates do."""
    shelf = shelf_beside(house.home, lambda query: rows(house, query))
    told = table(shelf, KINDS["opportunities"])["note"].to_list()
    return told, table(shelf, KINDS["record_updates"]).height


def test_what_was_written_is_published_by_the_next_worker(house):
    house.ask("deal_write", 0)
    before = facts(house)
    assert before == (["0"], 1)
    met = set()
    for number, point in enumerate(POINTS, 1):
        assert house.ended_at(point, "deal_write", number), point
        (note, position), (left,) = rows(house, WRITTEN)[0], rows(house, LEFT)[0]
        met.add((note == str(number), left))
        house.begin()
        wait(lambda: rows(house, LEFT) == [(0,)])
        house.forks.kill(house.worker)
        assert facts(house) == ([note], position), point
    assert met >= {(False, 0), (True, 1)}  # before the write, and between it and its facts
    house.ask("audit_verify")
