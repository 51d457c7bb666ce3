"""The tree of the organisation: who sees which branch, on which day, placed as of when."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from quotaloom.web.org.models import Kind, Member, MemberDetail, Placement, Tree
from tests.support.cast import BEGIN

pytestmark = [pytest.mark.django_db, pytest.mark.store]
MOVED = date(2026, 3, 1)


@pytest.fixture
def moved(cast):
    """江苏客户经理1 stands under 华北 until March 2026, then under 华东."""
    row = Placement.objects.get(member=cast.members["E1"])
    Placement.objects.create(tree=cast.tree, member=row.member, parent=row.parent, valid_from=MOVED)
    row.parent, row.valid_to = cast.members["NORTH"], MOVED
    row.save()
    return cast


def page(client, **asked):
    return client.get(reverse("org"), asked)


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "seen", "hidden"),
    [
        ("zhang", {"HQ", "EAST", "NORTH"}, 0),
        ("ops", {"HQ", "EAST", "NORTH"}, 0),
        ("li", {"EAST", "E1", "E2"}, 3),
        ("zhao", {"NORTH", "N1"}, 4),
        ("wang", {"E1"}, 5),
    ],
)
def test_it_shows_each_user_the_own_branch_and_counts_the_rest(as_user, name, seen, hidden):
    answer = page(as_user(name))
    every = ("HQ", "EAST", "NORTH", "E1", "E2", "N1")
    codes = {code for code in every if f">{code}</code>" in text(answer)}
    assert codes == seen
    assert (f"另有 {hidden} 个" in text(answer)) == bool(hidden)


@pytest.mark.parametrize("name", ["stranger", "system", "audit"])
def test_it_shuts_the_door_to_those_without_the_permission(as_user, name):
    assert page(as_user(name)).status_code == 403


@pytest.mark.parametrize("address", ["org_member", "org_children"])
def test_it_does_not_reveal_a_member_beyond_the_scope(cast, as_user, address):
    other = reverse(address, args=[cast.members["NORTH"].pk])
    assert as_user("li").get(other).status_code == 404
    assert as_user("zhang").get(other).status_code == 200
    assert page(as_user("li"), member="N1").status_code == 404


def test_it_names_no_parent_beyond_the_scope(moved, as_user):
    answer = as_user("li").get(reverse("org_member", args=[moved.members["E1"].pk]))
    assert "您的范围之外" in text(answer)
    assert "华北" not in text(answer)


def test_it_finds_nobody_beyond_the_scope(as_user):
    words = {"words": "客户经理"}
    found = text(as_user("li").get(reverse("org_found"), words))
    assert "江苏客户经理1" in found
    assert "北京客户经理1" not in found
    assert "总公司" not in found


def test_it_finds_people_only_for_those_who_may_know_them(as_user):
    assert "E1" in text(as_user("li").get(reverse("org_found"), {"words": "小王"}))
    assert "没有" in text(as_user("wang").get(reverse("org_found"), {"words": "小王"}))


def test_it_shows_holders_and_vacancies_to_those_who_may_know(as_user):
    seen = text(page(as_user("li")))
    assert "小王" in seen
    assert "待招" in seen
    assert "待招" not in text(page(as_user("wang")))


@pytest.mark.parametrize(
    ("on", "basis", "parent"),
    [
        ("2026-02-28", "then", "NORTH"),
        ("2026-03-01", "then", "EAST"),
        ("2026-02-28", "now", "EAST"),
    ],
)
def test_it_places_members_as_of_then_or_as_of_now(moved, as_user, on, basis, parent):
    above = moved.members[parent]
    address = reverse("org_children", args=[above.pk])
    assert ">E1</code>" in text(as_user("zhang").get(address, {"on": on, "basis": basis}))
    other = {"NORTH": "EAST", "EAST": "NORTH"}[parent]
    address = reverse("org_children", args=[moved.members[other].pk])
    assert ">E1</code>" not in text(as_user("zhang").get(address, {"on": on, "basis": basis}))


def test_it_leaves_out_a_closed_unit_that_holds_nobody_now(moved, as_user):
    told = {"kind": Kind.UNIT, "code": "OLD", "opened_on": BEGIN, "closed_on": MOVED}
    old = Member.objects.create(axis="org", **told)
    MemberDetail.objects.create(member=old, name="旧区", valid_from=BEGIN, valid_to=MOVED)
    top = moved.members["HQ"]
    days = {"valid_from": BEGIN, "valid_to": MOVED}
    Placement.objects.create(tree=moved.tree, member=old, parent=top, **days)
    assert "旧区" in text(page(as_user("zhang"), on="2026-02-01"))
    assert "旧区" not in text(page(as_user("zhang"), on="2026-02-01", basis="now"))


def test_it_leads_to_the_days_on_which_something_changes(moved, as_user):
    seen = text(page(as_user("zhang"), on="2026-02-01"))
    assert "on=2026-03-01" in seen
    assert moved.tree.code in seen


@pytest.mark.parametrize("asked", [{"axis": "x"}, {"tree": "x"}, {"on": "2026-02-30"}])
def test_it_answers_404_for_what_there_is_not(as_user, asked):
    assert page(as_user("zhang"), **asked).status_code == 404


def test_it_teaches_where_an_axis_is_empty(as_user):
    assert "这里还没有内容" in text(page(as_user("ops"), axis="product"))


def test_it_opens_products_to_all_readers_but_customers_to_the_unlimited_only(as_user):
    for axis in ("product", "customer"):
        tree = Tree.objects.create(axis=axis, code=axis, name_zh=axis, is_primary=True)
        item = Member.objects.create(axis=axis, kind=Kind.ITEM, code=f"X-{axis}", opened_on=BEGIN)
        MemberDetail.objects.create(member=item, name="某物", valid_from=BEGIN)
        Placement.objects.create(tree=tree, member=item, valid_from=BEGIN)
    assert "X-product" in text(page(as_user("li"), axis="product"))
    assert "X-customer" not in text(page(as_user("li"), axis="customer"))
    assert "X-customer" in text(page(as_user("sun"), axis="customer"))


def test_it_asks_the_database_no_more_for_more_members(as_user, django_assert_max_num_queries):
    client = as_user("zhang")
    page(client)
    with django_assert_max_num_queries(24):
        page(client)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{7*7}}", "' OR 1=1--"])
def test_it_shows_a_name_as_it_is_written(cast, as_user, name):
    MemberDetail.objects.filter(member=cast.members["HQ"]).update(name=name)
    client = as_user("zhang")
    found = client.get(reverse("org_found"), {"words": name})
    for answer in (page(client), page(client, member="HQ"), found):
        assert escape(name) in text(answer)
        assert "<script>alert" not in text(answer)


def test_it_answers_404_for_a_text_that_no_database_takes(as_user):
    for asked in ({"member": "a\x00"}, {"tree": "\x00"}):
        assert page(as_user("zhang"), **asked).status_code == 404
    assert as_user("zhang").get(reverse("org_found"), {"words": "\x00"}).status_code == 404


# All that is shown stands in the address


@pytest.mark.usefixtures("moved")
def test_the_open_member_stays_while_the_day_changes(as_user):
    asked = {"member": "E1", "words": "江苏", "on": str(MOVED)}
    shown = as_user("ops").get(reverse("org"), asked).content.decode()
    assert '<input type="hidden" name="member" value="E1">' in shown
    kept = "&amp;member=E1&amp;words=%E6%B1%9F%E8%8B%8F"
    days = re.findall(r'href="([^"]*)" data-keep title', shown)
    assert days
    assert all(kept in address for address in days)
    for page in ("org_health", "org_trees", "org_lists"):
        link = re.search(rf'href="({reverse(page)}[^"]*)"', shown)[1]
        back = as_user("ops").get(link.replace("&amp;", "&")).content.decode()
        assert re.search(rf'href="{reverse("org")}\?[^"]*on={MOVED}[^"]*member=E1', back)


def test_the_address_says_which_branches_are_open(as_user):
    def shown(**asked):
        text = as_user("ops").get(reverse("org"), asked).content.decode()
        return [code for code in ("EAST", "E1", "NORTH", "N1") if f"<code>{code}</code>" in text]

    assert shown() == ["EAST", "NORTH"]
    assert shown(open="") == []
    assert shown(open=["HQ", "NORTH"]) == ["EAST", "NORTH", "N1"]
    assert shown(open=["HQ", "NOBODY"]) == ["EAST", "NORTH"]
    assert shown(open="", member="E1") == ["EAST", "E1", "NORTH"]


def test_the_address_says_what_is_searched(as_user):
    shown = as_user("ops").get(reverse("org"), {"words": "北京"}).content.decode()
    assert 'value="北京"' in shown
    assert "member=N1&amp;words=%E5%8C%97%E4%BA%AC" in shown
    assert "N1" not in as_user("li").get(reverse("org"), {"words": "北京"}).content.decode()
