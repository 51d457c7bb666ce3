"""The picker of methods: every method, what is done with the figure, and which cells take part."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.request import DecomposeRequest
from quotaloom.warehouse.workdays import working_days_by_period
from quotaloom.web.audit.services import Actor
from quotaloom.web.desk.method import NEEDS
from quotaloom.web.plans.services import Order, plan_create
from tests.support.small_plan import orders_file
from tests.web.test_desk import EAST, FEN, NORTH, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.store]
MONTHS = ("2027-01", "2027-02", "2027-03")
Q1 = "2027Q1"
SEATS = ([*EAST, "江苏", "E1"], [*EAST, "浙江", "E2"])


@pytest.fixture
def desk(as_user, plan):
    return Desk(as_user("zhang"), plan)


def months(desk, path=EAST):
    return [desk.row(path)[desk.column(month)] // FEN for month in MONTHS]


@pytest.mark.parametrize(
    ("asked", "after"),
    [
        ({"method": "equal"}, [40_000, 40_000, 40_000]),
        ({"method": "by_weights", "weights": "1, 2, 3"}, [20_000, 40_000, 60_000]),
        ({"method": "seasonal", "weights": "50%, 25%, 25%"}, [60_000, 30_000, 30_000]),
        ({"method": "pattern", "weights": "4-4-5"}, [36_923, 36_923, 46_154]),
        ({"method": "pattern", "weights": "last"}, [0, 0, 120_000]),
    ],
)
def test_a_typed_total_is_shared_out_by_the_method(desk, asked, after):
    told = desk.type("120000", EAST, Q1, **asked)
    assert told["position"] == 1
    assert months(desk) == after


@pytest.mark.parametrize(
    ("asked", "after"),
    [
        ({"method": "growth", "rate": "+10%"}, [10_000, 11_000, 12_100]),
        ({"method": "straight_line", "end": "30,000"}, [10_000, 20_000, 30_000]),
    ],
)
def test_a_series_begins_with_the_typed_figure(desk, asked, after):
    desk.type("10000", EAST, Q1, **asked)
    assert months(desk) == after


def test_the_figure_in_every_cell(desk):
    desk.type("1000", EAST, Q1, method="repeat")
    assert months(desk) == [4_000, 4_000, 4_000]  # two seats, two products


def test_a_total_follows_past_figures(desk):
    before = months(desk)
    desk.type("120000", EAST, Q1, method="equal")
    desk.ask("edit", EAST, Q1, act="again", method="by_reference", basis="basis")
    after = months(desk)
    assert sum(after) == 120_000
    parts = [month / sum(before) for month in before]
    assert after == pytest.approx([120_000 * part for part in parts], rel=0.02)


def test_a_total_follows_another_slice(desk):
    desk.type("=1200", NORTH, "2027Q2", method="pattern", weights="1-2-3")
    slice_ = "大区=华北 & 2027Q2"
    told = desk.type("60000", EAST, Q1, method="by_reference", basis="slice", slice=slice_)
    assert told["position"] == 2
    assert months(desk) == [10_000, 20_000, 30_000]


def test_a_mix_of_two(desk):
    mix = {"basis": "basis", "other": "slice", "slice": "大区=华东 & 2027Q1", "weights": "1, 1"}
    assert desk.type("60000", EAST, Q1, method="blend", **mix)["position"] == 1
    assert sum(months(desk)) == 60_000


def test_a_percentage_of_each_cell(desk):
    before = months(desk)
    desk.ask("edit", EAST, Q1, act="again", method="percent", rate="50%")
    assert months(desk) == pytest.approx([month / 2 for month in before], abs=4)


@pytest.mark.parametrize(("operation", "sign"), [("add", 1), ("subtract", -1)])
def test_a_figure_is_added_evenly_or_taken_away(desk, operation, sign):
    before = months(desk)
    desk.type("1200", EAST, Q1, method="equal", operation=operation)
    assert [now - was for now, was in zip(months(desk), before, strict=True)] == [sign * 400] * 3


def test_only_cells_that_hold_a_figure_take_part(desk):
    desk.type("0", SEATS[0], Q1)
    desk.type("120000", EAST, Q1, method="equal", scope="populated")
    assert months(desk, SEATS[0]) == [0, 0, 0]
    assert months(desk, SEATS[1]) == [40_000, 40_000, 40_000]


def test_weights_over_members(desk):
    desk.type("120000", EAST, Q1, method="by_weights", weights="1, 2", over="大区")
    assert sum(months(desk, [*EAST, "江苏"])) == 40_000
    assert sum(months(desk, [*EAST, "浙江"])) == 80_000


def test_a_preview_of_spreading_again_writes_nothing(desk):
    before = months(desk)
    told = desk.ask("preview", EAST, Q1, act="again", method="equal")
    assert told["cells"] > 0
    assert told["before"] == told["after"]
    assert months(desk) == before


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "by_weights"},
        {"method": "by_weights", "weights": "a, b"},
        {"method": "by_weights", "weights": "1, 2"},
        {"method": "growth"},
        {"method": "growth", "rate": "2"},
        {"method": "straight_line"},
        {"method": "by_reference"},
        {"method": "by_reference", "basis": "nothing"},
        {"method": "by_reference", "basis": "slice"},
        {"method": "by_reference", "basis": "slice", "slice": "大区=火星"},
        {"method": "percent", "rate": "10%"},
    ],
)
def test_what_a_method_lacks_is_said(desk, asked):
    assert desk.type("120000", EAST, Q1, **asked)["findings"]


def test_all_weights_zero_is_spread_evenly_and_said(desk):
    desk.type("0", EAST, Q1)
    told = desk.ask("preview", EAST, Q1, typed="120000")
    assert told["notes"]
    desk.type("120000", EAST, Q1)
    assert months(desk) == [40_000, 40_000, 40_000]


def test_a_total_below_zero_is_said_and_written(desk):
    told = desk.type("=-1200", EAST, Q1)
    assert told["position"] == 1
    assert told["notes"]


def test_who_passes_the_limit_of_growth_is_told_and_not_stopped(as_user, cast, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    file, by = orders_file(tmp_path), ("大区>省份>岗位", "产品")
    asked = {"date": "订单日期", "amount": "金额", "growth_max": "30%"}
    request = DecomposeRequest((file,), "+5%", 2027, by=by, **asked)
    actor = Actor(str(cast.ops.pk))
    limited = plan_create(owner=cast.ops, order=Order("有上限", request, {}), actor=actor)
    desk = Desk(as_user("zhang"), limited)
    assert desk.type("+10%", EAST)["notes"] == []
    told = desk.type("+50%", EAST)
    assert told["position"] == 2
    assert any("30%" in note for note in told["notes"])
    assert desk.type("+1%", EAST)["notes"] == []  # they had passed it before


def test_what_is_kept_out_keeps_its_figures(desk):
    before = desk.row(SEATS[0])
    told = desk.type("120000", EAST, Q1, exclude="岗位=E1；2027-03")
    assert told["position"] == 1
    assert desk.row(SEATS[0]) == before
    assert desk.row(EAST)[desk.column(Q1)] == 120_000 * FEN
    assert desk.type("120000", EAST, Q1, exclude="岗位=没有")["findings"]
    assert desk.type("+1%", NORTH, Q1, exclude="2027Q1")["findings"]


def test_where_all_is_zero_it_may_be_refused(desk):
    desk.type("0", EAST, Q1)
    assert desk.type("120000", EAST, Q1, on_zero="refuse")["findings"]
    assert desk.type("120000", EAST, Q1)["position"] == 2


@pytest.mark.parametrize("word", ["workdays", "工作日"])
def test_a_quarter_by_working_days(desk, word):
    days = working_days_by_period(FiscalCalendar().periods(2027, "month")[:3]).counts.tolist()
    desk.type(str(10_000 * sum(days)), EAST, Q1, method="by_weights", weights=word)
    assert months(desk) == [10_000 * count for count in days]


def test_the_page_offers_every_method_with_a_line_that_tells_what_it_does(desk):
    page = desk.client.get(reverse("desk", args=[desk.plan.pk])).content.decode()
    assert all(f'<option value="{name}"' in page for name in NEEDS)
    assert page.count("data-says=") == len(NEEDS)
