"""Workbooks of a living plan: who gets which, who may bring them back, what becomes of them."""

from __future__ import annotations

import io
import json
import zipfile
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotaloom.planfile.chain import verify_store
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.exchange.models import Handout, Return, State
from quotaloom.web.exchange.store import table_of
from quotaloom.web.jobs.models import Job
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.store import figures, total_now
from tests.support.doors import steady
from tests.support.handouts import place
from tests.support.small_plan import small_plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
FEN = 100


class Desk:
    """Somebody at the exchange of a plan: asks as the pages do."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan

    def get(self, name, *more, **asked):
        return self.client.get(reverse(name, args=[self.plan.pk, *more]), {"unit": "yuan", **asked})

    def post(self, name, *more, **told):
        return self.client.post(reverse(name, args=[self.plan.pk, *more]) + "?unit=yuan", told)

    def send(self, level="大区", due="", **more):
        answer = self.post("exchange_send", level=level, due=due, **more)
        assert answer.status_code == 302, answer.status_code
        return Job.objects.order_by("created_at").last()

    def screen(self, **shown):
        address = reverse("exchange_screen", args=[self.plan.pk])
        return self.client.post(address + "?" + urlencode({"unit": "yuan", **shown}))

    def workbook(self, scope):
        """The newest handout of a branch and its workbook."""
        row = Handout.objects.filter(scope=scope).first()
        return row, body(self.get("exchange_workbook", row.pk))

    def bring(self, *files, take=""):
        named = [SimpleUploadedFile(name, content) for name, content in files]
        return self.post("exchange_returns", file=named, take=take)

    def bring_one(self, content, name="交回.xlsx"):
        assert self.bring((name, content)).status_code == 302
        return Return.objects.first()

    def look(self, row, **asked):
        return self.get("exchange_return", row.pk, **asked)

    def take(self, row, **told):
        page = self.look(row)
        seen = page.context["look"].position if "look" in page.context else 0
        self.post("exchange_take", row.pk, seen=seen, **told)
        row.refresh_from_db()
        return row

    def type(self, typed, path):
        told = {"path": json.dumps(path), "period": "2027-01", "open": "[]", "seen": ""}
        told["typed"] = typed
        return self.post("desk_edit", **told).json()


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def body(answer):
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def typed(content, values):
    """The workbook with figures typed into cells of the handout."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in values.items():
        at = book.worksheets[cell[0]].cell(*place(cell))
        assert not at.protection.locked
        at.value = value
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def first_cells(row, count=1, sheet=0):
    """The first cells of a handout's sheet that may be edited."""
    lines = table_of(row).sheets[sheet].lines
    found = [(sheet, at, head) for at, line in enumerate(lines) for head in line.entry]
    return found[:count]


def status(desk):
    return {row.handout.scope: row.status for row in desk.get("exchange").context["rows"]}


def test_each_branch_gets_its_own_workbook(sitting):
    desk = sitting("ops")
    job = desk.send("岗位", "2999-01-01")
    assert job.state == "done", job.findings
    assert status(desk) == dict.fromkeys(("E1", "E2", "N1"), "waiting")
    package = zipfile.ZipFile(io.BytesIO(body(desk.get("exchange_zip"))))
    assert set(package.namelist()) == {"E1.xlsx", "E2.xlsx", "N1.xlsx"}
    words = {
        name: str(
            [
                cell.value
                for row in openpyxl.load_workbook(io.BytesIO(package.read(name))).worksheets[0]
                for cell in row
            ]
        )
        for name in package.namelist()
    }
    for one, seat in (("E1.xlsx", "E1"), ("N1.xlsx", "N1")):
        assert seat in words[one]
        assert not {"E1", "E2", "N1"} - {seat} & set(words[one].split("'"))


def test_what_comes_back_is_seen_before_it_is_taken_and_can_be_taken_back(sitting, plan):
    desk = sitting("ops")
    desk.send()
    before = total_now(plan)
    row, content = desk.workbook("华东")
    (cell,) = first_cells(row)
    came = desk.bring_one(typed(content, {cell: 123_456}))
    page = desk.look(came)
    (change,) = page.context["parts"][0].changes
    assert (change.mine, page.context["text"]) == (123_456 * FEN, "将影响 1 格 / 1 个岗位")
    assert total_now(plan) == before
    assert desk.take(came).state == State.TAKEN
    assert total_now(plan) == before + change.more
    assert verify_store(DatabaseStore(plan.pk)).position == came.edit == 1
    assert AuditRow.objects.filter(action="plan.take").count() == 1
    assert status(desk)["华东"] == "taken"
    desk.post("exchange_undo", came.pk)
    came.refresh_from_db()
    assert (came.state, total_now(plan)) == (State.UNDONE, before)


