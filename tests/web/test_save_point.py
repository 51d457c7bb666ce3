"""Save points: a position of a plan gets a name, is listed, compared, copied, and forgotten."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quotaloom.planfile.chain import verify_store
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.versions.models import SavePoint
from tests.support.versions import EAST, NORTH, figure, typed

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def save(client, plan, name="会前"):
    return client.post(reverse("save_point", args=[plan.pk]), {"name": name})


def listed(client, plan):
    """The save points of the list: name, position, total."""
    found = client.get(reverse("versions", args=[plan.pk])).context["listed"]
    points = [one for one in found if one.kind == "point"]
    return [(one.name, one.version.position, one.version.total) for one in points]


def test_a_state_gets_a_name_and_stays_as_it_was(as_user, plan):
    client = as_user("zhang")
    assert "第 0 次编辑" in save(client, plan, "刚分解").json()["said"]
    before = figure(client, plan, EAST)
    typed(client, plan, "+10%", EAST)
    assert "第 1 次编辑" in save(client, plan).json()["said"]
    total = plan.total + figure(client, plan, EAST) - before
    typed(client, plan, "+10%", NORTH)
    assert listed(client, plan) == [("会前", 1, total), ("刚分解", 0, plan.total)]
    assert AuditRow.objects.filter(action="plan.save_point").count() == 2
    assert JournalRecord.objects.count() == 2
    assert verify_store(DatabaseStore(plan.pk)).position == 2


def test_it_is_compared_with_the_plan_as_it_is_now(as_user, plan):
    client = as_user("zhang")
    save(client, plan)
    typed(client, plan, "+10%", EAST)
    asked = {"v": [f"{plan.pk}:0", str(plan.pk)]}
    told = client.get(reverse("compare", args=[plan.pk]), asked)
    assert told.status_code == 200
    now = plan.total + figure(client, plan, EAST) // 11
    assert f"{now / 10**6:,.0f}" in told.content.decode()


def test_who_sees_a_part_sees_her_own_only(as_user, plan):
    """A name may tell of branches, and the number of an edit that there were others."""
    zhang, li, sun = (as_user(name) for name in ("zhang", "li", "sun"))
    typed(zhang, plan, "+10%", NORTH)
    save(zhang, plan, "北京裁撤前")
    assert "第 0 次编辑" in save(li, plan, "我的").json()["said"]
    assert [name for name, *_more in listed(li, plan)] == ["我的"]
    assert [name for name, *_more in listed(sun, plan)] == ["我的", "北京裁撤前"]


def test_who_may_save_and_take_away(as_user, plan):
    zhang = as_user("zhang")
    assert save(zhang, plan, " ").json()["findings"]
    assert save(zhang, plan, "x" * 121).json()["findings"]
    for name, status in (("sun", {403, 404}), ("wang", {403, 404}), ("system", {403})):
        assert save(as_user(name), plan).status_code in status
    assert not SavePoint.objects.exists()
    save(zhang, plan)
    gone = reverse("point_gone", args=[plan.pk, SavePoint.objects.get().pk])
    assert as_user("li").post(gone).status_code == 404
    assert zhang.post(gone).status_code == 302
    assert not SavePoint.objects.exists()
    assert AuditRow.objects.filter(action="plan.remove_point").count() == 1
