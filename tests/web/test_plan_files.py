"""The files of a new plan: several of orders, tables to look up, weights, seasons, rosters."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotaloom.web.jobs.models import Job
from quotaloom.web.plans.models import Draft, Plan, Role
from tests.support.plan_form import Desk
from tests.support.small_plan import orders_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]

CODES = "订单日期,产品码,区码,金额\n" + "".join(
    f"{year}-{month:02d}-10,{product},{region},{100 * month + product}\n"
    for year in (2025, 2026)
    for month in range(1, 13)
    for product, region in ((7, "E"), (8, "N"), (9, "E"))
)
PRODUCTS = "产品码,产品,类码\n7,平台,a\n8,终端,b\n"
KINDS = "类码,类别\na,软件\nb,硬件\n"
SELLERS = "工号,上级工号,姓名\n1,,老板\n2,1,张三\n3,1,李四\n"
SOLD = "订单日期,工号,金额\n" + "".join(
    f"2026-{month:02d}-05,{person},{person * 1000}\n"
    for month in range(1, 13)
    for person in (1, 2, 3)
)


@pytest.fixture
def desk(as_user, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    return Desk(as_user("ops"))


def roles(draft):
    return {one.upload.name: one.role for one in draft.files.select_related("upload")}


def test_several_files_of_orders_are_one_history(desk):
    desk.drop({"25.csv": orders_text(years=(2025,)), "26.csv": orders_text(years=(2026,))})
    page = desk.page()
    assert page.context["scene"].seen.rows == 144
    plan = desk.made(total="120万", by="大区>省份>岗位")
    assert plan.request["facts"] == [str(one.upload_id) for one in desk.files()]
    assert "25.csv (72/72)" in desk.parameters(plan)["read"]
    assert "26.csv (72/72)" in desk.parameters(plan)["read"]


def test_the_same_file_twice_is_told(desk):
    desk.drop({"a.csv": orders_text(), "b.csv": orders_text()})
    assert "intake.file_twice" in desk.page().content.decode()


def test_files_may_come_later_and_go(desk):
    desk.drop({"25.csv": orders_text(years=(2025,))})
    part = desk.add({"26.csv": orders_text(years=(2026,))})
    assert "<html" not in part.content.decode()
    assert part["HX-Trigger-After-Swap"] == "look"
    assert desk.look().context["scene"].seen.rows == 144
    desk.remove("25.csv")
    assert desk.look().context["scene"].seen.rows == 72


def test_a_year_that_nobody_typed_is_proposed_once_it_can_be(desk):
    desk.drop({"订单.csv": "何时,大区,金额\n2026-01-02,华东,10\n"})
    assert not desk.page().context["form"]["year"].value()
    desk.look(year="", name="", total="5万", date="何时")
    form = desk.page().context["form"]
    assert (form["year"].value(), form["total"].value()) == (2027, "5万")
    assert "2027" in form["name"].value()


def test_tables_to_look_up_are_known_and_joined_by_a_guess(desk):
    desk.drop({"k.csv": KINDS, "p.csv": PRODUCTS, "订单.csv": CODES})
    draft = Draft.objects.get()
    assert roles(draft) == {"订单.csv": "facts", "p.csv": "join", "k.csv": "join"}
    joined = {one.alias: (one.left, one.right) for one in draft.files.filter(role=Role.JOIN)}
    assert joined == {"p": ("facts.产品码", "产品码"), "k": ("p.类码", "类码")}
    match = {one.file.alias: one.match for one in desk.page().context["scene"].files}["p"]
    assert (match.rows, match.matched, match.unmatched) == (72, 48, 24)
    text = desk.page().content.decode()
    assert "72 行中匹配 48 行" in text
    assert "24 行未匹配（1 个键）" in text
    plan = desk.made(total="100万", by="类别>产品")
    assert desk.tops(plan) == {"软件", "硬件", "未归属"}


def test_the_columns_of_a_join_may_be_chosen(desk):
    desk.drop({"订单.csv": CODES, "区.csv": "编号,大区\nE,华东\nN,华北\n"})
    assert "请选择两边内容相同的键列" in desk.page().content.decode()
    part = desk.change("区.csv", left="facts.区码", right="编号", alias="r")
    assert "72 行中匹配 72 行" in part.content.decode()
    assert desk.tops(desk.made(total="100万", by="r.大区")) == {"华东", "华北"}


def test_keys_that_stand_twice_are_told_before_the_job(desk):
    desk.drop({"订单.csv": CODES, "p.csv": PRODUCTS + "7,又一个,a\n"})
    text = desk.page().content.decode()
    assert "1 个键在本表中重复出现" in text
    assert text.count("join.double_key") == 1
    assert "行未匹配" not in text
    assert not Job.objects.exists()


def test_a_table_renamed_keeps_what_hangs_on_it(desk):
    desk.drop({"订单.csv": CODES, "p.csv": PRODUCTS, "k.csv": KINDS})
    desk.change("p.csv", left="facts.产品码", right="产品码", alias="产 品.表")
    lefts = {one.alias: one.left for one in desk.files()}
    assert lefts["k"] == "产 品表.类码"
    assert desk.tops(desk.made(total="100万", by="k.类别")) == {"软件", "硬件", "未归属"}
    desk.remove("p.csv")
    assert {one.alias: one.left for one in desk.files()}["k"] == ""


def test_two_tables_of_one_name_are_told_apart(desk):
    desk.drop({"订单.csv": CODES, "p.csv": PRODUCTS})
    desk.add({"p.csv": KINDS, "facts.csv": KINDS})
    assert [one.alias for one in desk.files()] == ["订单", "p", "p2", "facts2"]


def test_managers_who_sell_are_a_tree_through_a_table(desk):
    desk.drop({"订单.csv": SOLD, "人.csv": SELLERS})
    assert desk.page().context["tree"] == ("工号", "上级工号")
    plan = desk.made(total="120万", by="", tree="人员=工号|姓名<上级工号")
    rows = desk.rows(plan)
    names = {tuple(row["p"]): row["n"].split(" ·")[0] for row in rows}
    assert names[("1",)] == "老板"
    assert {("1", "2"), ("1", "3"), ("1", "本级")} <= set(names)


def test_weights_without_dates_take_the_place_of_history(desk):
    desk.drop({"订单.csv": orders_text()})
    desk.add({"权重.csv": "大区,潜力\n华东,1\n华北,3\n"})
    desk.change("权重.csv", role="weights")
    seen = desk.look(by="").context["scene"].seen
    assert (seen.rows, seen.weights) == (144, 2)
    plan = desk.made(total="100万", by="大区")
    assert {row["n"]: row["v"][0] for row in desk.rows(plan)} == {
        "华东": 25_000_000,
        "华北": 75_000_000,
    }


def test_weights_alone_make_a_plan(desk):
    desk.drop({"权重.csv": "大区,权重\n华东,1\n华北,3\n"})
    desk.change("权重.csv", role="weights")
    assert desk.tops(desk.made(total="100万", by="大区", year="2027", name="x")) == {"华东", "华北"}


def test_a_file_gives_the_season(desk):
    desk.drop({"订单.csv": orders_text()})
    desk.add({"季节.csv": "季度,权重\nQ1,15%\nQ2,20%\nQ3,30%\nQ4,35%\n"})
    desk.change("季节.csv", role="season")
    plan = desk.made(total="100万", time="quarter", by="大区")
    page = desk.client.get(reverse("plan", args=[plan.pk]))
    quarters = dict(
        zip(
            [one["label"] for one in page.context["data"]["columns"]],
            page.context["data"]["top"]["v"],
            strict=True,
        )
    )
    assert quarters["2027Q4"] == 35_000_000
    assert desk.parameters(plan)["seasonality"] == "季节.csv"


def test_a_roster_says_who_is_there(desk):
    desk.drop({"订单.csv": orders_text()})
    desk.add({"名册.csv": "维度,成员,动作,接替人\n岗位,E1,离职,E2\n"})
    desk.change("名册.csv", role="roster")
    plan = desk.made(total="120万", by="岗位")
    assert {row["n"] for row in desk.rows(plan)} == {"E2", "N1"}


def test_a_role_of_which_there_is_one_moves_on(desk):
    desk.drop({"订单.csv": orders_text(), "a.csv": KINDS, "b.csv": KINDS.replace("a", "c")})
    desk.change("a.csv", role="weights")
    desk.change("b.csv", role="weights")
    assert roles(Draft.objects.get()) == {"订单.csv": "facts", "a.csv": "join", "b.csv": "weights"}


def test_no_page_or_file_names_a_folder_of_the_server(desk, settings):
    desk.drop({"订单.csv": CODES, "p.csv": PRODUCTS})
    plan = desk.made(total="100万", by="产品")
    texts = " ".join(desk.parameters(plan).values())
    assert str(settings.HOME) not in texts
    assert "订单.csv" in texts
    assert "p.csv on 产品码=产品码 as p".replace("产品码=", "facts.产品码=") in texts


def test_a_refusal_of_any_file_comes_back_marked(desk):
    desk.drop({"订单.csv": orders_text()})
    desk.add({"名册.csv": "维度,成员,动作\n岗位,E9,离职\n"})
    desk.change("名册.csv", role="roster")
    desk.send(total="120万", by="岗位")
    assert Job.objects.get().state == "refused"
    page = desk.page().content.decode()
    assert "上次没有生成方案的原因" in page
    assert "roster.unknown_member" in page
    file = desk.file("名册.csv")
    address = reverse("plan_marked", args=[file.draft_id, file.pk])
    assert address in page
    answer = desk.client.get(address)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "E9" in book.worksheets[0]["B2"].comment.text


def test_a_draft_without_orders_makes_no_job(desk):
    desk.drop({"订单.csv": orders_text()})
    desk.remove("订单.csv")
    answer = desk.send(total="1万", year="2027", name="x", by="大区")
    assert answer.status_code == 422
    assert "请先添加历史数据文件" in answer.content.decode()
    assert not Plan.objects.exists()


def test_too_many_files_at_once_are_refused(desk):
    many = {f"{number}.csv": "a\n1\n" for number in range(21)}
    files = [SimpleUploadedFile(name, text.encode()) for name, text in many.items()]
    answer = desk.client.post(reverse("plan_new"), {"file": files})
    assert answer.status_code == 413
    assert "一次最多 20 个文件" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("verb", ["plan_form", "plan_look", "plan_files"])
def test_a_draft_is_its_owners(desk, as_user, cast, verb):
    desk.drop({"订单.csv": orders_text()})
    cast.zhang.grants.update(role=cast.roles["sales_ops"])
    address = reverse(verb, args=[Draft.objects.get().pk])
    assert as_user("zhang").post(address).status_code == 404


@pytest.mark.parametrize("verb", ["plan_file", "plan_file_remove", "plan_marked"])
def test_a_file_is_found_in_its_own_draft_alone(desk, verb):
    desk.drop({"订单.csv": orders_text()})
    file = desk.file("订单.csv")
    desk.drop({"别的.csv": orders_text()})
    address = reverse(verb, args=[desk.draft.pk, file.pk])
    method = desk.client.get if verb == "plan_marked" else desk.client.post
    assert method(address).status_code == 404
