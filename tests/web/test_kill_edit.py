"""kill -9 inside the write phase of an edit: every edit is there whole, with its audit, or not."""

from __future__ import annotations

import random

import pytest

from tests.support.counts import FULL
from tests.support.halted import house, over, rows
from tests.support.small_plan import orders_file

__all__ = ["house"]
pytestmark = pytest.mark.heavy
POINTS = 9  # statements of two edits in one act that write, and its end
KILLS = 200 if FULL else 10
HEAD = "select position from journals_planjournal"
NOTED = "select count(*) from audit_auditrow where action = 'plan.edit'"
STORED = """
select count(*), max(position), (select count(*) from journals_journaltext)
from journals_journalrecord
"""
VERIFIED = """
import json
from quotaloom.cycle.plan.desk import first, open_plan
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.journal import Journal
from quotaloom.web.journals.models import PlanJournal
from quotaloom.web.journals.store import DatabaseStore
store = DatabaseStore(PlanJournal.objects.get().pk)
head = verify_store(store)
fast, cold = open_plan(store), Journal(store, first(store), lambda: None)
one, other = (journal.plan.column(('booked', 'issued')).values for journal in (fast, cold))
print(json.dumps([head.position, bool((one == other).all())]))
"""


def state(house):
    """The head, the records, the audit: an act counts as many edits as texts."""
    return rows(house, HEAD), rows(house, STORED), rows(house, NOTED)


def after(acts):
    """What stands after so many acts of two edits."""
    return [(2 * acts,)], [(2 * acts, 2 * acts, 2 * acts)], [(acts,)]


def test_an_edit_is_there_whole_or_not_at_all(house, tmp_path):
    chance = random.Random(14)
    house.begin()
    (job,) = house.ask("plan_job", orders_file(tmp_path))
    assert over(house, job) == ("done", 1)
    house.forks.kill(house.worker)
    house.ask("plan_edit", 1)
    acts = 1
    assert state(house) == after(acts)
    for number in range(KILLS):
        point = chance.randint(1, POINTS)
        assert house.ended_at(point, "plan_edit", number + 2), point
        acts += point == POINTS
        assert state(house) == after(acts), point
        if number % 10 == 0:
            house.ask("plan_edit", 1)
            acts += 1
            assert state(house) == after(acts)
    assert rows(house, "pragma integrity_check") == [("ok",)]
    said = house.ask("shell", "--verbosity", "0", "--command", VERIFIED)
    assert said == [f"[{2 * acts},", "true]"]
    house.ask("audit_verify")
