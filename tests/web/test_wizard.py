"""First run: the printed token makes three administrators once; five steps that can wait."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.web.accounts.company import Conventions, company, conventions
from quotaloom.web.accounts.models import User
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.org.access_sample import sample_lines
from quotaloom.web.org.access_setup import STEPS, setup_token
from quotaloom.web.org.models import Grant, Member, Role
from quotaloom.web.org.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TOLD = {
    "system": "system",
    "password1": "quiet-harbour-41",
    "password2": "quiet-harbour-41",
    "security": "security",
    "audit": "audit",
}


def set_up(client=None, **more):
    client = client or Client()
    told = {**TOLD, **more}
    if "token" not in told:
        told["token"] = setup_token()
    return client.post(reverse("setup"), told)


def test_it_asks_for_set_up_while_nobody_has_an_account():
    assert reverse("setup") in Client().get(reverse("account_login")).content.decode()
    assert Client().get(reverse("setup")).status_code == 200


def test_it_makes_three_administrators_of_three_kinds():
    client = Client()
    page = set_up(client)
    held = {grant.user.username: grant.role.code for grant in Grant.objects.all()}
    assert held == {"system": "system_admin", "security": "security_admin", "audit": "audit_admin"}
    assert set(Role.objects.values_list("code", flat=True)) == set(ROLES)
    assert client.get(reverse("wizard")).status_code == 302
    chosen = {"new_password1": "calm-bridge-77", "new_password2": "calm-bridge-77"}
    for name, link in page.context["links"]:
        assert Client().post(link, chosen).status_code == 302
        assert User.objects.get(username=name).check_password("calm-bridge-77")
    assert AuditRow.objects.first().action == "setup.admins"


def test_it_closes_itself_for_a_hundred_tries():
    token = setup_token()
    set_up(token=token)
    for _ in range(50):
        assert Client().get(reverse("setup")).status_code == 404
        assert set_up(token=token, system="mallory").status_code == 404
    assert User.objects.count() == 3
    assert reverse("setup") not in Client().get(reverse("account_login")).content.decode()


def test_it_is_closed_in_a_house_with_accounts(cast):
    assert Client().get(reverse("setup")).status_code == 404
    assert set_up(token=setup_token()).status_code == 404
    assert User.objects.count() == len(cast.users)


@pytest.mark.parametrize("token", ["", "guess", "x" * 5000])
def test_it_takes_no_token_but_the_printed_one(token):
    setup_token()
    assert set_up(token=token).status_code == 422
    assert not User.objects.exists()


def test_it_takes_the_token_that_was_printed_last():
    old = setup_token()
    new = setup_token()
    assert set_up(token=old).status_code == 422
    assert set_up(token=new).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"password2": "other"},
        {"password1": "12345678", "password2": "12345678"},
        {"security": "System"},
        {"audit": "system"},
        {"security": ""},
    ],
)
def test_it_makes_nobody_where_something_is_wrong(wrong):
    assert set_up(**wrong).status_code == 422
    assert not User.objects.exists()


def test_the_verb_prints_a_token_while_set_up_is_open():
    out = StringIO()
    call_command("setup_token", stdout=out)
    assert set_up(token=out.getvalue().strip()).status_code == 200
    out = StringIO()
    call_command("setup_token", stdout=out)
    assert out.getvalue() == ""


# The five steps


@pytest.fixture
def system(as_user):
    """A client of the system administrator."""
    return as_user("system")


def step(client, name, /, **told):
    return client.post(reverse("wizard_step", args=[name]), told)


def test_it_begins_with_the_company_and_goes_on(system):
    assert system.get(reverse("home")).url == reverse("wizard")
    assert system.get(reverse("wizard")).url == reverse("wizard_step", args=["company"])
    assert step(system, "company", name="织标科技").url == reverse("wizard_step", args=["year"])
    assert company().name == "织标科技"


def test_it_resumes_where_one_left(system):
    step(system, "company", name="织标科技")
    system.post(reverse("wizard_skip", args=["year"]))
    assert system.get(reverse("wizard")).url == reverse("wizard_step", args=["organisation"])
    assert company().steps_done == ["company", "year"]


def test_it_may_all_be_skipped(system):
    for name in STEPS:
        assert system.get(reverse("wizard_step", args=[name])).status_code == 200
        system.post(reverse("wizard_skip", args=[name]))
    assert company().finished_at is not None
    assert not company().name


def test_it_cuts_the_fiscal_year(system):
    step(system, "year", start_month=4, cutoff_day=25, pattern="")
    page = system.get(reverse("wizard_step", args=["year"])).content.decode()
    assert (company().start_month, company().cutoff_day) == (4, 25)
    assert "-03-26" in page


def test_other_pages_read_what_it_was_told(system):
    assert conventions() == Conventions(FiscalCalendar(), "wan")
    step(system, "year", start_month=2, cutoff_day=0, pattern="4-5-4")
    step(system, "unit", unit="yi")
    assert conventions() == Conventions(FiscalCalendar(start_month=2, pattern="4-5-4"), "yi")


@pytest.mark.parametrize(
    "wrong", [{"start_month": 13}, {"cutoff_day": 31}, {"cutoff_day": -1}, {"pattern": "3-3-3"}]
)
def test_it_refuses_a_fiscal_year_that_is_none(system, wrong):
    told = {"start_month": 1, "cutoff_day": 0, "pattern": "", **wrong}
    assert step(system, "year", **told).status_code == 200
    assert company().start_month == 1


@pytest.mark.usefixtures("cast")
def test_it_leaves_an_organisation_that_is_there(system):
    before = Member.objects.count()
    assert "HQ" in system.get(reverse("wizard_step", args=["organisation"])).content.decode()
    step(system, "organisation", name="另一家", code="OTHER")
    assert Member.objects.count() == before


def test_it_opens_the_top_unit():
    client = Client()
    set_up(client)
    step(client, "organisation", name="织标集团", code="HQ")
    member = Member.objects.get()
    assert (member.code, member.details.get().name) == ("HQ", "织标集团")


@pytest.mark.parametrize(("unit", "word"), [("yuan", "元"), ("yi", "亿元")])
def test_pages_open_in_the_company_s_unit(system, as_user, unit, word):
    step(system, "unit", unit=unit)
    assert as_user("zhang").get(reverse("plan_list")).context["unit_word"] == word


def test_it_knows_no_other_step(system):
    assert system.get(reverse("wizard_step", args=["nothing"])).status_code == 404
    assert system.post(reverse("wizard_skip", args=["nothing"])).status_code == 404


def test_it_gives_a_sample_of_orders(system):
    answer = system.get(reverse("sample"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 1 + 2 * 12 * 4 * 3
    assert list(sample_lines(2026)) == list(sample_lines(2026))


@pytest.mark.parametrize("name", ["zhang", "ops", "security", "audit", "stranger"])
def test_it_is_shut_for_everybody_else(as_user, name):
    assert as_user(name).get(reverse("wizard")).status_code == 403
    assert step(as_user(name), "company", name="x").status_code == 403