def test_what_was_undone_on_the_workbench_may_be_taken_again(sitting, plan):
    desk = sitting("ops")
    desk.send()
    before = total_now(plan)
    row, content = desk.workbook("华东")
    content = typed(content, {first_cells(row)[0]: 5})
    desk.take(desk.bring_one(content))
    after = total_now(plan)
    assert desk.post("desk_undo", open="[]").json()["position"] == 2
    assert status(desk)["华东"] == "returned"
    assert total_now(plan) == before
    assert desk.take(desk.bring_one(content)).state == State.TAKEN
    assert total_now(plan) == after


def test_the_same_file_twice_is_taken_once(sitting, plan):
    desk = sitting("ops")
    desk.send()
    row, content = desk.workbook("华东")
    content = typed(content, {first_cells(row)[0]: 5})
    desk.take(desk.bring_one(content))
    after = total_now(plan)
    again = desk.bring_one(content, "又一次.xlsx")
    assert desk.look(again).context["findings"][0].code == "handout.taken_before"
    assert desk.take(again).state == State.AGAIN
    assert total_now(plan) == after
    assert status(desk)["华东"] == "taken"


def test_a_file_that_is_behind_asks_cell_by_cell(sitting, plan):
    desk = sitting("ops")
    desk.send()
    row, content = desk.workbook("华东")
    one, two = first_cells(row, 2)
    came = desk.bring_one(typed(content, {one: 5, two: 6}))
    sitting("zhang").type("1000", ["华东"])
    page = desk.look(came)
    assert page.context["undecided"] >= 1
    field, who = page.context["parts"][0].met[0][0].field, page.context["parts"][0].met[0][2]
    assert who[0].startswith("张总 ")
    assert desk.take(came).state == State.UNDECIDED  # nothing was chosen
    assert desk.take(came, **{field: "mine"}).state == State.TAKEN
    table = table_of(row)
    living = figures(plan).living
    assert living.total(table.at(one)) == 5


def test_what_is_wrong_is_told_and_only_the_rest_is_taken_on_wish(sitting):
    desk = sitting("ops")
    desk.send()
    row, content = desk.workbook("华北")
    good, bad = first_cells(row, 2)
    came = desk.bring_one(typed(content, {good: 5, bad: "很多"}))
    page = desk.look(came)
    words = page.content.decode()
    assert "工作表「华北」" in words
    assert "很多" in words
    listed = openpyxl.load_workbook(io.BytesIO(body(desk.get("exchange_findings", came.pk))))
    told = [str(cell.value) for row in listed.worksheets[0].iter_rows(min_row=2) for cell in row]
    assert any("很多" in one for one in told)
    assert desk.take(came).state == State.REFUSED
    assert desk.take(came, only_valid="1").state == State.TAKEN


def test_many_files_at_once_are_each_told_what_became_of_them(sitting, plan):
    desk = sitting("ops")
    desk.send("岗位")
    files = []
    for number, scope in enumerate(("E1", "E2", "N1")):
        row, content = desk.workbook(scope)
        files.append((f"{scope}.xlsx", typed(content, {first_cells(row)[0]: 700 + number})))
    files += [("E1 副本.xlsx", files[0][1]), ("私人.xlsx", b"PK\x03\x04"), ("空.xlsx", b"")]
    assert desk.bring(*files, take="1").status_code == 302
    states = dict(Return.objects.values_list("name", "state"))
    assert states == {
        "E1.xlsx": State.TAKEN,
        "E2.xlsx": State.TAKEN,
        "N1.xlsx": State.TAKEN,
        "E1 副本.xlsx": State.AGAIN,
        "私人.xlsx": State.REFUSED,
        "空.xlsx": State.REFUSED,
    }
    assert status(desk) == dict.fromkeys(("E1", "E2", "N1"), "taken")
    assert verify_store(DatabaseStore(plan.pk)).position == 3


def test_many_files_may_only_be_looked_at(sitting, plan):
    desk = sitting("ops")
    desk.send("岗位")
    files = []
    for scope in ("E1", "E2"):
        row, content = desk.workbook(scope)
        files.append((f"{scope}.xlsx", typed(content, {first_cells(row)[0]: 7})))
    desk.bring(*files)
    assert set(Return.objects.values_list("state", flat=True)) == {State.READY}
    assert status(desk) == {"E1": "returned", "E2": "returned", "N1": "waiting"}
    assert verify_store(DatabaseStore(plan.pk)).position == 0


def test_a_branch_whose_day_is_over_is_late(sitting):
    desk = sitting("ops")
    desk.send("岗位", "2020-01-01")
    assert set(status(desk).values()) == {"late"}


