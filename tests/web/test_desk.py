"""The workbench: who may type, what it does, what is taken back, what is kept."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.urls import reverse

from quotaloom.planfile.chain import verify_store
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.desk import expiry
from quotaloom.web.jobs.chore import CHORES
from quotaloom.web.journals import opened
from quotaloom.web.journals.models import JournalRecord, PlanJournal
from quotaloom.web.journals.services import journal_drop
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.store import figures

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100
EAST, NORTH = ["华东"], ["华北"]


class Desk:
    """Somebody's workbench of a plan: asks as the page does."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan

    def ask(self, verb, path=(), period="", **more):
        told = {"path": json.dumps(path), "period": period, "open": "[]", "seen": "", **more}
        answer = self.client.post(reverse(f"desk_{verb}", args=[self.plan.pk]) + "?unit=yuan", told)
        return answer.json() if answer.status_code == 200 else answer.status_code

    def type(self, typed, path=(), period="", **more):
        return self.ask("edit", path, period, typed=typed, **more)

    def row(self, path):
        address = reverse("plan_rows", args=[self.plan.pk])
        asked = {"path": json.dumps(path[:-1]), "deep": 1}
        told = self.client.get(address, asked).json()["rows"]
        return next(row for row in told if row["p"] == path)["v"]

    def page(self, name="desk"):
        return self.client.get(reverse(name, args=[self.plan.pk]))

    def column(self, label):
        columns = self.page("plan").context["data"]["columns"]
        return [one["label"] for one in columns].index(label)


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def test_a_typed_total_is_met_and_everything_adds_up(sitting, plan):
    desk = sitting("zhang")
    told = desk.type("600,000", EAST, "2027Q2")
    assert (told["position"], told["cells"], told["seats"]) == (1, 12, 2)
    assert desk.row(EAST)[desk.column("2027Q2")] == 600_000 * FEN
    pairs = zip(desk.row(EAST), desk.row(NORTH), strict=True)
    assert [sum(pair) for pair in pairs] == told["top"]["v"]
    assert desk.page("plan").context["data"]["top"]["v"] == told["top"]["v"]
    assert verify_store(DatabaseStore(plan.pk)).position == 1


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("600000", lambda _now: 600_000 * FEN),
        ("６０万", lambda _now: 600_000 * FEN),
        ("+１０％", lambda now: (now * 11 + 500) // 1000 * 100),
        ("-10%", lambda now: (now * 9 + 500) // 1000 * 100),
        ("+200", lambda now: now + 200 * FEN),
        ("-200", lambda now: now - 200 * FEN),
        ("=0", lambda _now: 0),
    ],
)
def test_what_may_be_typed(sitting, typed, after):
    desk = sitting("zhang")
    column = desk.column("2027Q2")
    wanted = after(desk.row(EAST)[column])
    preview = desk.ask("preview", EAST, "2027Q2", typed=typed)
    told = desk.type(typed, EAST, "2027Q2")
    assert desk.row(EAST)[column] == wanted
    assert (preview["cells"], preview["full"]) == (told["cells"], told["full"])


@pytest.mark.parametrize("typed", ["", "abc", "12.345", "50%", "1e9", "++5", "9" * 30, "=x"])
def test_what_may_not_be_typed_changes_nothing(sitting, typed):
    told = sitting("zhang").type(typed, EAST, "2027Q2")
    assert told["findings"]
    assert JournalRecord.objects.count() == 0


def test_a_preview_writes_nothing(sitting):
    desk = sitting("zhang")
    before = desk.row(EAST)
    assert desk.ask("preview", EAST, "2027Q2", typed="+10%")["cells"] == 12
    assert desk.row(EAST) == before
    assert JournalRecord.objects.count() == 0


def test_siblings_make_up_where_the_total_above_is_kept(sitting):
    desk = sitting("zhang")
    before, north = desk.row(EAST), desk.row(NORTH)
    desk.type("+20%", EAST, "2027Q2", keep="hold_parent", along="大区")
    after = desk.row(EAST)
    assert after[0] > before[0]
    assert after[0] + desk.row(NORTH)[0] == before[0] + north[0]
    desk.type("+20%", EAST, "2027Q2", keep="hold_parent")
    assert desk.row(EAST)[0] == after[0]


def test_an_even_spread(sitting):
    desk = sitting("zhang")
    desk.type("1200", EAST, "2027Q2", method="equal")
    assert desk.row([*EAST, "江苏"])[desk.column("2027Q2")] == 600 * FEN


def test_undo_and_redo_are_exact_and_ones_own(sitting):
    zhang, li = sitting("zhang"), sitting("li")
    before = zhang.row(EAST)
    zhang.type("+10%", EAST)
    after = zhang.row(EAST)
    assert li.ask("undo")["findings"]
    for _ in range(3):
        zhang.ask("undo")
        assert zhang.row(EAST) == before
        zhang.ask("redo")
        assert zhang.row(EAST) == after
    zhang.ask("undo")
    zhang.type("+1%", NORTH)
    assert zhang.ask("redo")["findings"]


