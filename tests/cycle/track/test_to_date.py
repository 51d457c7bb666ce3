"""A period up to now, with the open month and without it."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.edition import quotas_in_force
from quotaloom.cycle.track.placed import placed
from quotaloom.cycle.track.to_date import to_date
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.boards import released, sold

CALENDAR = FiscalCalendar()
MONTHS = CALENDAR.periods(2026, "month")
(YEAR,) = CALENDAR.periods(2026, "year")
SECOND = CALENDAR.periods(2026, "quarter")[1]


@pytest.mark.parametrize(
    ("span", "day", "how", "end"),
    [
        (YEAR, date(2026, 5, 20), "", date(2027, 1, 1)),
        (YEAR, date(2026, 5, 20), "with", date(2026, 6, 1)),
        (YEAR, date(2026, 5, 20), "without", date(2026, 5, 1)),
        (YEAR, date(2026, 5, 31), "without", date(2026, 6, 1)),
        (YEAR, date(2026, 1, 5), "without", date(2026, 2, 1)),
        (YEAR, date(2025, 12, 31), "with", date(2027, 1, 1)),
        (SECOND, date(2026, 5, 20), "without", date(2026, 5, 1)),
        (SECOND, date(2026, 9, 9), "with", date(2026, 7, 1)),
    ],
)
def test_the_open_month_counts_or_does_not(span, day, how, end):
    found = to_date(span, MONTHS, day, how)
    assert (found.start, found.end, found.label) == (span.start, end, span.label)


def test_facts_and_targets_are_of_the_same_months(tmp_path):
    day = date(2026, 5, 20)
    quotas = quotas_in_force(released(tmp_path), day)
    orders = [("2026-01-10", "E1", "平台", "90000"), ("2026-05-10", "N1", "平台", "20000")]
    facts = placed(sold(*orders), KINDS["order_lines"], quotas, "net_amount")

    def standing(how):
        span = to_date(YEAR, quotas.periods, day, how)
        return Board(quotas, facts, span, day).whole.standing

    assert (standing("with").credit, standing("with").quota) == (110_000_00, 150_000_00)
    assert (standing("without").credit, standing("without").quota) == (90_000_00, 120_000_00)
    assert standing("without").clock.gone == 1
    assert 0 < standing("with").clock.gone < 1
