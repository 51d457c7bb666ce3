"""A cockpit's figures: parts that add up, pace, the plan in force, what a green total hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from quotaloom.core.attainment.standing import hidden_behind
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.edition import quotas_in_force
from quotaloom.cycle.track.placed import placed
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.boards import released, sold

DAY = date(2026, 6, 30)
LINES = KINDS["order_lines"]
SOLD = (
    ("2025-02-10", "E1", "平台", "1000"),
    ("2026-01-10", "E1", "平台", "90000"),
    ("2026-03-10", "E2", "终端", "80000.005"),
    ("2026-05-10", "N1", "平台", "20000"),
    ("2026-06-30", "X9", "平台", "300"),
    ("2026-07-01", "N1", "平台", "7000"),
)


@pytest.fixture
def board(tmp_path):
    quotas = quotas_in_force(released(tmp_path), DAY)
    facts = placed(sold(*SOLD), LINES, quotas, "net_amount")
    year = FiscalCalendar().periods(2026, "year")[0]
    return Board(quotas, facts, year, DAY)


def amounts(places):
    return {"/".join(one.path): (one.standing.credit, one.standing.quota) for one in places}


def test_the_parts_are_the_whole_and_nobody_is_left_out(board):
    assert board.whole.standing.credit == 190_300_01
    assert board.whole.standing.quota == 360_000_00
    assert amounts(board.parts) == {
        "华东": (170_000_01, 240_000_00),
        "华北": (20_000_00, 120_000_00),
        "未归属": (300_00, None),
    }
    assert sum(one.standing.credit for one in board.table()) == 190_300_01


def test_a_branch_with_facts_of_other_days_only_stands_at_0(board):
    before = replace(board, span=FiscalCalendar().periods(2026, "month")[0]).at(("未归属",))
    assert not before.is_empty
    assert (before.whole.standing.credit, before.whole.standing.quota) == (0, None)
    assert (before.parts, before.table(), before.beside) == ([], [], [])


def test_a_branch_has_its_own_board(board):
    east = board.at(("华东",))
    assert east.whole.standing.credit == 170_000_01
    assert amounts(east.parts) == {
        "华东/江苏": (90_000_00, 120_000_00),
        "华东/浙江": (80_000_01, 120_000_00),
    }
    assert board.at(("华东", "江苏", "E1")).parts == []
    assert east.whole.last_year == 1000_00
    assert board.at(("华北",)).whole.last_year is None


def test_the_parts_know_who_stands_in_them(board):
    assert board.leaves_of_parts() == {
        ("华东",): ("E1", "E2"),
        ("华北",): ("N1",),
        ("未归属",): ("X9",),
    }
    seats = board.at(("华东", "江苏"))
    assert seats.leaves_of_parts() == {("华东", "江苏", "E1"): ("E1",)}
    assert board.at(("华东", "江苏", "E1")).leaves_of_parts() == {}
    assert seats.leaves == ["E1"]


def test_half_a_year_is_over_by_days_and_by_the_plan(board):
    clock = board.clock
    assert 0 < clock.elapsed < clock.days
    by_plan = Board(board.quotas, board.facts, board.span, DAY, pace="plan").clock
    assert by_plan.gone == Fraction(1, 2)
    assert by_plan.days == clock.days


def test_a_green_total_hides_the_north(board):
    whole = board.whole.standing
    assert whole.light() == "green"
    assert hidden_behind(whole, [one.standing for one in board.parts]) == 1


def test_the_curve_ends_where_the_figures_do(board):
    curve = board.curve()
    assert len(curve) == 365
    days = {day: rest for day, *rest in curve}
    assert days[date(2026, 6, 30)] == [180_000_00, 190_300_01, 1000_00]
    assert days[date(2026, 7, 1)][1] is None
    assert days[date(2026, 12, 31)][0] == 360_000_00


def test_a_quarter_counts_its_own_quotas_and_days(board):
    quarter = FiscalCalendar().periods(2026, "quarter")[1]
    found = Board(board.quotas, board.facts, quarter, DAY)
    assert (found.whole.standing.credit, found.whole.standing.quota) == (20_300_00, 90_000_00)
    assert found.clock.left == 0


def test_a_later_edition_counts_from_its_period_on(tmp_path):
    released(tmp_path)
    quotas = quotas_in_force(released(tmp_path, total="720000", period="2026-07"), DAY)
    halves = quotas.frame.group_by(quotas.frame["start"] >= date(2026, 7, 1)).agg(
        pl.col("quota").sum()
    )
    assert sorted(halves["quota"].to_list()) == [180_000_00, 360_000_00]
    assert [one.number for one in quotas.sources] == [1, 2]


def test_nothing_released_is_said(tmp_path):
    with pytest.raises(DataRefused) as refusal:
        quotas_in_force(tmp_path, DAY)
    assert refusal.value.findings[0].code == "track.no_edition"
