"""Signing in through another house: a real OpenID Connect provider, and 企业微信's protocol."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from quotaloom.web.accounts.models import User
from quotaloom.web.accounts.providers import providers
from quotaloom.web.audit.models import AuditRow
from tests.support import oidc, wecom

pytestmark = [pytest.mark.django_db, pytest.mark.store]
LI = {"sub": "f81d4fae", "preferred_username": "li", "email": "li@example.com"}
ENTER = reverse("openid_connect_login", args=["company"])
BACK = "http://testserver" + reverse("openid_connect_callback", args=["company"])


def configured(settings, told, houses=()):
    settings.SOCIALACCOUNT_PROVIDERS = providers(
        lambda name, default="": told.get(name, default), lambda name: told.get(name, ""), houses
    )


def told_of(house, **more):
    return {
        "OIDC_COMPANY_URL": house.url,
        "OIDC_COMPANY_NAME": "集团统一登录",
        "OIDC_COMPANY_CLIENT": oidc.CLIENT,
        "OIDC_COMPANY_SECRET": oidc.SECRET,
        **more,
    }


@pytest.fixture
def house(monkeypatch, settings, cast):  # noqa: ARG001 - the accounts
    """The provider, with 李经理 before it."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with oidc.oidc_house(BACK, LI) as running:
        configured(settings, told_of(running), ["company"])
        yield running


def goal_of(answer):
    """Where the page that says "taking you there" leads."""
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    return html.unescape(found[1])


