"""R11: kill -9 in the write phase of imports of pages and programs: all of a batch, or nothing."""

from __future__ import annotations

import random
from contextlib import nullcontext

import pytest

from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.counts import FULL
from tests.support.halted import House, rows
from tests.support.postgres import cluster
from tests.support.taken import shelf_beside

pytestmark = pytest.mark.heavy
WORKER_POINTS, PROGRAM_POINTS = 9, 13  # that are surely reached: files, rows, note of the end
WORKER_KILLS, PROGRAM_KILLS = (30, 52) if FULL else (3, 6)  # on each database
NOTED = "select count(*) from audit_auditrow where action = 'facts.import'"
TAKEN = "select count(*) from data_upload where state = 'taken' and position is not null"


def shelf(house):
    return shelf_beside(house.home, lambda query: rows(house, query))


def state(house):
    """The invoices that count with their amounts, the audit rows, and the files that are taken."""
    facts = table(shelf(house), KINDS["invoices"]).sort("invoice")
    told = facts.select("invoice", "amount").rows()
    return told, rows(house, NOTED)[0][0], rows(house, TAKEN)[0][0]


def after(count):
    """The state once so many files are in: each holds an invoice of its own, and renews the first.

    The first counts once, as the last file says it.
    """
    own = [(f"F{number:04}", number * 1_0000) for number in range(1, count + 1)]
    return [("F0000", count * 1_0000), *own], count, count


def file(folder, number):
    """The file of a number."""
    path = folder / f"{number}.csv"
    lines = (f"F{number:04},2026-01-05,{number}", f"F0000,2026-01-05,{number}")
    path.write_text("\n".join(("发票号,开票日期,开票金额", *lines)), encoding="utf-8")
    return path


def orphans(house):
    """The folders of batches that no line names."""
    named = {one.folder for one in shelf(house).entries()}
    found = (house.home / "batches/invoices").iterdir()
    return [path.name for path in found if f"invoices/{path.name}" not in named]


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def house(request, tmp_path_factory):
    """A migrated folder on each database, with one import."""
    home = tmp_path_factory.mktemp("kills") / "home"
    with cluster() if request.param == "postgresql" else nullcontext() as one:
        found = House(home, one.create("kills") if one else "")
        assert found.ask("facts_send", file(home.parent, 1), "1") == ["200", "1"]
        yield found
        found.forks.end()


def points(count, most, seed):
    """So many points, each of them as often as any other."""
    chance, found = random.Random(seed), []
    while len(found) < count:
        found += chance.sample(range(1, most + 1), most)
    return found[:count]


def numbered(house, some):
    """The points with the number of the file that is imported at each."""
    return enumerate(some, len(shelf(house).entries()) + 1)


def test_an_import_of_a_page_is_resumed_by_the_next_worker(house, tmp_path):
    house.begin()
    for number, point in numbered(house, points(WORKER_KILLS, WORKER_POINTS, 15)):
        allowed = (after(number - 1), after(number))
        words = "facts_job", file(tmp_path, number)
        house.killed(words, point, state=state, allowed=allowed)
        assert state(house) == after(number), point
    house.forks.kill(house.worker)
    assert orphans(house) == []
    house.ask("audit_verify")


def test_what_a_program_sends_again_is_there_once(house, tmp_path):
    for number, point in numbered(house, points(PROGRAM_KILLS, PROGRAM_POINTS, 16)):
        words = "facts_send", file(tmp_path, number), number
        assert house.ended_at(point, *words), point
        assert state(house) in (after(number - 1), after(number)), point
        assert house.ask(*words) == ["200", str(number)]
        assert state(house) == after(number), point
    assert orphans(house) == []
    house.ask("audit_verify")
