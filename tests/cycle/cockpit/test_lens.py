"""The same days a year before, in natural years and in years of whole weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.cockpit.lens import Lens

WEEKS = FiscalCalendar(pattern="4-4-5")


@pytest.mark.parametrize(
    ("calendar", "period", "as_of", "first", "last"),
    [
        (FiscalCalendar(), "2026", "2026-06-30", "2025-01-01", "2025-06-30"),
        (FiscalCalendar(), "2024-02", "2024-02-29", "2023-02-01", "2023-02-28"),
        (FiscalCalendar(), "2025-02", "2025-06-30", "2024-02-01", "2024-02-29"),
        (FiscalCalendar(), "2025", "2025-02-28", "2024-01-01", "2024-02-28"),
        (WEEKS, "2024", "2025-06-30", "2023-01-02", "2023-12-31"),
        (WEEKS, "2026", "2025-12-29", "2024-12-30", "2024-12-30"),
        (WEEKS, "2026", "2026-01-04", "2024-12-30", "2025-01-05"),
        (WEEKS, "2021", "2021-12-01", "2019-12-30", "2020-11-25"),
        (WEEKS, "2021P12", "2022-01-01", "2020-11-23", "2020-12-26"),
        (WEEKS, "2020P12", "2021-01-01", "2019-11-25", "2019-12-29"),
    ],
)
def test_the_year_before_counts_the_same_days(calendar, period, as_of, first, last):
    lens = Lens(
        span=parse_period(period, calendar), as_of=date.fromisoformat(as_of), calendar=calendar
    )
    ago = lens.ago()
    assert (str(ago.span.start), str(ago.last)) == (first, last)
    assert (ago.span.year, ago.span.kind) == (lens.span.year - 1, lens.span.kind)


def test_a_period_that_was_cut_counts_no_more_days_a_year_before():
    span = parse_period("2024", WEEKS)
    cut = replace(span, end=parse_period("2024P02", WEEKS).end)
    ago = Lens(span=cut, as_of=date(2024, 6, 30), calendar=WEEKS).ago()
    assert (str(ago.span.start), str(ago.last)) == ("2023-01-02", "2023-02-26")
