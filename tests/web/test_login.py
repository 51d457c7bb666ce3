"""Signing in: who gets in, who is told what, how long one waits, and what ends a session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotaloom.web.accounts.lockout import MOST_A_NAME, MOST_AN_ADDRESS, trial_begin
from quotaloom.web.accounts.models import FailedSignIn, SignIn
from quotaloom.web.accounts.password_link import link_make
from quotaloom.web.audit.models import AuditRow

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def sign_in(name, password, client=None, **more):
    client = client or Client()
    return client, client.post(
        reverse("account_login"), {"login": name, "password": password}, **more
    )


def said(answer):
    """The errors of the form."""
    return [str(error) for error in answer.context["form"].non_field_errors()]


@pytest.mark.usefixtures("cast")
def test_it_lets_in_with_the_right_password():
    client, answer = sign_in("li", "li-secret-2027")
    assert answer.status_code == 302
    assert client.get(reverse("plan_list")).status_code == 200


@pytest.mark.usefixtures("cast")
def test_it_says_the_same_of_an_unknown_account_and_a_wrong_password():
    _, wrong = sign_in("li", "guess")
    _, unknown = sign_in("nobody", "guess")
    assert said(wrong) == said(unknown) == ["账号或密码不正确。"]


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("name", ["li", "nobody"])
def test_it_locks_a_name_after_wrong_passwords_and_says_how_long(name):
    for _ in range(MOST_A_NAME):
        assert said(sign_in(name, "guess")[1]) == ["账号或密码不正确。"]
    assert said(sign_in(name, f"{name}-secret-2027")[1]) == ["错误次数过多，请等待 15 分钟后再试。"]
    assert sign_in("zhao", "zhao-secret-2027")[1].status_code == 302


@pytest.mark.usefixtures("cast")
def test_it_does_not_prolong_the_lock_by_trying_on():
    for _ in range(MOST_A_NAME + 30):
        sign_in("li", "guess")
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in("li", "li-secret-2027")[1].status_code == 302


@pytest.mark.usefixtures("cast")
def test_it_counts_fewer_minutes_as_time_passes():
    for _ in range(MOST_A_NAME):
        sign_in("li", "guess")
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=11, seconds=30))
    assert "4 分钟" in said(sign_in("li", "guess")[1])[0]


@pytest.mark.usefixtures("cast")
def test_it_forgets_failures_when_the_password_is_right():
    for _ in range(MOST_A_NAME - 1):
        sign_in("li", "guess")
    sign_in("li", "li-secret-2027")
    for _ in range(MOST_A_NAME):
        assert said(sign_in("li", "guess")[1]) == ["账号或密码不正确。"]


def test_it_locks_an_address_that_tries_many_names():
    waits = [trial_begin(f"name {n}", "192.0.2.1").minutes for n in range(MOST_AN_ADDRESS + 1)]
    assert waits == [0] * MOST_AN_ADDRESS + [15]
    assert trial_begin("name 1", "192.0.2.2").minutes == 0


@pytest.mark.usefixtures("cast")
def test_it_keeps_no_name_that_was_typed():
    sign_in("my-password-by-mistake", "guess")
    row = FailedSignIn.objects.get()
    assert "mistake" not in row.key
    assert not AuditRow.objects.filter(params__contains="mistake").exists()


@pytest.mark.usefixtures("cast")
def test_it_says_when_and_from_where_the_last_sign_in_was():
    sign_in("li", "li-secret-2027", REMOTE_ADDR="198.51.100.7")
    SignIn.objects.update(at="2026-11-20T10:05:00+00:00")
    client, _ = sign_in("li", "li-secret-2027", REMOTE_ADDR="203.0.113.9")
    page = client.get(reverse("plan_list")).content.decode()
    assert "您上次登录：2026-11-20 18:05，来自 198.51.100.7。" in page


@pytest.mark.usefixtures("cast")
def test_it_gives_a_new_session_at_sign_in():
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in("li", "li-secret-2027", client)
    assert client.session.session_key != before


def test_it_ends_a_deactivated_account_on_the_next_request(cast):
    client, _ = sign_in("li", "li-secret-2027")
    assert client.get(reverse("plan_list")).status_code == 200
    cast.li.is_active = False
    cast.li.save()
    assert client.get(reverse("plan_list")).status_code == 302
    assert sign_in("li", "li-secret-2027")[1].url == reverse("account_inactive")


def test_it_ends_a_removed_grant_on_the_next_request(cast):
    client, _ = sign_in("li", "li-secret-2027")
    cast.li.grants.all().delete()
    assert client.get(reverse("plan_list")).status_code == 403


def test_it_ends_the_other_sessions_when_the_password_changes(cast):
    here, _ = sign_in("li", "li-secret-2027")
    there, _ = sign_in("li", "li-secret-2027")
    new = {"password1": "quiet-harbour-41", "password2": "quiet-harbour-41"}
    answer = here.post(reverse("account_change_password"), {"oldpassword": "li-secret-2027", **new})
    assert answer.status_code == 302
    assert here.get(reverse("plan_list")).status_code == 200
    assert there.get(reverse("plan_list")).status_code == 302
    assert AuditRow.objects.filter(action="account.password_changed").exists()
    cast.li.refresh_from_db()
    assert cast.li.check_password("quiet-harbour-41")


@pytest.mark.usefixtures("cast")
def test_it_signs_out_by_post_only(as_user):
    client = as_user("li")
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("plan_list")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("plan_list")).status_code == 302


@pytest.mark.usefixtures("cast")
def test_it_leads_nowhere_else_after_sign_in():
    client = Client()
    told = {"login": "li", "password": "li-secret-2027", "next": "https://evil.example/"}
    assert client.post(reverse("account_login"), told).url == reverse("home")


# One-time links


def test_it_sets_a_password_by_a_link_once(cast):
    where = reverse("choose_password", args=[link_make(user=cast.li)])
    chosen = {"new_password1": "quiet-harbour-41", "new_password2": "quiet-harbour-41"}
    assert Client().get(where).status_code == 200
    assert Client().post(where, chosen).url == reverse("account_login")
    assert sign_in("li", "quiet-harbour-41")[1].status_code == 302
    assert Client().get(where).status_code == 404
    assert Client().post(where, chosen).status_code == 404


def test_it_refuses_a_weak_password_and_keeps_the_link(cast):
    where = reverse("choose_password", args=[link_make(user=cast.li)])
    weak = {"new_password1": "12345678", "new_password2": "12345678"}
    assert Client().post(where, weak).status_code == 200
    assert Client().get(where).status_code == 200


def test_it_voids_a_link_when_a_new_one_is_made(cast):
    old = link_make(user=cast.li)
    link_make(user=cast.li)
    assert Client().get(reverse("choose_password", args=[old])).status_code == 404


@pytest.mark.parametrize("change", ["late", "closed", "sso"])
def test_it_does_not_open_a_link_that_is_late_or_of_a_closed_or_sso_account(cast, change):
    where = reverse("choose_password", args=[link_make(user=cast.li)])
    if change == "late":
        cast.li.links.update(expires_at=timezone.now())
    cast.li.is_active = change != "closed"
    cast.li.sso_only = change == "sso"
    cast.li.save()
    assert Client().get(where).status_code == 404


def test_it_takes_no_password_from_an_account_that_signs_in_elsewhere(cast, as_user):
    cast.li.sso_only = True
    cast.li.save()
    assert said(sign_in("li", "li-secret-2027")[1]) == ["账号或密码不正确。"]
    assert as_user("li").get(reverse("account_change_password")).status_code == 404


# The demo's cards


@pytest.mark.usefixtures("cast")
def test_it_signs_in_by_a_card_in_the_demo_only(settings):
    client = Client()
    assert client.post(reverse("demo_sign_in"), {"account": "zhang"}).status_code == 404
    assert "role-card" not in client.get(reverse("account_login")).content.decode()
    settings.DEMO = True
    page = client.get(reverse("account_login")).content.decode()
    for role in ("总监", "大区经理", "客户经理", "销售运营", "财务", "安全管理员", "审计管理员"):
        assert f"<strong>{role}</strong>" in page
    assert client.get(reverse("demo_sign_in")).status_code == 405
    assert client.post(reverse("demo_sign_in"), {"account": "zhang"}).url == reverse("home")
    assert client.get(reverse("plan_list")).context["user"].username == "zhang"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("account", ["stranger", "nobody", ""])
def test_it_signs_nobody_in_who_has_no_card(settings, account):
    settings.DEMO = True
    assert Client().post(reverse("demo_sign_in"), {"account": account}).status_code == 404


@pytest.mark.usefixtures("cast")
def test_it_shows_its_version_and_both_languages():
    client = Client()
    assert "织标 0." in client.get(reverse("account_login")).content.decode()
    client.cookies["django_language"] = "en"
    page = client.get(reverse("account_login")).content.decode()
    assert "The account" not in page
    assert "Data stay on this server" in page


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("goal", ["http://127.0.0.1/", "//localhost/x", "http://testserver:81/"])
def test_it_leads_to_no_other_host_though_that_host_is_ours(goal):
    told = {"login": "li", "password": "li-secret-2027", "next": goal}
    assert Client().post(reverse("account_login"), told).url == reverse("home")
