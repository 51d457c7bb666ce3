"""Figures of a measure are seen only by those whose grant reaches that measure, there."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from quotaloom.web.org.access import scope_of
from quotaloom.web.org.models import Grant
from quotaloom.web.org.roles import MEASURES
from tests.support.cast import BEGIN
from tests.support.small_plan import orders_file, small_plan

pytestmark = [pytest.mark.django_db, pytest.mark.store]
PAGES = ("plan", "plan_rows", "plan_explain", "plan_export", "plan_workbook")


@pytest.fixture
def plans(cast, tmp_path, settings):
    """A plan of bookings and one of margin, on the same seats."""
    settings.HOME = tmp_path / "home"
    names = {"booked": "签约方案", "margin": "毛利方案"}
    return {
        code: small_plan(cast.ops, tmp_path, name=name, measure=code)
        for code, name in names.items()
    }


def narrow(user, *measures):
    user.grants.update(measures=list(measures))


def status(client, name, plan):
    return client.get(reverse(name, args=[plan.pk])).status_code


def seats(client, plan):
    """The seats that the grid tells of."""
    answer = client.get(reverse("plan_rows", args=[plan.pk]), {"deep": 12})
    assert answer.status_code == 200
    return {part for row in answer.json()["rows"] for part in row["p"]} & {"E1", "E2", "N1"}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["sun", "zhang", "ops"])
def test_a_plan_of_another_measure_is_not_there(as_user, cast, plans, name, who):
    """Not even for its maker, 运营."""
    narrow(cast.users[who], "margin", "shipped")
    assert status(as_user(who), name, plans["booked"]) == 404
    assert status(as_user(who), name, plans["margin"]) == 200


def test_the_list_leaves_it_out_by_name_and_figure(as_user, cast, plans):
    narrow(cast.sun, "margin")
    answer = as_user("sun").get(reverse("plan_list"))
    assert [line.plan for line in answer.context["shown"]] == [plans["margin"]]
    assert "签约方案" not in answer.content.decode()


def test_branch_and_measure_bind_together(as_user, cast, plans):
    """Bookings of 华东 and margin of 华北 are not bookings and margin of both."""
    narrow(cast.li, "booked")
    more = {"role": cast.roles["regional_manager"], "scope": cast.members["NORTH"]}
    Grant.objects.create(user=cast.li, measures=["margin"], valid_from=BEGIN, **more)
    client = as_user("li")
    assert seats(client, plans["booked"]) == {"E1", "E2"}
    assert seats(client, plans["margin"]) == {"N1"}
    totals = {
        line.plan.name: line.total for line in client.get(reverse("plan_list")).context["shown"]
    }
    for plan in plans.values():
        page = client.get(reverse("plan", args=[plan.pk]))
        assert page.context["top"]["total"] == totals[plan.name] < plan.total
    north = client.get(
        reverse("plan_explain", args=[plans["booked"].pk]), {"path": json.dumps(["华北"])}
    )
    assert north.status_code == 404


def test_a_download_reaches_as_far_as_its_own_grant(as_user, cast, plans):
    """Reading everywhere by one role and downloading 华东 by another is no download of all."""
    reader = cast.roles["director"]
    reader.permissions = ["plans.read"]
    reader.save()
    Grant.objects.create(user=cast.li, role=reader, valid_from=BEGIN)
    client, plan = as_user("li"), plans["booked"]
    assert seats(client, plan) == {"E1", "E2", "N1"}
    assert status(client, "plan_export", plan) == 200
    answer = client.get(reverse("plan_leaves", args=[plan.pk, "csv"]))
    assert "N1" not in b"".join(answer.streaming_content).decode()
    page = client.get(reverse("plan", args=[plan.pk]))
    assert page.context["sight"].is_whole
    assert not page.context["export"].is_whole
    narrow(cast.li, "margin")
    Grant.objects.filter(role=reader).update(measures=[])
    assert status(client, "plan_export", plan) == 404
    assert "下载" not in client.get(reverse("plan", args=[plan.pk])).content.decode()


def test_a_program_is_told_of_the_same_plans(cast, plans, program):
    narrow(cast.zhang, "margin")
    client = program("zhang")
    listed = client.get("/api/v1/plans").json()
    assert [(one["name"], one["measure"]) for one in listed["items"]] == [("毛利方案", "margin")]
    assert listed["total"] == 1
    for tail in ("", "/nodes"):
        assert client.get(f"/api/v1/plans/{plans['booked'].pk}{tail}").status_code == 404
        assert client.get(f"/api/v1/plans/{plans['margin'].pk}{tail}").status_code == 200


def test_a_narrowed_grant_shows_at_the_next_request(as_user, cast, plans):
    client = as_user("sun")
    assert status(client, "plan", plans["booked"]) == 200
    narrow(cast.sun, "margin")
    assert status(client, "plan", plans["booked"]) == 404
    narrow(cast.sun)
    assert status(client, "plan", plans["booked"]) == 200


def test_the_page_says_what_its_figures_are(as_user, plans):
    page = as_user("ops").get(reverse("plan", args=[plans["margin"].pk])).content.decode()
    assert "毛利</span>" in page


def test_one_makes_plans_of_ones_own_measures_only(as_user, cast, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    narrow(cast.ops, "margin")
    client = as_user("ops")
    with orders_file(tmp_path).open("rb") as file:
        form = client.post(reverse("plan_new"), {"file": file}).url
    offered = client.get(form).context["form"].fields["measure"].choices
    assert [code for code, _word in offered] == ["margin"]
    told = {"name": "x", "total": "1000000", "year": "2027", "unit": "1", "time": "month"}
    told |= {"season": "equal", "basis_years": "3", "fiscal_start": "1", "recency": "0.5"}
    told |= {"cutoff_day": "0", "by": "大区>岗位", "measure": "booked"}
    assert client.post(form, told).status_code == 422


def test_whatever_the_measure_is_the_widest_reach(cast):
    narrow(cast.li, "booked")
    assert all(
        scope_of(cast.li, "plans.read", measure=one).is_empty == (one != "booked")
        for one in MEASURES
    )
    assert not scope_of(cast.li, "plans.read").is_empty
    assert scope_of(cast.li, "plans.read", date(2020, 1, 1)).is_empty
