"""R25: a minute before and after midnight, in a hundred zones: each instant in its own period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import polars as pl
import pytest

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.date_column import read_dates
from quotaloom.warehouse.intake.date_text import Habits
from tests.support.office import column

MONTHS = FiscalCalendar()
KNOWN = sorted(available_timezones())
ZONES = KNOWN[:: len(KNOWN) // 100]
MINUTE = timedelta(minutes=1)


def edges(zone):
    """Instants in UTC a minute before and after the first midnights of months, and their months."""
    told = []
    for month in range(1, 13):
        first = datetime(2027, month, 1, tzinfo=ZoneInfo(zone))
        for local in (first.replace(tzinfo=None) - MINUTE, first.replace(tzinfo=None) + MINUTE):
            instant = local.replace(tzinfo=first.tzinfo).astimezone(UTC)
            told.append((instant, MONTHS.period_of(local.date(), "month").label))
    return told


def offset(instant, zone):
    """As a program writes it that knows the zone: 2026-12-31T23:59:00+05:45."""
    return instant.astimezone(ZoneInfo(zone)).isoformat()


WAYS = {
    "in UTC": lambda some, _: column(*(f"{one:%Y-%m-%dT%H:%M:%S}Z" for one in some)),
    "with the zone's offset": lambda some, zone: column(*(offset(one, zone) for one in some)),
    "with another offset": lambda some, _: column(*(offset(one, "Asia/Kathmandu") for one in some)),
    "typed": lambda some, _: pl.Series(some, dtype=pl.Datetime("us", "UTC")),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_event_falls_into_another_period(way):
    assert len(ZONES) >= 100
    wrong = []
    for zone in ZONES:
        told = edges(zone)
        cells = WAYS[way]([instant for instant, _ in told], zone)
        found = read_dates(cells, Habits(MONTHS, zone=zone)).values
        months = [MONTHS.period_of(day, "month").label for day in found]
        pairs = zip(told, months, strict=True)
        wrong += [(zone, at, label) for (at, label), month in pairs if month != label]
    assert wrong == []
