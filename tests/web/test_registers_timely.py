"""AT-43: 16:59 is in time, 17:01 is late; the company's zone decides; told person by person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quotaloom.web.registers.meeting import Seen
from quotaloom.web.registers.models import Update
from quotaloom.web.registers.services import opportunity_change
from tests.support.deals import facts, hand, opened

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DUE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai, a Friday


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return tmp_path


def typed(cast, who, at, **told):
    """A record that somebody changes at an instant; the update of it."""
    record = opened(cast, f"{who} {at}", who=who, seat="E1")
    me = hand(cast.users[who], at=at, **told)
    opportunity_change(key=record.pk, seen=Seen(1), wishes={"note": f"{at}"}, hand=me)
    return Update.objects.get(record=record, position=2)


def rows(client, period="2026-11"):
    people = client.get(f"/opportunities/timeliness?period={period}").context["people"]
    return {one.person: (one.updates, one.on_time, one.prompt) for one in people}


@pytest.mark.parametrize(
    ("minutes", "is_on_time"), [(-1, True), (0, True), (1, False)], ids=["16:59", "17:00", "17:01"]
)
def test_an_update_is_in_time_until_the_deadline(minutes, is_on_time, cast):
    update = typed(cast, "wang", DUE + timedelta(minutes=minutes))
    assert (update.is_on_time, str(update.day)) == (is_on_time, "2026-11-20")
    fact = facts("record_updates")[f"{update.record.number}/2"]
    assert (fact["on_time"], fact["within_day"]) == ("yes" if is_on_time else "no", "yes")


def test_the_zone_and_the_deadline_are_settings(cast, settings):
    settings.TIME_ZONE = "America/New_York"
    early = typed(cast, "wang", datetime(2026, 11, 20, 4, 30, tzinfo=UTC))  # 23:30 of the 19th
    assert (early.is_on_time, str(early.day)) == (False, "2026-11-19")
    settings.UPDATE_DEADLINE = "23:59"
    assert typed(cast, "wang", datetime(2026, 11, 20, 4, 30, tzinfo=UTC)).is_on_time


def test_what_happened_earlier_is_due_on_its_own_day(cast, as_user):
    told = {"happened_at": DUE - timedelta(hours=24, minutes=1)}
    update = typed(cast, "wang", DUE, **told)
    assert (update.is_on_time, update.is_within_day) == (False, False)
    page = as_user("wang").get(f"/opportunities/{update.record.pk}/").content.decode()
    assert "逾时" in page
    assert "超过 24 小时" in page
    ahead = {"seen": 2, "unit": "wan", "happened_at": "2099-01-01T00:00"}
    assert as_user("wang").post("/opportunities/new", ahead).status_code == 422


def test_the_measure_is_told_person_by_person_within_the_scope(cast, as_user):
    for minutes in (-1, -30, 1):
        typed(cast, "wang", DUE + timedelta(minutes=minutes))
    typed(cast, "li", DUE + timedelta(minutes=1))
    assert rows(as_user("zhang")) == {"小王": (3, 667, 1000), "李经理": (1, 0, 1000)}
    assert rows(as_user("zhao")) == {}
    assert rows(as_user("zhang"), "2026-10") == {}
    page = as_user("li").get("/opportunities/timeliness?period=2026-11").content.decode()
    for word in ("66.7%", "100.0%", "17:00", "Asia/Shanghai", "逾时的更新", "2026-10"):
        assert word in page
    assert as_user("li").get("/opportunities/timeliness?period=没有").status_code == 200
    assert as_user("li").get("/opportunities/timeliness?period=1900").status_code == 200
