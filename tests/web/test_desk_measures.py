"""Several measures and layers of one plan: shown, typed into, downloaded, kept from each other."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from quotaloom.web.jobs.models import Job
from tests.support.plan_form import Desk as Form
from tests.support.small_plan import orders_text, small_plan
from tests.web.test_desk import EAST, FEN, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ALSO = ["margin", "margin_rate", "new_customers", "stretch"]
MARGIN, RATE = {"measure": "margin"}, {"measure": "margin_rate"}
COUNT = {"measure": "new_customers"}
PERCENT = 10_000  # millionths


@pytest.fixture
def plan(cast, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    return small_plan(cast.ops, tmp_path, also=ALSO)


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def page(desk, name="desk", **asked):
    return desk.client.get(reverse(name, args=[desk.plan.pk]), asked)


def top(desk, **asked):
    return page(desk, "plan", **asked).context["data"]["top"]["v"]


def test_each_measure_is_shown_and_typed_into_apart(sitting):
    desk = sitting("zhang")
    offered = [value for value, _words in page(desk).context["measures"]]
    assert offered == ["", *ALSO]
    booked = top(desk)
    assert set(top(desk, **MARGIN)) == {None}
    told = desk.type("240,000", EAST, method="equal", **MARGIN)
    assert told["top"]["v"][0] == 240_000 * FEN
    assert (top(desk), top(desk, **MARGIN)[0]) == (booked, 240_000 * FEN)
    assert (told["before"], told["after"]) == ("0", "240,000")


def test_a_rate_is_taken_of_its_sides_and_typing_it_moves_the_declared_one(sitting):
    desk = sitting("zhang")
    assert set(top(desk, **RATE)) == {None}
    told = desk.type("25", (), "2027Q2", method="equal", **RATE)
    column = desk.column("2027Q2")
    assert (told["before"], told["after"], told["full"]) == ("0.00", "25.00", "25.00 %")
    assert told["top"]["v"][column] == pytest.approx(25 * PERCENT, abs=100)
    assert top(desk, **MARGIN)[column] * 4 == pytest.approx(top(desk)[column], abs=4 * FEN)
    assert desk.type("+20%", (), "2027Q2", **RATE)["after"] == "30.00"
    assert desk.type("-5", (), "2027Q2", **RATE)["after"] == "25.00"
    refused = desk.ask("edit", (), "2027Q2", act="hold", **RATE)
    assert "margin" in refused["findings"][0]


def test_the_panel_says_what_a_rate_is_taken_of(sitting):
    desk = sitting("zhang")
    desk.type("300000", method="equal", **MARGIN)
    panel = page(desk, "plan_explain", path=json.dumps([]), **RATE).content.decode()
    assert "毛利 300,000 元" in panel
    assert "1,200,000 元" in panel
    assert "25.00" in panel


@pytest.mark.parametrize(("typed", "after"), [("36", 36), ("1.2万", 12_000), ("=0", 0)])
def test_what_is_counted_is_typed_in_pieces(sitting, typed, after):
    desk = sitting("zhang")
    told = desk.type(typed, EAST, "2027Q2", method="equal", **COUNT)
    assert told["top"]["v"][desk.column("2027Q2")] == after
    assert told["full"] == f"{after:,} 家"


def test_half_a_customer_is_refused_as_it_was_typed(sitting):
    told = sitting("zhang").type("2.5", EAST, "2027Q2", **COUNT)
    assert "2.5" in told["findings"][0]


def test_the_challenge_is_never_below_the_base(sitting):
    desk = sitting("zhang")
    desk.type("1320000", method="by_reference", basis="basis", measure="stretch")
    assert desk.type("100", EAST, measure="stretch")["findings"]


def test_layers_are_apart_and_each_sums_within_itself(sitting):
    desk, layer = sitting("zhang"), {"layer": "submitted"}
    issued = top(desk)
    desk.type("900,000", method="equal", **layer)
    assert (top(desk), top(desk, **layer)[0]) == (issued, 900_000 * FEN)
    assert desk.ask("undo", **layer)["top"]["v"][0] is None
    assert page(desk, layer="sumitted").status_code == 404
    assert page(desk, measure="booking").status_code == 404


def test_a_pasted_block_of_rates_is_one_edit(sitting):
    desk = sitting("zhang")
    told = {"act": "paste", "block": "20%\t30%", "paths": json.dumps([EAST]), "method": "equal"}
    told = desk.ask("edit", periods=json.dumps(["2027Q1", "2027Q2"]), **told, **RATE)
    assert told["position"] == 1
    row = next(
        one["v"]
        for one in page(desk, "plan_rows", path="[]", deep=1, **RATE).json()["rows"]
        if one["p"] == EAST
    )
    found = [row[desk.column(label)] for label in ("2027Q1", "2027Q2")]
    assert found == pytest.approx([20 * PERCENT, 30 * PERCENT], abs=100)  # whole yuan of margin


def test_the_history_of_a_rate_is_that_of_its_sides(sitting):
    desk = sitting("zhang")
    desk.type("300000", method="equal", **MARGIN)
    desk.type("+10%", EAST)
    told = page(desk, "desk_past", path="[]", **RATE).content.decode()
    assert "0.00" in told
    assert "25.00" in told
    assert told.count('class="formula"') == 2


def narrow(user, *measures):
    user.grants.update(measures=list(measures))


def test_a_measure_that_a_grant_does_not_reach_is_nowhere(sitting, cast, program):
    sitting("zhang").type("240,000", method="equal", **MARGIN)
    narrow(cast.sun, "booked")
    sun = sitting("sun")
    offered = [value for value, _words in page(sun, "plan").context["measures"]]
    assert offered == ["", "new_customers", "stretch"]
    assert page(sun, "plan").context["position"] == 0
    for name in ("plan", "plan_rows", "plan_explain", "plan_export"):
        assert page(sun, name).status_code == 200
        for hidden in (MARGIN, RATE):
            assert page(sun, name, **hidden).status_code == 404
    client = program("sun")
    address = f"/api/v1/plans/{sun.plan.pk}"
    assert client.get(f"{address}/nodes?measure=margin").status_code == 404
    shown = [one["code"] for one in client.get(address).json()["measures"]]
    assert shown == ["booked", "new_customers", "stretch"]


def test_nobody_writes_a_measure_beyond_her_grant(sitting, cast, program):
    narrow(cast.zhang, "booked")
    zhang = sitting("zhang")
    assert zhang.type("1", method="equal", **MARGIN) == 404
    address = f"/api/v1/plans/{zhang.plan.pk}/edits"
    for at in ("margin/", "margin_rate/"):
        told = {"text": f"set {at}: 10%" if "rate" in at else f"set {at}: 10", "seen": 0}
        answer = program("zhang").post(address, json.dumps(told), "application/json")
        assert (answer.status_code, answer.json()["code"]) == (422, "edit.outside_scope")
    assert zhang.type("+1%")["position"] == 1


def test_a_program_reads_and_writes_each_measure(sitting, program):
    client, desk = program("zhang"), sitting("zhang")
    address = f"/api/v1/plans/{desk.plan.pk}"
    margin = {"verb": "set", "wishes": [{"at": MARGIN, "amount": 300_000 * FEN}]}
    bodies = [
        {"edits": [margin | {"method": {"name": "equal"}}]},
        {"text": "set margin_rate/: 30%"},
    ]
    for seen, body in enumerate(bodies):
        answer = client.post(f"{address}/edits", body | {"seen": seen}, "application/json")
        assert answer.status_code == 200, answer.json()
    nodes = client.get(f"{address}/nodes", {"levels": "大区", **MARGIN}).json()["items"]
    assert sum(one["values"][0] for one in nodes) == 360_000 * FEN
    nodes = client.get(f"{address}/nodes", {"levels": "大区", **RATE}).json()["items"]
    assert len(nodes) == 2
    assert client.get(f"{address}/nodes?layer=agreed").json()["items"][0]["values"][0] is None


def test_a_download_holds_the_measure_that_is_shown(sitting):
    desk = sitting("zhang")
    desk.type("300000", method="equal", **MARGIN)
    answer = page(desk, "plan_export", open="[]", unit="yuan", **RATE)
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    grid = list(book.worksheets[0].iter_rows(values_only=True))
    assert grid[4][3] == 25
    assert "%" in grid[1][0]
    client = desk.client
    screen = reverse("exchange_screen", args=[desk.plan.pk])
    for measure, whole in (("margin_rate", 0.25), ("margin", 300_000)):
        answer = client.post(f"{screen}?measure={measure}&unit=yuan&open=[]&months=1")
        book = load_workbook(BytesIO(b"".join(answer.streaming_content)), data_only=True)
        assert book.worksheets[0]["E6"].value == whole


def test_a_plan_begins_with_the_measures_that_were_chosen(as_user, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    form = Form(as_user("ops"))
    form.drop({"订单.csv": orders_text()})
    refused = form.send(total="1200000", also=["margin_rate"])
    assert refused.status_code == 422
    assert refused.context["form"].errors["also"]
    form.send(total="1200000", also=["margin", "margin_rate"])
    assert Job.objects.get().params["asked"]["also"] == ["margin", "margin_rate"]


def test_growth_of_what_was_not_given_is_none(sitting):
    """A layer that nobody filled yet has no figure, hence no growth on a last year."""
    data = page(sitting("zhang"), "plan", layer="agreed").context["data"]
    assert (data["top"]["v"][0], data["top"]["g"]) == (None, None)
    assert data["top"]["y"] > 0
