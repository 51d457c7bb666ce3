"""The search of the command palette: finds by name, code and initials, within the scope only."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotaloom.web.org.models import Axis, Kind, Member, MemberDetail, Occupancy
from quotaloom.web.ui.initials import initials
from quotaloom.web.ui.search import MOST_HITS
from tests.support.cast import BEGIN, PEOPLE
from tests.support.doors import allowed, hidden_words
from tests.support.small_plan import small_plan

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ROW = re.compile(r'data-href="([^"]+)".*?<span>(.*?)</span>')


def member(axis, code, name, **more):
    found = Member.objects.create(axis=axis, kind=Kind.ITEM, code=code, opened_on=BEGIN, **more)
    MemberDetail.objects.create(member=found, name=name, valid_from=BEGIN)
    return found


@pytest.fixture
def shelves(cast):
    """Members of the other axes."""
    for number, (axis, name) in enumerate(
        [
            (Axis.PRODUCT, "数据平台"),
            (Axis.CUSTOMER, "上海大众"),
            (Axis.TERRITORY, "江苏省"),
            (Axis.CHANNEL, "经销商"),
            (Axis.INDUSTRY, "电力"),
        ]
    ):
        member(axis, f"X{number}", name)
    return cast


def told(client, text):
    answer = client.get(reverse("search"), {"text": text})
    assert answer.status_code == 200
    return answer.json()


def words(client, text):
    """The names of what was found, in order."""
    return [name for _href, name in ROW.findall(told(client, text)["rows"])]


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("华东", ["华东"]),
        ("EAST", ["华东"]),
        ("east", ["华东"]),
        ("hd", ["华东", "上海大众"]),
        ("  华东 ", ["华东"]),
        ("平台", ["数据平台"]),
        ("sjpt", ["数据平台"]),
        ("shdz", ["上海大众"]),
        ("jxs", ["经销商"]),
        ("x3", ["经销商"]),
        ("dl", ["电力"]),
        ("没有的", []),
        ("", []),
        ("   ", []),
        ("\0", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1--", []),
    ],
)
def test_it_finds_by_name_code_and_initials_on_every_axis(as_user, text, names):
    assert words(as_user("zhang"), text) == names


@pytest.mark.usefixtures("shelves")
def test_the_best_comes_first(as_user):
    member(Axis.PRODUCT, "E1X", "甲")
    found = words(as_user("zhang"), "e1")
    assert found[:2] == ["江苏客户经理1", "甲"]


def test_it_finds_who_holds_a_seat(as_user):
    assert words(as_user("li"), "小王") == ["小王"]
    assert words(as_user("li"), "xw") == ["小王"]
    assert words(as_user("zhao"), "小王") == []
    assert words(as_user("wang"), "小王") == []  # 客户经理 may not read who holds which seat


def test_each_hit_leads_to_its_page(as_user, shelves):
    client = as_user("zhang")
    for text in ("华东", "平台", "小王", "上海"):
        ((href, _name),) = ROW.findall(told(client, text)["rows"])
        assert client.get(href.replace("&amp;", "&")).status_code == 200
    assert shelves.zhang.is_active


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("text", ["华", "北", "经理", "e", "1", "n1", "王", "hb", "江苏", "x"])
def test_nothing_outside_the_scope_is_revealed(as_user, name, text):
    answer = told(as_user(name), text)
    body = answer["rows"] + answer["more"]
    secret = hidden_words(name) if allowed(name, "org.read") else {"<li"}
    if name in {"zhang", "sun", "ops", "security"}:
        secret = set()
    assert [word for word in secret if word in body] == []


@pytest.mark.usefixtures("shelves")
def test_customers_stay_with_those_who_see_everything(as_user):
    assert words(as_user("li"), "上海大众") == []
    assert words(as_user("li"), "数据平台") == ["数据平台"]


def test_it_finds_the_plans_that_one_sees(as_user, cast, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    small_plan(cast.ops, tmp_path, name="毛利方案", measure="margin")
    assert words(as_user("sun"), "mlfa") == words(as_user("li"), "毛利") == ["毛利方案"]
    cast.sun.grants.update(measures=["booked"])
    assert words(as_user("sun"), "毛利") == []
    assert words(as_user("system"), "毛利") == words(as_user("stranger"), "毛利") == []


def test_what_is_over_is_not_found(as_user, cast):
    closed = timezone.localdate() - timedelta(days=1)
    member(Axis.PRODUCT, "OLD", "旧产品", closed_on=closed)
    Occupancy.objects.filter(seat=cast.members["E1"]).update(valid_to=closed)
    assert words(as_user("zhang"), "旧产品") == words(as_user("zhang"), "小王") == []


def test_it_tells_how_many_more_there_are(as_user, cast):
    for number in range(MOST_HITS + 5):
        member(Axis.PRODUCT, f"P{number:03}", f"产品{number:03}")
    found = told(as_user("zhang"), "产品0")
    assert len(ROW.findall(found["rows"])) == MOST_HITS
    assert found["more"] == "还有 5 条，请继续输入以缩小范围。"
    assert cast.zhang.is_active


def test_names_are_shown_as_they_are_written(as_user, cast):
    member(Axis.PRODUCT, "EVIL", "<img src=x onerror=alert(1)>")
    assert "<img" not in told(as_user("zhang"), "onerror")["rows"]
    assert cast.zhang.is_active


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get(reverse("search"), {"text": "华"}).status_code == 302


@pytest.mark.usefixtures("shelves")
def test_a_search_costs_few_queries(as_user, django_assert_max_num_queries):
    client = as_user("li")
    with django_assert_max_num_queries(16):
        told(client, "e")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("华东", "hd"),
        ("江苏客户经理1", "jskhjl1"),
        ("Acme 公司", "acmegs"),
        ("鄂尔多斯", "eeds"),
        ("啊座", "az"),
        ("𠮷野", "y"),
        ("亍", ""),
        ("", ""),
    ],
)
def test_initials_are_those_of_the_pinyin(name, letters):
    assert initials(name) == letters
