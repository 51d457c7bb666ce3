"""The demo company on the wizard's last step: put in by one click, cleared by another."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.org import demo_jobs
from quotaloom.web.org.access_setup import top_unit_create
from quotaloom.web.org.faults import faults
from quotaloom.web.org.models import (
    Axis,
    DemoCompany,
    Grant,
    Kind,
    Member,
    MemberDetail,
    Person,
    Placement,
    Role,
    Tree,
)
from quotaloom.web.org.register import book_of
from quotaloom.web.org.roles import ROLES
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import plan_folder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


@pytest.fixture
def system(client):
    """The system administrator of a house where nobody else is yet."""
    user = User.objects.create(username="system")
    zh, en, permissions = ROLES["system_admin"]
    named = {"name_zh": zh, "name_en": en, "permissions": list(permissions)}
    role = Role.objects.create(code="system_admin", **named)
    Grant.objects.create(user=user, role=role, valid_from=date(2024, 1, 1))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def asked(client, what):
    client.post(reverse(what))
    return Job.objects.first()


def step(client):
    return client.get(reverse("wizard_step", args=["sample"])).content.decode()


def house():
    """Everything that the company is made of."""
    books = {axis: book_of(axis) for axis in Axis}
    trees = set(Tree.objects.values_list("axis", "code"))
    return books, trees, set(Person.objects.values_list("pk", flat=True)), Plan.objects.count()


def test_one_click_puts_in_what_the_page_says_and_another_clears_it(system):
    before = house()
    shown = step(system)
    for words in ("4 个大区、21 个省区、63 个岗位", "85 人", "24 种产品、905 家客户", "2027"):
        assert words in shown
    job = asked(system, "demo_put_in")
    assert (job.state, job.result["url"]) == ("done", reverse("wizard_step", args=["sample"]))
    units = Member.objects.filter(axis="org", kind=Kind.UNIT)
    assert units.filter(code__startswith="SQ-").count() == 21
    assert units.count() == 1 + 4 + 21
    assert Member.objects.filter(kind=Kind.SEAT).count() == 63
    assert Person.objects.count() == 85
    assert Member.objects.filter(axis="product", kind=Kind.ITEM).count() == 24
    assert Member.objects.filter(axis="customer", kind=Kind.ITEM).count() == 905
    plan = Plan.objects.get()
    assert (plan.year, plan.job) == (2027, job.pk)
    assert User.objects.count() == 1
    assert all(faults(book_of(axis)) == [] for axis in Axis)
    assert reverse("demo_clear") in step(system)
    assert reverse("demo_put_in") not in step(system)

    assert asked(system, "demo_clear").state == "done"
    assert house() == before
    assert not plan_folder(plan.pk).exists()
    noted = AuditRow.objects.filter(action__startswith="sample.").values_list("action", flat=True)
    assert set(noted) == {"sample.put_in", "sample.clear"}
    assert reverse("demo_put_in") in step(system)
    assert asked(system, "demo_put_in").state == "done"


def test_the_top_unit_of_the_first_run_stands_above_and_comes_back_as_it_was(system):
    top_unit_create(actor=Actor(), code="ZB", name="织标集团")
    before = house()
    asked(system, "demo_put_in")
    placed = Placement.objects.get(member__code="EAST")
    assert placed.parent.code == "ZB"
    assert not Member.objects.filter(code="HQ").exists()
    assert faults(book_of(Axis.ORG)) == []
    assert asked(system, "demo_clear").state == "done"
    assert house() == before


@pytest.mark.parametrize("code", ["EAST", "SQ-江苏"])
def test_a_top_unit_of_a_code_that_is_needed_keeps_it_out(system, code):
    top_unit_create(actor=Actor(), code=code, name="织标集团")
    job = asked(system, "demo_put_in")
    assert [found["code"] for found in job.findings] == ["arrange.code_taken"]
    assert Member.objects.count() == 1


def test_it_stays_out_of_a_house_where_somebody_is(cast, as_user):
    client, before = as_user("system"), house()
    assert reverse("demo_put_in") not in step(client)
    job = asked(client, "demo_put_in")
    assert [found["code"] for found in job.findings] == ["demo.no_room"]
    assert house() == before
    assert cast.tree


def test_it_is_not_put_in_twice_and_adds_what_a_crash_left_out(system):
    job = asked(system, "demo_put_in")
    before = house()
    assert asked(system, "demo_put_in").state == "done"
    DemoCompany.objects.update(parts={})
    demo_jobs.put_in(job, lambda *_: None)
    assert house() == before
    Plan.objects.all().delete()
    DemoCompany.objects.update(parts={})
    demo_jobs.put_in(job, lambda *_: None)
    assert Plan.objects.count() == 1


def test_one_job_at_a_time_is_about_it(system):
    told = {"owner": User.objects.get(), "state": State.RUNNING}
    running = Job.objects.create(kind=demo_jobs.CLEAR, **told)
    for what in ("demo_put_in", "demo_clear"):
        assert asked(system, what) == running
    assert reverse("job", args=[running.pk]) in step(system)


def test_what_was_changed_since_is_named_and_nothing_is_cleared(system):
    asked(system, "demo_put_in")
    name = MemberDetail.objects.filter(member__code="EAST")
    name.update(name="大华东")
    job = asked(system, "demo_clear")
    assert {found["code"] for found in job.findings} == {"retract.name_changed"}
    assert Plan.objects.count() == 1
    assert DemoCompany.objects.get().cleared_at is None
    assert "大华东" in system.get(reverse("job", args=[job.pk])).content.decode()
    name.update(name="华东大区")
    Plan.objects.all().delete()  # a plan that is gone already is no fault
    assert asked(system, "demo_clear").state == "done"
    assert not Member.objects.exists()


@pytest.mark.parametrize("name", ["ops", "zhang", "security", "stranger"])
@pytest.mark.parametrize("what", ["demo_put_in", "demo_clear"])
def test_it_is_for_the_system_administrator_alone(as_user, name, what):
    assert as_user(name).post(reverse(what)).status_code == 403
    assert not Job.objects.exists()
