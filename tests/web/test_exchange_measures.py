"""Workbooks with a sheet a measure: chosen when they go out, read back together, hidden as ever."""

from __future__ import annotations

import io

import openpyxl
import pytest

from quotaloom.web.exchange.models import Handout, State
from quotaloom.web.exchange.store import table_of
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.plans.store import figures
from tests.support.handouts import place
from tests.support.small_plan import small_plan
from tests.web.test_exchange import Desk, body, first_cells, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
ALL = ["booked", "new_customers", "margin", "margin_rate"]


@pytest.fixture
def plan(cast, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    also = ["margin", "margin_rate", "new_customers", "receivable", "stretch"]
    return small_plan(cast.ops, tmp_path, also=also)


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def said(plan, row, cell):
    """What the plan says in a cell of a handout."""
    return figures(plan).living.total(table_of(row).at(cell))


def test_it_offers_what_adds_up_and_rates_in_every_layer(sitting):
    page = sitting("ops").get("exchange")
    offered = [code for code, _words in page.context["measures"]]
    assert offered == ["booked", "margin", "margin_rate", "new_customers", "stretch"]
    assert [code for code, _words in page.context["layers"]] == [
        "",
        "submitted",
        "proposed",
        "agreed",
    ]


def test_one_file_a_manager_holds_a_sheet_a_measure_and_is_taken_whole(sitting, plan):
    desk = sitting("ops")
    desk.send(measure=ALL)
    shown = ["签约", "新客户数", "毛利", "毛利率"]
    assert {*map(tuple, (row.measures for row in desk.get("exchange").context["rows"]))} == {
        tuple(shown)
    }
    row, content = desk.workbook("华东")
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[:4] == shown
    cells = [first_cells(row, sheet=at)[0] for at in range(3)]
    came = desk.bring_one(typed(content, dict(zip(cells, (50_000, 12, 20_000), strict=True))))
    parts = desk.look(came).context["parts"]
    assert [(one.measure, one.unit_word, one.total) for one in parts[1:]] == [
        ("新客户数", "家", 12),
        ("毛利", "元", 2_000_000),
    ]
    desk.take(came)
    assert (came.state, came.edit, came.cells) == (State.TAKEN, 3, 3)
    assert [said(plan, row, cell) for cell in cells] == [50_000, 12, 20_000]
    desk.post("exchange_undo", came.pk)
    came.refresh_from_db()
    assert (came.state, [said(plan, row, cell) for cell in cells[1:]]) == (State.UNDONE, [0, 0])


def test_a_fault_on_one_sheet_keeps_the_others_out_too(sitting):
    desk = sitting("ops")
    desk.send(measure=ALL)
    row, content = desk.workbook("华东")
    good, half = (first_cells(row, sheet=at)[0] for at in range(2))
    came = desk.bring_one(typed(content, {good: 50_000, half: 2.5}))
    (why,) = desk.look(came).context["findings"]
    assert (why.code, why.params["sheet"]) == ("handout.not_whole", "新客户数")
    assert desk.take(came).state == State.REFUSED
    assert JournalRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("shows", "value", "written"),
    [
        ({"measure": "new_customers"}, 36, 36),
        ({"measure": "stretch"}, 900_000, 900_000),
        ({"measure": "margin", "layer": "submitted"}, "1.2万", 12_000),
    ],
)
def test_the_screen_goes_out_and_comes_back_in_its_own_measure_and_layer(
    sitting, plan, shows, value, written
):
    desk = sitting("ops")
    content = body(desk.screen(**shows, open="[]", months="0"))
    row = Handout.objects.get(is_screen=True)
    (cell,) = first_cells(row)
    assert desk.take(desk.bring_one(typed(content, {cell: value}))).state == State.TAKEN
    assert said(plan, row, cell) == written
    assert table_of(row).sheets[0].key == (shows["measure"], shows.get("layer", "issued"))


def test_a_rate_on_the_screen_comes_back_as_its_declared_side(sitting, plan):
    desk = sitting("ops")
    content = body(desk.screen(measure="margin_rate", open="[]", months="0"))
    row = Handout.objects.get(is_screen=True)
    (cell,) = first_cells(row)
    came = desk.bring_one(typed(content, {cell: 0.25}))
    (part,) = desk.look(came).context["parts"]
    assert (part.counted.zh, part.changes[0].mine, part.total) == ("%", 250_000, None)
    desk.take(came)
    living, at = figures(plan).living, table_of(row).at(cell)
    margin, booked = (
        living.total(type(at)(at.members, at.period, one, at.layer)) for one in ("margin", "booked")
    )
    assert abs(4 * margin - booked) <= 2  # whole yuan


def test_what_does_not_add_up_is_neither_offered_nor_sent(sitting):
    desk = sitting("ops")
    assert desk.post("exchange_send", level="大区", measure=["receivable"]).status_code == 404
    assert desk.post("exchange_send", level="大区", layer="nowhere").status_code == 404
    assert desk.screen(measure="receivable").status_code == 404


def test_a_measure_beyond_ones_grant_is_neither_sent_nor_taken(sitting, cast):
    ops = sitting("ops")
    ops.send(measure=["booked", "margin"])
    row, content = ops.workbook("华东")
    cast.zhang.grants.update(measures=["booked"])
    zhang = sitting("zhang")
    offered = [code for code, _words in zhang.get("exchange").context["measures"]]
    assert "margin" not in offered
    assert zhang.post("exchange_send", level="大区", measure=["margin"]).status_code == 404
    came = zhang.bring_one(typed(content, {first_cells(row)[0]: 5}))
    assert [one.code for one in zhang.look(came).context["findings"]] == ["handout.unknown"]
    assert zhang.get("exchange_workbook", row.pk).status_code == 404


def test_an_empty_cell_of_a_screen_is_blank_and_no_zero(sitting):
    desk = sitting("ops")
    content = body(desk.screen(measure="new_customers", open="[]", months="0"))
    cell = first_cells(Handout.objects.get(is_screen=True))[0]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.cell(*place(cell)).value is None
