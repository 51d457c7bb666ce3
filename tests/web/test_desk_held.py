"""A refusal names holds in words, to those who see them: where, how much, whose and why."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.web.test_api_edit import address
from tests.web.test_desk import EAST, NORTH, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.store]
JIANGSU = [*EAST, "江苏"]


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def refused(told):
    return "\n".join(told["findings"])


def test_a_hold_is_told_with_place_amount_owner_and_reason(sitting, cast):
    li, zhang = sitting("li"), sitting("zhang")
    column = li.column("2027Q2")
    amount = f"{li.row(JIANGSU)[column] // 100:,}"
    li.ask("edit", JIANGSU, "2027Q2", act="hold", kind="total", reason="已向客户承诺")
    for how in ("preview", "edit"):
        told = refused(zhang.ask(how, [*JIANGSU, "E1"], "2027Q2", typed="1"))
        words = (
            f"江苏 · 2027Q2 共 {amount} 元（#1，锁定人：{cast.li.shown_name}，原因：已向客户承诺）"
        )
        assert words in told
    with translation.override("en"):
        zhang.client.cookies["django_language"] = "en"
        told = refused(zhang.ask("edit", [*JIANGSU, "E1"], "2027Q2", typed="1"))
    words = (
        f"江苏 · 2027Q2, {amount} CNY in all (#1, held by {cast.li.shown_name}, reason: 已向客户"
    )
    assert words in told


def test_a_bound_is_told_with_its_ends(sitting, cast):
    desk = sitting("zhang")
    desk.ask("edit", EAST, act="bound", low="100000", high="", reason="底线")
    told = refused(desk.type("5", EAST))
    by = f"设定人：{cast.zhang.shown_name}，原因：底线"
    assert f"华东 · 2027 应在 100,000 与 — 元之间（#1，{by}）" in told


def test_held_cells_in_the_way_are_told(sitting, cast):
    desk = sitting("zhang")
    desk.ask("edit", EAST, act="hold")
    told = refused(desk.type("5", EAST))
    assert f"锁定人：{cast.zhang.shown_name}，原因：—" in told
    assert "华东 · 2027 共 " in told


def test_what_is_held_elsewhere_is_told_to_nobody_who_does_not_see_it(sitting, programs, plan):
    zhang, li = sitting("zhang"), sitting("li")
    zhang.ask("edit", [], "2027Q2", act="hold", kind="total", reason="董事会口径")
    zhang.ask("edit", NORTH, "2027Q2", act="hold", reason="华北的原因")
    told = refused(li.type("5", JIANGSU, "2027Q2"))
    assert "#1" in told
    answer = programs("li").post(
        address(plan), {"text": "set 省份=江苏 & 2027Q2: 5", "seen": 9}, "application/json"
    )
    for text in (told, answer.content.decode()):
        assert not any(word in text for word in ("董事会", "华北", "锁定人", "edit.held"))


def test_a_program_is_told_the_same_in_fields(sitting, programs, plan, cast):
    sitting("li").ask("edit", JIANGSU, "2027Q2", act="hold", kind="total", reason="承诺")
    body = {"text": "set 岗位=E1 & 2027Q2: 1", "seen": 1}
    answer = programs("zhang").post(address(plan), body, "application/json")
    told = {one["code"]: one for one in answer.json()["findings"]}
    assert told["edit.held_money"]["subject"] == "#1" in told["rake.conflict"]["subject"]
    fields = told["edit.held_money"]["params"]
    assert (fields["where"], fields["owner"]) == ("江苏 · 2027Q2", cast.li.shown_name)
    assert fields["reason"] == "承诺"
