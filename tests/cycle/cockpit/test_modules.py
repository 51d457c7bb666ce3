"""Funnel, customers and team of a small company, counted by hand; the dictionary says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.cockpit.customers import customers
from quotaloom.cycle.cockpit.funnel import WON, funnel
from quotaloom.cycle.cockpit.lens import Lens, Source
from quotaloom.cycle.cockpit.team import team
from quotaloom.cycle.measures.figures import FigureRequest, figures
from quotaloom.cycle.measures.known import measures
from quotaloom.cycle.measures.rows import RowRequest, source_rows
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.pipeline import import_small

DAY = date(2026, 6, 30)
EAST = ("E1", "E2")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    shelf = Shelf(folder / "batches")
    import_small(folder, shelf)
    return Source(shelf, measures())


@pytest.fixture
def lens():
    return Lens(span=FiscalCalendar().periods(2026, "year")[0], as_of=DAY, column="seat")


def told(tiles):
    return {one.code: one.now for one in tiles}


def test_the_stages_stand_in_the_order_in_which_they_are_passed(source, lens):
    found = funnel(source, lens)
    rows = [(one.name, one.open, one.amount, one.entered, one.goes_on) for one in found.stages]
    assert rows == [
        ("接洽", 1, 30_000_00, 5, Fraction(4, 5)),
        ("方案", 1, 80_000_01, 4, Fraction(1, 2)),
        ("洽谈", 1, 60_000_00, 2, Fraction(1, 2)),
        (WON, 0, 0, 1, None),
    ]
    assert told(found.tiles)["new_deals"] == 5 * 10**4


def test_the_weighted_pipeline_is_amount_times_probability_rounded_once(source, lens):
    found = funnel(source, lens)
    assert [one.weighted for one in found.stages] == [0, 36_000_00, 42_000_00, 0]
    assert (told(found.tiles)["weighted_pipeline"], found.unrated) == (78_000_00, 1)


def test_the_bottleneck_is_where_fewest_go_on_without_a_year_before(source, lens):
    assert funnel(source, lens).bottleneck.name == "方案"
    assert funnel(source, lens.of(["N1"])).bottleneck.name == "方案"
    assert funnel(source, lens.of(["X"])).bottleneck is None


def test_a_branch_has_its_own_funnel(source, lens):
    east = funnel(source, lens.of(EAST))
    assert [(one.open, one.entered) for one in east.stages] == [(0, 3), (1, 3), (1, 2), (0, 1)]


def test_months_of_whole_weeks_hold_the_days_that_the_calendar_says(source, lens):
    weeks = FiscalCalendar(pattern="4-4-5")
    third = weeks.periods(2026, "month")[2]
    assert (third.label, str(third.start), str(third.end)) == (
        "2026P03",
        "2026-02-23",
        "2026-03-30",
    )
    asked = replace(lens, span=third, calendar=weeks)
    assert source.whole(asked, ("ordered_net",)) == {"ordered_net": 80_000_01}


def test_customers_are_new_or_existing_and_the_largest_come_first(source, lens):
    found = customers(source, lens)
    tiles = told(found.tiles)
    assert (tiles["new_customers"], tiles["existing_customers"]) == (2 * 10**4, 10**4)
    assert tiles["average_order_value"] == 56_500_00  # 226,000.01 ÷ 4
    assert tiles["repurchase_rate"] == 333_333
    assert tiles["return_rate"] is None
    shares = [(name, row["ordered_net"], row["ordered_net.share"]) for name, row in found.top]
    assert shares == [
        ("甲公司", 100_000_00, 500_000),
        ("乙公司", 80_000_01, 400_000),
        ("丙公司", 20_000_00, 100_000),
    ]
    assert [name for name, _row in found.industries] == ["医药", "电子"]


def test_a_part_of_the_team_is_the_sum_of_its_people(source, lens):
    found = team(source, lens, {("华东",): EAST, ("华北",): ("N1",), ("华南",): ()})
    east, north, south = found.parts
    assert (east.figures["activities"], north.figures["activities"]) == (3 * 10**4, 2 * 10**4)
    assert east.followed_in_time == Fraction(2, 3)
    assert north.followed_in_time == 0
    assert south.followed_in_time is None
    assert told(found.tiles)["follow_up_rate"] == 500_000
    assert [one.path for one in team(source, lens).parts] == [("E1",), ("E2",), ("N1",)]


def test_the_page_says_what_the_dictionary_says(source, lens):
    codes = tuple(one.code for one in funnel(source, lens).tiles)
    asked = FigureRequest(codes=codes, time="year", until=DAY)
    row = figures(source.shelf, source.dictionary, asked).frame.row(-1, named=True)
    assert {code: row[code] for code in codes} == told(funnel(source, lens).tiles)


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        *(("open_deals", [3]), ("won", [1]), ("win_rate", [1, 1]), ("follow_up_rate", [2, 4])),
        *(("weighted_pipeline", [2]), ("unrated_deals", [1])),
    ],
)
def test_a_figure_leads_to_its_rows(source, code, counts):
    asked = RowRequest(code=code, first=date(2026, 1, 1), last=DAY)
    assert [one.count for one in source_rows(source.shelf, source.dictionary, asked)] == counts


def test_the_share_of_each_row_is_shown_and_their_total_is_rounded_once(source):
    asked = RowRequest(code="weighted_pipeline", first=date(2026, 1, 1), last=DAY, most=1)
    (rows,) = source_rows(source.shelf, source.dictionary, asked)
    assert (rows.count, rows.total) == (2, 78_000_0045)  # 45 % of 80,000.01 is 36,000.0045
    assert rows.frame.select("opportunity", "§value").row(0) == ("S3", 42_000_0000)


def test_the_largest_rows_come_first_and_the_sum_is_of_all(source):
    asked = RowRequest(code="pipeline", first=date(2026, 1, 1), last=DAY, most=1)
    (rows,) = source_rows(source.shelf, source.dictionary, asked)
    assert (rows.count, rows.total) == (3, 170_000_0100)
    assert rows.frame.select("opportunity", "§file", "§row").row(0) == (
        "S2",
        "opportunities.csv",
        3,
    )
    later = RowRequest(code="visits", first=date(2026, 1, 10), last=DAY, within={"seat": ("E1",)})
    (visits,) = source_rows(source.shelf, source.dictionary, later)
    assert visits.frame["activity"].to_list() == ["A2"]