def through(client):
    """Leave, sign in there, come back; answers what we say then."""
    goal = goal_of(client.post(ENTER))
    there = requests.get(goal, allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_it_offers_the_house_by_its_name(house):
    page = Client().get(reverse("account_login")).content.decode()
    assert "集团统一登录" in page
    assert ENTER in page
    assert house.url not in page


@pytest.mark.usefixtures("house")
def test_it_signs_in_the_account_that_the_claim_names():
    client = Client()
    assert through(client).url == reverse("home")
    assert client.get(reverse("plan_list")).context["user"].username == "li"
    assert SocialAccount.objects.get().user.username == "li"
    actions = list(AuditRow.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["account.sso_linked", "account.sign_in"]


def test_it_knows_the_account_again_though_the_claim_changed(house):
    through(Client())
    house.who = {**LI, "preferred_username": "zhang"}
    client = Client()
    through(client)
    assert client.get(reverse("plan_list")).context["user"].username == "li"


@pytest.mark.parametrize("claim", ["nobody", "", None])
def test_it_makes_no_account_for_somebody_unknown(house, claim):
    house.who = {**LI, "preferred_username": claim}
    before = User.objects.count()
    client = Client()
    answer = through(client)
    assert answer.status_code == 403
    assert "还没有账号" in answer.content.decode()
    assert User.objects.count() == before
    assert client.get(reverse("plan_list")).status_code == 302
    assert AuditRow.objects.get().action == "account.sso_unknown"


def test_it_opens_no_closed_account(house, cast):
    cast.li.is_active = False
    cast.li.save()
    assert through(Client()).status_code == 403
    cast.li.is_active = True
    cast.li.save()
    through(Client())
    cast.li.is_active = False
    cast.li.save()
    assert through(Client()).url == reverse("account_inactive")
    assert house.who is LI


@pytest.mark.parametrize(("verified", "opens"), [(True, True), (False, False)])
def test_it_ties_by_an_email_only_where_it_is_verified(house, settings, cast, verified, opens):
    more = {"OIDC_COMPANY_CLAIM": "email", "OIDC_COMPANY_FIELD": "email"}
    configured(settings, told_of(house, **more), ["company"])
    cast.li.email = "li@example.com"
    cast.li.save()
    house.who = {**LI, "preferred_username": "x", "email_verified": verified}
    assert (through(Client()).status_code == 302) is opens


def test_it_ties_nothing_where_two_accounts_fit(house, settings, cast):
    more = {"OIDC_COMPANY_CLAIM": "email", "OIDC_COMPANY_FIELD": "email"}
    configured(settings, told_of(house, **more), ["company"])
    User.objects.filter(pk__in=[cast.li.pk, cast.wang.pk]).update(email="li@example.com")
    house.who = {**LI, "email_verified": True}
    assert through(Client()).status_code == 403


def test_it_says_that_one_cancelled(house):
    house.who = None
    assert through(Client()).url == reverse("socialaccount_login_cancelled")


@pytest.mark.usefixtures("house")
def test_it_takes_no_answer_that_it_did_not_ask_for():
    answer = Client().get(f"{urlsplit(BACK).path}?code=stolen&state=forged")
    assert answer.status_code == 401
    client = Client()
    client.post(ENTER)
    assert client.get(f"{urlsplit(BACK).path}?code=stolen&state=forged").status_code == 401
    assert client.get(reverse("plan_list")).status_code == 302


@pytest.mark.usefixtures("house")
def test_it_takes_an_answer_once():
    client = Client()
    goal = goal_of(client.post(ENTER))
    there = requests.get(goal, allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    client.get(f"{back.path}?{back.query}")
    client.post(reverse("account_logout"))
    assert client.get(f"{back.path}?{back.query}").status_code == 401


@pytest.mark.usefixtures("house")
def test_nobody_ties_a_login_to_her_account_by_hand(as_user):
    client = as_user("zhao")
    goal = goal_of(client.post(f"{ENTER}?process=connect"))
    there = requests.get(goal, allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    assert client.get(f"{back.path}?{back.query}").status_code == 401
    assert not SocialAccount.objects.exists()


def test_it_shows_why_the_house_failed(house, settings):
    configured(settings, told_of(house, OIDC_COMPANY_SECRET="wrong"), ["company"])  # noqa: S106
    answer = through(Client())
    assert answer.status_code == 401
    assert "集团统一登录 没有让您登录" in answer.content.decode()
    assert AuditRow.objects.get().action == "account.sso_failed"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("name", ["feishu", "dingtalk", "wecom"])
def test_a_house_that_is_not_configured_is_not_there(name):
    assert Client().post(reverse(f"{name}_login")).status_code == 404
    assert Client().get(reverse(f"{name}_callback")).status_code == 404


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("feishu", "https://open.feishu.cn/open-apis/authen/v1/index"),
        ("dingtalk", "https://login.dingtalk.com/oauth2/auth"),
    ],
)
def test_it_leads_to_feishu_and_dingtalk(settings, name, page):
    told = {f"{name.upper()}_CLIENT": "app-id", f"{name.upper()}_SECRET": "secret"}
    configured(settings, told)
    goal = goal_of(Client().post(reverse(f"{name}_login")))
    assert goal.startswith(page)
    assert "app-id" in goal
    assert "secret" not in goal


# 企业微信


@pytest.fixture
def office(settings, cast):  # noqa: ARG001 - the accounts
    """企业微信, with 李经理 scanning."""
    with wecom.wecom_house({"userid": "li", "user_ticket": "x"}) as running:
        configured(
            settings,
            {
                "WECOM_CLIENT": wecom.CORP,
                "WECOM_SECRET": wecom.SECRET,
                "WECOM_AGENT": wecom.AGENT,
                "WECOM_URL": running.url,
            },
        )
        yield running


def scan(client, office):
    back = urlsplit(office.scanned(goal_of(client.post(reverse("wecom_login")))))
    return client.get(f"{back.path}?{back.query}")


def test_it_signs_in_by_wecom(office):
    assert "企业微信" in Client().get(reverse("account_login")).content.decode()
    client = Client()
    assert scan(client, office).url == reverse("home")
    assert client.get(reverse("plan_list")).context["user"].username == "li"


def test_it_lets_no_outsider_in_by_wecom(office):
    office.member = {"openid": "outsider"}
    answer = scan(Client(), office)
    assert answer.status_code == 401
    assert "not a member of the company" in answer.content.decode()


def test_it_says_what_wecom_refused(office, settings):
    client = Client()
    goal = goal_of(client.post(reverse("wecom_login")))
    back = urlsplit(office.scanned(goal))
    office.codes.clear()
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 401
    assert "40029 invalid code" in answer.content.decode()
    assert settings.SOCIALACCOUNT_PROVIDERS["wecom"]["BASE_URL"] == office.url
