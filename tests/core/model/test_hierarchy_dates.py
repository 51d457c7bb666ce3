"""Parents that change over time."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.hierarchy_dates import DatedEdge, edges_on

MARCH = date(2027, 3, 1)
MOVED = [
    DatedEdge("li", "east", date(2026, 1, 1), MARCH, row=2),
    DatedEdge("li", "west", MARCH, None, row=3),
    DatedEdge("east", None, row=4),
    DatedEdge("wu", "east", date(2028, 1, 1), row=5),
]


@pytest.mark.parametrize(
    ("day", "parent"), [(date(2027, 2, 28), "east"), (MARCH, "west"), (date(2099, 1, 1), "west")]
)
def test_a_move_counts_from_its_first_day(day, parent):
    assert edges_on(MOVED, day)["li"] == parent


def test_a_member_without_a_valid_row_is_absent():
    assert edges_on(MOVED, MARCH) == {"li": "west", "east": None}
    assert edges_on(MOVED, date(2025, 12, 31)) == {"east": None}


def test_rows_that_share_a_day_are_refused_with_both_whatever_day_is_asked():
    rows = [
        DatedEdge("li", "west", MARCH, None, row=9),
        DatedEdge("li", "east", date(2026, 1, 1), date(2027, 3, 2), row=7),
    ]
    with pytest.raises(DataRefused) as caught:
        edges_on(rows, date(2020, 1, 1))
    (finding,) = caught.value.findings
    assert (finding.code, finding.subject) == ("hierarchy.overlap", "li")
    assert (finding.params["first_row"], finding.params["second_row"]) == (7, 9)
    assert finding.params["second"] == "west [2027-03-01, )"


def test_a_long_row_overlaps_later_ones_behind_a_short_one():
    rows = [
        DatedEdge("li", "a", date(2020, 1, 1), date(2030, 1, 1), row=1),
        DatedEdge("li", "b", date(2021, 1, 1), date(2022, 1, 1), row=2),
        DatedEdge("li", "c", date(2023, 1, 1), date(2024, 1, 1), row=3),
    ]
    with pytest.raises(DataRefused) as caught:
        edges_on(rows, MARCH)
    assert [
        (finding.params["first_row"], finding.params["second_row"])
        for finding in caught.value.findings
    ] == [(1, 2), (1, 3)]


@pytest.mark.parametrize("end", [MARCH, date(2027, 2, 1)])
def test_a_row_without_a_day_is_refused(end):
    with pytest.raises(DataRefused, match="empty_interval"):
        edges_on([DatedEdge("li", "east", MARCH, end)], MARCH)