def test_an_older_edit_is_taken_back_where_nothing_has_touched_its_cells(sitting):
    desk = sitting("zhang")
    before = desk.row(EAST)
    desk.type("+10%", EAST)
    desk.type("+10%", NORTH)
    assert desk.ask("edit", act="revert", seq=1)["position"] == 3
    assert desk.row(EAST) == before
    desk.type("+10%", [*NORTH, "北京"])
    assert "#4" in desk.ask("edit", act="revert", seq=2)["findings"][0]


def test_the_rows_after_an_edit_are_those_of_the_page(sitting):
    desk = sitting("zhang")
    told = desk.type("+10%", EAST, open=json.dumps([EAST]))
    page = desk.client.get(reverse("plan_rows", args=[desk.plan.pk]), {"deep": 2}).json()["rows"]
    shown = {tuple(row["p"]): row for row in page if row["p"][:1] == EAST or len(row["p"]) == 1}
    assert {tuple(row["p"]): row for row in told["rows"]} == {
        path: {**row, "w": 1} for path, row in shown.items()
    }


def test_an_answer_holds_only_the_branches_that_were_written_since(sitting):
    desk = sitting("zhang")
    opened = json.dumps([EAST, NORTH])
    first = desk.type("+10%", EAST, open=opened)
    known = {"open": opened, "seen": first["position"], "shape": first["shape"]}
    told = desk.type("+10%", NORTH, **known)
    assert {tuple(row["p"][:1]) for row in told["rows"] if len(row["p"]) > 1} == {("华北",)}
    again = desk.ask("rows", **(known | {"shape": "another"}))
    assert {tuple(row["p"][:1]) for row in again["rows"] if len(row["p"]) > 1} == {
        ("华东",),
        ("华北",),
    }


def test_very_many_rows_of_which_few_are_open_are_told_as_well(sitting, monkeypatch):
    monkeypatch.setattr("quotaloom.web.desk.shown.FEW", 0)
    monkeypatch.setattr("quotaloom.web.desk.shown.CHEAP", 0)
    desk = sitting("zhang")
    opened = json.dumps([EAST])
    before = desk.type("+10%", EAST, open=opened)
    monkeypatch.setattr("quotaloom.report.pivot.MOST_NODES", 3)
    known = {"open": opened, "seen": before["position"], "shape": before["shape"]}
    told = desk.type("+10%", EAST, **known)
    assert len(told["rows"]) == len(before["rows"])


def test_the_list_shows_the_total_of_now(sitting):
    desk = sitting("zhang")
    now = desk.type("+10%", EAST)["top"]["v"][0]
    (shown,) = desk.client.get(reverse("plan_list")).context["shown"]
    assert shown.total == now


def test_a_hold_keeps_its_cells_and_only_its_owner_lifts_it(sitting, cast):
    li, wang = sitting("li"), sitting("zhang")
    told = li.ask("edit", [*EAST, "江苏"], act="hold", reason="已向客户承诺")
    (hold,) = told["holds"]
    assert (hold["owner"], hold["reason"]) == (cast.li.shown_name, "已向客户承诺")
    before = li.row([*EAST, "江苏"])
    wang.type("+10%", EAST)
    assert li.row([*EAST, "江苏"]) == before
    assert sitting("zhao").ask("edit", act="release", seq=1)["findings"]
    assert li.ask("edit", act="release", seq=1)["holds"] == []


def test_no_edit_leaves_the_bounds_of_a_figure(sitting):
    desk = sitting("zhang")
    now = desk.row(EAST)[0] // FEN
    bounds = {"act": "bound", "low": "1e9", "high": f"{now + 100_000}"}
    assert desk.ask("edit", EAST, **bounds)["findings"]
    told = desk.ask("edit", EAST, **bounds | {"low": f"{now}"})
    (bound,) = told["bounds"]
    assert (bound["p"][0], bound["low"]) == (*EAST, now * FEN)
    assert desk.type("+200000", EAST)["findings"]
    assert desk.type("-1", EAST)["findings"]
    assert desk.type("+50000", EAST)["position"] == 2
    told = desk.ask("edit", EAST, **bounds | {"low": ""})
    assert (told["position"], told["bounds"][0]["low"]) == (4, None)
    assert sitting("zhao").ask("rows")["bounds"] == []  # whose scope is the north
    assert desk.ask("undo")["bounds"][0]["low"] == now * FEN
    assert desk.ask("edit", EAST, act="bound")["bounds"] == []
    assert desk.ask("edit", EAST, act="bound")["findings"]


