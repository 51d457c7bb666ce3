"""Fifty editors at once on a real server, by all ways: nothing lost, nobody overwritten."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.counts import examples
from tests.support.editors import Program, asked, editors, journal, run
from tests.support.postgres import cluster
from tests.support.site import demo_home, serving

pytestmark = pytest.mark.heavy
EDITORS, EACH, SEATS = 50, 200, 50


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def busy(request, tmp_path_factory):
    """A server with the demo plan on either database, and what its shell needs to know."""
    own = tmp_path_factory.mktemp("busy") / "home"
    if request.param == "sqlite":
        home = demo_home(tmp_path_factory.getbasetemp(), own)
        with serving(home, "--workers", 2, QUOTALOOM_DEMO="1") as site:
            yield site, {}
        return
    with cluster() as postgres:
        more = {"QUOTALOOM_DB": postgres.create("busy"), "QUOTALOOM_DEMO": "1"}
        with serving(own, "--workers", 2, **more) as site:
            yield site, more


class Releaser(Program):
    """Asks to release a plan as nobody saw it: refused, but in a transaction of its own."""

    def look(self, _line):
        self.seen = 999_999

    def edit(self, line):
        told = {"name": "年度目标", "period": "2027-01"}
        self.statuses.append(self.program(line, "POST", "/releases", **told)[0])


SEES_ALL = """
from quotaloom.web.org.models import Grant
print(Grant.objects.filter(user__username__startswith='releaser').update(scope=None))
"""


def accepted(some):
    return {seq: (one.user, seen) for one in some for seq, seen in one.accepted}


def test_editors_of_disjoint_seats_never_meet_and_lose_nothing(busy):
    site, more = busy
    some = editors(site, "editor", EDITORS, SEATS, examples(EACH), **more)
    before, _ = journal(site, some[0].plan, **more)
    run(site, some, **more)
    wanted = sum(one.edits for one in some)
    assert Counter(status for one in some for status in one.statuses) == {200: wanted}
    records, totals = journal(site, some[0].plan, **more)
    told = {seq: author for seq, (author, _) in accepted(some).items()}
    assert {seq: author for seq, author, _ in records[len(before) :]} == told
    for one in some:
        for period, amount in one.last.items():
            assert totals[one.seat, period] == amount * 100


def test_nobody_overwrites_what_she_had_not_seen(busy):
    site, more = busy
    some = editors(site, "rival", 20, 2, examples(EACH), **more)
    before, _ = journal(site, some[0].plan, **more)
    run(site, some, **more)
    assert {status for one in some for status in one.statuses} <= {200, 409}
    records, _ = journal(site, some[0].plan, **more)
    told = accepted(some)
    assert {seq for seq, *_ in records[len(before) :]} == set(told)
    newest = {}
    for seq, author, places in records[len(before) :]:
        for place in map(tuple, places):
            last, by = newest.get(place, (0, author))
            assert by == author or told[seq][1] >= last, (seq, place)
            newest[place] = (seq, author)
    assert sum(409 in one.statuses for one in some) > 0


def test_programs_that_release_and_editors_never_wait_for_each_other_in_a_ring(busy):
    """A transaction that waits for the journal would hold up everybody for 20 seconds."""
    site, more = busy
    writers = editors(site, "ring", 8, 8, examples(EACH), **more)
    made = editors(site, "releaser", 2, 2, examples(EACH), **more)
    asked(site, SEES_ALL, **more)
    releasers = [
        Releaser(site.url, (one.plan, one.header, one.seat), who, one.edits, one.chance)
        for one in made
        for who in [(one.user, one.token, one.session)]
    ]
    run(site, [*writers, *releasers], **more)
    assert {status for one in writers for status in one.statuses} == {200}
    assert {status for one in releasers for status in one.statuses} == {409}