def test_a_manager_returns_her_own_branch_and_sees_no_other(sitting, plan):
    ops, li = sitting("ops"), sitting("li")
    ops.send()
    row, content = ops.workbook("华东")
    other, theirs = ops.workbook("华北")
    came = li.bring_one(typed(content, {first_cells(row)[0]: 5}))
    assert li.take(came).state == State.TAKEN
    stolen = li.bring_one(typed(theirs, {first_cells(other)[0]: 5}))
    codes = [one.code for one in li.look(stolen).context["findings"]]
    assert codes == ["handout.unknown"]
    assert set(status(li)) == {"华东"}
    assert li.get("exchange_workbook", other.pk).status_code == 404
    assert sitting("zhao").look(came).status_code == 404
    assert verify_store(DatabaseStore(plan.pk)).position == 1


def test_a_handout_of_another_plan_is_not_known_here(sitting, cast, tmp_path, as_user):
    desk = sitting("ops")
    desk.send()
    row, content = desk.workbook("华东")
    elsewhere = Desk(as_user("ops"), small_plan(cast.ops, tmp_path, name="别的"))
    came = elsewhere.bring_one(typed(content, {first_cells(row)[0]: 5}))
    codes = [one.code for one in elsewhere.look(came).context["findings"]]
    assert codes == ["handout.unknown"]


def test_who_lost_a_branch_is_not_told_what_the_plan_says_of_it_now(sitting, cast):
    li, zhang = sitting("li"), sitting("zhang")
    content = body(li.screen())
    row = Handout.objects.get()
    came = li.bring_one(typed(content, {first_cells(row)[0]: 5}))
    assert li.look(came).context["look"].review
    grant = cast.li.grants.get()
    grant.scope = cast.members["E2"]
    grant.save()
    zhang.type("1000", ["华东"])
    codes = [one.code for one in li.look(came).context["findings"]]
    assert codes == ["handout.unknown"]


def test_edits_elsewhere_leave_every_answer_as_it_was(sitting):
    li, zhang = sitting("li"), sitting("zhang")
    zhang.type("1000", ["华东"])
    before = body(li.screen()) and Handout.objects.get()
    pages = steady(li.get("exchange"))
    zhang.type("2000", ["华北"])
    assert body(li.screen())
    assert Handout.objects.get() == before
    assert before.position == 1
    assert steady(li.get("exchange")) == pages


def test_who_was_overtaken_after_looking_overwrites_nothing(sitting, plan):
    desk = sitting("ops")
    desk.send()
    row, content = desk.workbook("华东")
    (cell,) = first_cells(row)
    came = desk.bring_one(typed(content, {cell: 5}))
    seen = desk.look(came).context["look"].position
    sitting("zhang").type("1000", ["华东"])
    at = table_of(row).at(cell)
    before = figures(plan).living.total(at)
    desk.post("exchange_take", came.pk, seen=seen)
    came.refresh_from_db()
    assert came.state == State.UNDECIDED
    assert figures(plan).living.total(at) == before != 5


@pytest.mark.parametrize("name", ["sun", "stranger"])
def test_who_may_not_edit_has_no_exchange(sitting, name):
    assert sitting(name).get("exchange").status_code in (403, 404)


def test_the_screen_goes_out_as_it_is_shown_and_comes_back(sitting, plan):
    desk = sitting("ops")
    shown = {"open": json.dumps([["华东"]]), "months": "0"}
    content = body(desk.screen(**shown))
    row = Handout.objects.get(is_screen=True)
    table = table_of(row)
    (sheet,) = table.sheets
    assert [line.name for line in sheet.lines] == ["总额", "华东", "江苏", "浙江", "华北"]
    assert [head.label for head in sheet.heads][:3] == ["", "2027Q1", "2027Q2"]
    assert body(desk.screen(**shown))
    assert Handout.objects.count() == 1  # the same screen is the same handout
    quarter = (0, 2, 1)
    assert sheet.is_entry(quarter[1:])
    came = desk.bring_one(typed(content, {quarter: 90_000}))
    assert desk.take(came).state == State.TAKEN
    assert figures(plan).living.total(table.at(quarter)) == 90_000


def test_a_filtered_screen_has_the_rest_as_a_line_of_its_own(sitting):
    desk = sitting("ops")
    content = body(desk.screen(filter="江苏"))
    table = table_of(Handout.objects.get(is_screen=True))
    names = [line.name for line in table.sheets[0].lines]
    assert names[:3] == ["总额", "华东", "江苏"]
    assert names.count("其余（未展开或未显示）") == 2
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    assert book.cell(*place((0, 0, 0))).value == table.base((0, 0, 0))
