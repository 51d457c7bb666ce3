"""Two people at one record: different fields meet, the same one is asked about (409)."""

from __future__ import annotations

import re

import pytest

from quotaloom.web.registers.meeting import Clash, Seen
from quotaloom.web.registers.models import Update
from quotaloom.web.registers.services import opportunity_change
from tests.support.deals import hand, only_record, opened

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FIELDS = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return tmp_path


def posted(record, **told):
    """The form as the page of a record held it at its first position."""
    first = {
        "seen": 1,
        "unit": "wan",
        "name": record.name,
        "customer": record.customer,
        "seat": "E1",
        "stage": record.stage,
        "probability": 10,
        "begun_on": "2026-01-05",
    }
    return first | told


def test_different_fields_of_one_record_meet(cast, as_user):
    record = opened(cast)
    at = f"/opportunities/{record.pk}/edit"
    as_user("wang").post(at, posted(record, note="小王写的"))
    answer = as_user("li").post(at, posted(record, competitor="启明"))
    assert answer.status_code == 302
    now = only_record()
    assert (now.note, now.competitor, now.position) == ("小王写的", "启明", 3)


@pytest.mark.parametrize(("choice", "kept"), [("mine", 20_000_000), ("theirs", 30_000_000)])
def test_the_same_field_is_asked_about(choice, kept, cast, as_user):
    record, client = opened(cast), as_user("li")
    at = f"/opportunities/{record.pk}/edit"
    as_user("wang").post(at, posted(record, amount="30", note="小王写的"))
    asked = client.post(at, posted(record, amount="20", competitor="启明"))
    page = asked.content.decode()
    assert asked.status_code == 409
    for word in ("小王", "20 万元", "30 万元"):
        assert word in page
    assert only_record().amount == 30_000_000  # nothing was written
    form = dict(FIELDS.findall(page)) | {"keep_amount": choice}
    assert (form["seen"], form["known"]) == ("1", "2")
    assert client.post(at, form).status_code == 302
    now = only_record()
    assert (now.amount, now.competitor, now.note) == (kept, "启明", "小王写的")


def test_what_was_chosen_holds_until_somebody_writes_again(cast):
    record, me = opened(cast), hand(cast.wang)
    chosen = Seen(1, known=2, chosen=frozenset({"amount"}))
    opportunity_change(key=record.pk, seen=Seen(1), wishes={"amount": 1, "note": "a"}, hand=me)
    opportunity_change(key=record.pk, seen=Seen(2), wishes={"amount": 2}, hand=me)
    with pytest.raises(Clash) as clash:
        opportunity_change(key=record.pk, seen=chosen, wishes={"amount": 7, "note": ""}, hand=me)
    assert clash.value.fields == ["amount"]
    again = Seen(1, known=3, chosen=frozenset({"amount"}))
    done = opportunity_change(key=record.pk, seen=again, wishes={"amount": 7, "note": ""}, hand=me)
    assert (done.amount, done.note) == (7, "a")


def test_the_same_value_is_no_clash_and_no_change(cast):
    record, me = opened(cast), hand(cast.wang)
    opportunity_change(key=record.pk, seen=Seen(1), wishes={"competitor": "启明"}, hand=me)
    again = opportunity_change(key=record.pk, seen=Seen(1), wishes={"competitor": "启明"}, hand=me)
    assert again.position == 2
    assert Update.objects.count() == 2


def test_a_field_that_was_put_back_meanwhile_still_counts_as_moved(cast):
    record, me = opened(cast), hand(cast.wang)
    for seen, amount in ((1, 100), (2, "")):
        opportunity_change(key=record.pk, seen=Seen(seen), wishes={"amount": amount}, hand=me)
    left = opportunity_change(key=record.pk, seen=Seen(1), wishes={"amount": ""}, hand=me)
    assert left.position == 3
    with pytest.raises(Clash) as clash:
        opportunity_change(key=record.pk, seen=Seen(1), wishes={"amount": 7}, hand=me)
    assert clash.value.fields == ["amount"]
