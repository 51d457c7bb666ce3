"""AT-43: 16:59 is in time and 17:01 is late, in the company's zone, also where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from quotaloom.core.model.timeliness import Deadline, timeliness

SHANGHAI = ZoneInfo("Asia/Shanghai")


def weekdays(day):
    return day.weekday() < 5


def rule(zone=SHANGHAI, at=time(17)):
    return Deadline(at, zone, weekdays)


def moment(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("updated", "is_on_time"),
    [
        ("2026-11-20 16:59:00", True),
        ("2026-11-20 17:00:00", True),  # reaching the deadline counts
        ("2026-11-20 17:00:01", False),
        ("2026-11-20 17:01:00", False),
        ("2026-11-20 00:00:00", True),
        ("2026-11-21 17:01:00", True),  # a Saturday: due on Monday
    ],
)
def test_an_update_is_due_at_the_deadline_of_its_day(updated, is_on_time):
    assert timeliness(moment(updated), None, rule()).is_on_time is is_on_time


@pytest.mark.parametrize(
    ("happened", "updated", "is_on_time", "is_within_day"),
    [
        ("2026-11-19 16:00", "2026-11-19 16:59", True, True),
        ("2026-11-19 16:00", "2026-11-19 17:01", False, True),
        ("2026-11-19 17:00", "2026-11-19 17:00", True, True),
        ("2026-11-19 17:01", "2026-11-20 17:00", True, True),
        ("2026-11-19 17:01", "2026-11-20 17:01", False, True),
        ("2026-11-19 17:01", "2026-11-20 17:02", False, False),
        ("2026-11-20 18:00", "2026-11-23 16:59", True, False),  # over a weekend
        ("2026-11-18 09:00", "2026-11-19 09:00", False, True),
    ],
)
def test_what_happened_is_due_on_its_own_day(happened, updated, is_on_time, is_within_day):
    found = timeliness(moment(updated), moment(happened), rule())
    assert (found.is_on_time, found.is_within_day) == (is_on_time, is_within_day)


def test_the_company_s_zone_decides_and_not_that_of_whoever_writes():
    instant = datetime(2026, 11, 20, 8, 59, tzinfo=UTC)  # 16:59 in Shanghai, 9:59 in Berlin
    for zone in (UTC, SHANGHAI, ZoneInfo("America/New_York")):
        assert timeliness(instant.astimezone(zone), None, rule()).is_on_time
    late = instant + timedelta(minutes=2)
    assert not timeliness(late, None, rule()).is_on_time
    assert timeliness(late, None, rule(ZoneInfo("Europe/Berlin"))).is_on_time


def test_a_day_of_24_hours_is_elapsed_time_where_clocks_change():
    zone = ZoneInfo("Europe/Berlin")  # 25 October 2026 has 25 hours
    happened = moment("2026-10-24 12:00", zone)
    assert timeliness(moment("2026-10-25 11:00", zone), happened, rule(zone)).is_within_day
    assert not timeliness(moment("2026-10-25 11:01", zone), happened, rule(zone)).is_within_day


def test_every_zone_keeps_its_edges_all_year():
    zones = sorted(available_timezones())
    for name in zones[:: max(1, len(zones) // 100)]:
        zone = ZoneInfo(name)
        for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)):
            every = Deadline(time(17), zone, lambda _: True)
            due = datetime.combine(day, time(17), zone).astimezone(UTC)
            early, late = (due + timedelta(minutes=step) for step in (-1, 1))
            assert timeliness(early, None, every) == timeliness(early, early, every)
            assert timeliness(early, None, every).is_on_time, (name, day)
            assert not timeliness(late, None, every).is_on_time, (name, day)
            assert timeliness(late, None, every).day == day, (name, day)
