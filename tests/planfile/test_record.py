"""Records as text and back; what they are sealed over; reasons that can be erased."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.chain import first_head, sealed
from quotaloom.planfile.digest import salted, unsalted
from quotaloom.planfile.record import Record, read_record, write_record
from tests.planfile.edits import (
    DEFINITION,
    MEASURES,
    NOON,
    digests,
    edits,
    names,
    record,
    wish_edit,
)
from tests.support.counts import examples

FIRST = first_head(DEFINITION)
maybe_digests = st.one_of(st.just(""), digests)
instants = st.datetimes(timezones=st.just(UTC))
records = st.builds(
    Record,
    seq=st.integers(1, 10**9),
    author=names,
    time=instants,
    seen=st.integers(0, 10**9),
    edit=edits,
    previous=digests,
    reason=maybe_digests,
    batch=st.integers(0, 10**9),
    origin=maybe_digests,
    method=st.sampled_from(["", "proportional@1", "rake@1"]),
    inputs=maybe_digests,
    cells=maybe_digests,
    stored=maybe_digests,
)


@pytest.mark.heavy
@settings(max_examples=examples(2000), deadline=None)
@given(records)
def test_a_record_is_read_back_equal(one):
    text = write_record(one, MEASURES)
    assert read_record(text, MEASURES) == one
    assert write_record(read_record(text, MEASURES), MEASURES) == text


def test_the_text_of_a_record():
    digest = "ab" * 32
    one = record(FIRST, wish_edit(5), method="proportional@1", reason=digest, cells=digest)
    text = write_record(one, MEASURES)
    assert text.splitlines()[:-1] == [
        "edit 1",
        "  by: p-0007",
        "  at: 2027-01-05T12:00:02Z",
        "  seen: 0",
        f"  reason: {digest}",
        "set 2027Q1 & booked/下达: 5",
        "proof",
        "  grammar: 1",
        "  method: proportional@1",
        f"  cells: {digest}",
        f"  previous: {FIRST.hash}",
    ]
    assert text.splitlines()[-1].startswith("  sha256: ")


def test_a_time_of_another_zone_is_written_in_utc():
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    one = Record(1, "p", shanghai, 0, wish_edit(1), FIRST.hash)
    assert "  at: 2027-01-05T12:00:01Z\n" in write_record(one, MEASURES)


def broken(**changed):
    """A record that was sealed with some of its lines as they must not be."""
    lines = write_record(record(FIRST, wish_edit(5)), MEASURES).splitlines()[:-1]
    body = "".join(
        f"  {key}: {changed[key]}\n"
        if (key := line.strip().split(":")[0]) in changed
        else f"{line}\n"
        for line in lines
    )
    return sealed(body)


@pytest.mark.parametrize(
    ("changed", "code", "row"),
    [
        ({"at": "2027-01-05T12:00:02"}, "time_unreadable", 3),
        ({"at": "2027-01-05T12:00:02+08:00"}, "time_unreadable", 3),
        ({"at": "gestern"}, "time_unreadable", 3),
        ({"seen": "-1"}, "count_unreadable", 4),
        ({"by": ""}, "name_unreadable", 2),
        ({"grammar": "2"}, "grammar_unknown", 7),
    ],
)
def test_a_sealed_record_that_cannot_be_read_is_refused(changed, code, row):
    with pytest.raises(DataRefused) as told:
        read_record(broken(**changed), MEASURES, file="journal.txt")
    (found,) = told.value.findings
    assert (found.code, found.params["row"]) == (f"planfile.{code}", row)


def test_a_record_that_was_changed_is_refused():
    text = write_record(record(FIRST, wish_edit(5)), MEASURES)
    with pytest.raises(DataRefused, match="record_changed 1"):
        read_record(text.replace(": 5\n", ": 6\n"), MEASURES)


def test_two_records_are_no_record():
    text = write_record(record(FIRST, wish_edit(5)), MEASURES)
    body = text[: text.rindex("  sha256")]
    with pytest.raises(DataRefused, match="record_unreadable"):
        read_record(sealed(body.replace("proof\n", "release 1\nproof\n")), MEASURES)


def test_the_same_text_has_another_digest_each_time():
    (one, kept), (other, _) = salted("王总口头要求"), salted("王总口头要求")
    assert one != other
    assert unsalted(kept, one) == "王总口头要求"
    with pytest.raises(DataRefused, match="text_changed"):
        unsalted(kept, other)


def test_a_time_is_exact():
    time = datetime(2027, 1, 5, 12, 0, 0, 123456, tzinfo=UTC)
    text = write_record(Record(1, "p", time, 0, wish_edit(1), FIRST.hash), MEASURES)
    assert read_record(text, MEASURES).time == time
