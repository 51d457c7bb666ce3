"""A file of potential with a plan: its column, where each comes from, and what follows it."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from quotaloom.web.plans.models import Role
from tests.support.plan_form import Desk as Form
from tests.support.small_plan import orders_text
from tests.web.test_desk import EAST, FEN, Desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
SCALE = 10_000
FILE = "大区,岗位,潜力\n华东,E1,300\n华东,E2,100\n华北,N1,0.5\n"


@pytest.fixture
def plan(as_user, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    form = Form(as_user("ops"))
    form.drop({"订单.csv": orders_text()})
    form.add({"潜力.csv": FILE})
    form.change("潜力.csv", role=Role.POTENTIAL)
    return form.made(total="120万", by="大区>省份>岗位\n产品")


def page(client, plan, name="plan", **asked):
    return client.get(reverse(name, args=[plan.pk]), asked)


def column(client, plan):
    data = page(client, plan).context["data"]
    assert data["potential"] == SCALE
    rows = [row for row in data["rows"] if len(row["p"]) == 1]
    return {row["n"]: row["b"] / SCALE for row in rows} | {"": data["top"]["b"] / SCALE}


def explained(client, plan, *path):
    return page(client, plan, "plan_explain", path=json.dumps(path))


def test_the_column_adds_up_and_stays_through_edits(as_user, plan):
    client = as_user("zhang")
    before = column(client, plan)
    assert before == {"华东": 400, "华北": 0.5, "": 400.5}
    desk = Desk(client, plan)
    assert desk.type("900,000", EAST)["position"] == 1
    assert column(client, plan) == before


def test_each_is_explained_by_its_row_of_the_file(as_user, plan):
    given = explained(as_user("zhang"), plan, "华东").context["potential"]
    assert (given.amount, given.is_shared) == (400 * SCALE, False)
    assert [(one["file"], one["row"], one["amount"]) for one in given.rows] == [
        ("潜力.csv", 2, 300 * SCALE),
        ("潜力.csv", 3, 100 * SCALE),
    ]
    words = explained(as_user("zhang"), plan, "华东").content.decode()
    assert "潜力.csv · 2" in words


def test_a_total_is_spread_by_it_before_and_after_the_first_edit(as_user, plan):
    desk = Desk(as_user("zhang"), plan)
    for amount, sums in (("400000", (300_000, 100_000)), ("800000", (600_000, 200_000))):
        desk.type(amount, EAST, method="by_reference", basis="potential")
        below = page(desk.client, plan, "plan_rows", path=json.dumps(EAST)).json()["rows"]
        wanted = [one * FEN for one in sums]  # cells take whole yuan
        assert [row["v"][0] for row in below] == pytest.approx(wanted, abs=FEN)


def test_what_is_on_the_screen_goes_out_with_it(as_user, plan):
    answer = page(as_user("zhang"), plan, "plan_export", open="[]", unit="yuan")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    heads, *rows = book.worksheets[0].iter_rows(min_row=4, values_only=True)
    assert heads[:5] == ("成员", "同比", "去年", "潜力", "2027 全年")
    assert [row[3] for row in rows] == [400.5, 400, 0.5]


def test_who_sees_a_part_is_told_no_row_of_others(as_user, plan):
    assert column(as_user("li"), plan) == {"华东": 400, "": 400}
    rows = explained(as_user("li"), plan).context["potential"].rows
    assert [one["row"] for one in rows] == [2, 3]


def test_a_file_that_names_nobody_of_the_plan_is_refused(as_user, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    form = Form(as_user("ops"))
    form.drop({"订单.csv": orders_text()})
    form.add({"潜力.csv": "岗位,潜力\nX9,3\n"})
    form.change("潜力.csv", role=Role.POTENTIAL)
    with pytest.raises(AssertionError, match=r"potential\.unknown_member"):
        form.made(total="120万", by="大区>省份>岗位")