def test_a_hold_ends_on_its_day_by_an_edit_of_the_system(sitting, plan, program, monkeypatch):
    desk = sitting("zhang")
    assert desk.ask("edit", NORTH, act="hold", until="2020-01-01")["findings"]
    told = desk.ask("edit", EAST, act="hold", until="2999-12-31", reason="到谈判结束")
    assert told["holds"][0]["until"] == "2999-12-31"
    ended = {"text": "hold 大区=华北\n  until: 2020-01-01", "seen": 1}
    address = f"/api/v1/plans/{plan.pk}/edits"
    assert program("zhang").post(address, ended, "application/json").status_code == 200
    for day in (None, date(2026, 1, 1)):  # a worker that begins, and one that sees a day end
        monkeypatch.setattr(expiry._Looked, "day", day)
        CHORES["plans.ended_holds"]()
    CHORES["plans.ended_holds"]()
    told = desk.ask("rows")
    assert (told["position"], [one["seq"] for one in told["holds"]]) == (3, [1])
    assert AuditRow.objects.filter(action="plan.expire", actor="system").count() == 1
    assert verify_store(DatabaseStore(plan.pk)).position == 3


@pytest.mark.parametrize(
    ("who", "path", "may"),
    [
        ("zhang", EAST, True),
        ("zhang", NORTH, True),
        ("ops", NORTH, True),
        ("li", EAST, True),
        ("li", NORTH, False),
        ("li", [], False),
        ("zhao", EAST, False),
        ("zhao", NORTH, True),
    ],
)
def test_who_may_write_what(sitting, who, path, may):
    told = sitting(who).type("+10%", path)
    assert ("position" in told) == may
    assert JournalRecord.objects.count() == int(may)


@pytest.mark.parametrize("who", ["wang", "sun", "system", "stranger"])
def test_who_may_not_write_has_no_workbench(sitting, who):
    desk = sitting(who)
    assert desk.type("+10%", EAST) in {403, 404}
    assert desk.page().status_code in {403, 404}
    assert b"/desk/" not in desk.page("plan").content


def test_rows_that_are_not_wholly_hers_are_marked(sitting):
    data = sitting("li").page().context["desk"]
    assert data["top"]["w"] == 0
    assert {row["p"][0]: row["w"] for row in data["rows"]} == {"华东": 1}


def test_one_action_is_one_row_of_the_audit(sitting, cast):
    sitting("li").type("+10%", EAST)
    (row,) = AuditRow.objects.filter(action="plan.edit")
    assert row.actor == str(cast.li.pk)
    assert json.loads(row.params)["edits"] == [1]
    assert AuditRow.objects.filter(action="plan.begin").count() == 1


def test_a_plan_begins_to_live_once(sitting, plan):
    for _ in range(3):
        sitting("zhang").type("+1%", EAST)
    assert PlanJournal.objects.get().pk == plan.pk
    assert AuditRow.objects.filter(action="plan.begin").count() == 1


def test_another_process_opens_the_same_figures(sitting, plan):
    desk = sitting("zhang")
    for number in range(5):
        desk.type(f"+{number + 1}%", EAST)
    now = figures(plan).pivot.quota.copy()
    opened._OPEN.clear()
    assert (figures(plan).pivot.quota == now).all()


def test_from_a_checkpoint_it_opens_the_same(sitting, plan, monkeypatch):
    monkeypatch.setattr(opened, "CHECKPOINT", 3)
    desk = sitting("zhang")
    for number in range(5):
        desk.type(f"+{number + 1}%", EAST)
    assert DatabaseStore(plan.pk).latest_checkpoint().head.position == 3
    now = figures(plan).pivot.quota.copy()
    opened._OPEN.clear()
    assert (figures(plan).pivot.quota == now).all()
    assert desk.ask("undo")["position"] == 6


def test_what_was_decomposed_is_no_longer_downloaded(sitting):
    desk = sitting("zhang")
    assert desk.page("plan_workbook").status_code == 200
    desk.type("+10%", EAST)
    assert desk.page("plan_workbook").status_code == 404
    assert b"workbook.xlsx" not in desk.page("plan").content
    assert sitting("zhao").page("plan_workbook").status_code == 200  # nothing of hers has changed


def test_who_changed_a_figure_from_what_to_what(sitting, cast):
    desk = sitting("zhang")
    before = desk.row(EAST)[0]
    desk.type("+10%", EAST, reason="王总要求")
    address = reverse("desk_past", args=[desk.plan.pk])
    told = desk.client.get(address, {"path": json.dumps(EAST), "name": "华东"})
    ((one, name),) = told.context["lines"]
    assert (name, one.reason, one.before) == (cast.zhang.shown_name, "王总要求", before)
    assert one.after == desk.row(EAST)[0]
    assert sitting("zhao").client.get(address, {"path": json.dumps(EAST)}).status_code == 404


def test_a_journal_goes_with_its_plan(sitting, plan):
    desk = sitting("zhang")
    before = desk.row(EAST)
    desk.type("+10%", EAST, reason="why")
    journal_drop(plan=plan.pk)
    assert desk.row(EAST) == before
    assert desk.type("+10%", EAST)["position"] == 1


def test_threads_that_open_a_plan_see_the_same(sitting, plan):
    sitting("zhang").type("+10%", EAST)
    opened._OPEN.clear()
    held = opened._entry(plan.pk)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: opened._entry(plan.pk), range(20))) == {held}
