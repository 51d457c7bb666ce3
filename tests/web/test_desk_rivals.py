"""Fifty editors at once on a real server: nothing lost, nobody overwritten."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.counts import examples
from tests.support.editors import editors, journal, run
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


def accepted(some):
    return {seq: (one.user, seen) for one in some for seq, seen in one.accepted}


def test_editors_of_disjoint_seats_never_meet_and_lose_nothing(busy):
    site, more = busy
    some = editors(site, "editor", EDITORS, SEATS, examples(EACH), **more)
    before = len(journal(site, some[0].plan, **more))
    run(some)
    assert Counter(status for one in some for status in one.statuses) == {
        200: EDITORS * examples(EACH)
    }
    records = journal(site, some[0].plan, **more)[before:]
    told = {seq: author for seq, (author, _) in accepted(some).items()}
    assert {seq: author for seq, author, _, _ in records} == told
    written = {text.strip(): seq for seq, _, _, text in records}
    for one in some:
        for month, amount in one.last.items():
            place = f"2027-{month:02d} & booked/issued: {amount}"
            assert any(one.seat in text and text.endswith(place) for text in written)


def test_nobody_overwrites_what_she_had_not_seen(busy):
    site, more = busy
    some = editors(site, "rival", 20, 2, examples(EACH), **more)
    before = len(journal(site, some[0].plan, **more))
    run(some)
    assert {status for one in some for status in one.statuses} <= {200, 409}
    records = journal(site, some[0].plan, **more)[before:]
    told = accepted(some)
    assert {seq for seq, *_ in records} == set(told)
    newest = {}
    for seq, author, _, text in records:
        place = text.partition(":")[0]
        last, by = newest.get(place, (0, author))
        assert by == author or told[seq][1] >= last, (seq, text)
        newest[place] = (seq, author)
    assert sum(409 in one.statuses for one in some) > 0
