"""The demo company's leads and activities: the same every time, and known up to a day."""

from __future__ import annotations

from datetime import date

from quotaloom.cycle.demo_company.prospecting import prospecting
from quotaloom.cycle.demo_company.year import KNOWN_UNTIL


def test_leads_and_activities_are_the_same_every_time():
    first, second = (prospecting(2027, KNOWN_UNTIL) for _ in range(2))
    assert {kind: rows.height for kind, rows in first.items()} == {
        "leads": 5828,
        "activities": 9052,
    }
    assert all(first[kind].equals(second[kind]) for kind in first)


def test_nothing_is_known_before_it_happens():
    found = prospecting(2027, date(2025, 6, 30))
    leads = found["leads"]
    assert leads["线索日期"].max() <= date(2025, 6, 30)
    assert leads["首次跟进日期"].max() <= "2025-06-30"
    assert found["activities"]["活动日期"].max() <= date(2025, 6, 30)
