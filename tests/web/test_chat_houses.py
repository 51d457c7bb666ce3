"""Signing in by 飞书 and 钉钉, from our page to theirs and back, against servers that speak so."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from quotaloom.web.accounts.houses import moved, reason
from quotaloom.web.accounts.models import User
from quotaloom.web.accounts.providers import providers
from quotaloom.web.audit.models import AuditRow
from tests.support.chat_houses import APP, SECRET, DingTalk, Feishu
from tests.support.house_server import serving

pytestmark = [pytest.mark.django_db, pytest.mark.store]
WHO = {
    "feishu": {"open_id": "ou_1", "union_id": "on_1", "user_id": "li", "name": "李经理"},
    "dingtalk": {"openId": "x1", "unionId": "li", "nick": "李经理", "mobile": "150"},
}
KINDS = {"feishu": Feishu, "dingtalk": DingTalk}
WORDS = {"feishu": "20003 invalid code", "dingtalk": "invalidAuthCode 不合法的临时授权码"}
WRONG = {"feishu": "10014 app secret invalid", "dingtalk": "invalidClientSecret"}


@pytest.fixture(params=KINDS)
def name(request):
    return request.param


def configured(settings, name, url, **more):
    told = {"CLIENT": APP, "SECRET": SECRET, "URL": url, **more}
    env = {f"{name.upper()}_{key}": value for key, value in told.items()}
    settings.SOCIALACCOUNT_PROVIDERS = providers(
        lambda key, default="": env.get(key, default), lambda key: env.get(key, ""), []
    )


@pytest.fixture
def house(name, settings, cast):  # noqa: ARG001 - the accounts
    """The house, with 李经理 agreeing."""
    one = KINDS[name](dict(WHO[name]))
    with serving(one.answer) as url:
        one.url = url
        configured(settings, name, url)
        yield one


def goal_of(client, name):
    """Where our page that says "taking you there" leads."""
    page = client.post(reverse(f"{name}_login")).content.decode()
    return html.unescape(re.search(r'content="0;url=([^"]+)"', page)[1])


def back(client, address, **changed):
    """Come back as the house sends us, with some words changed."""
    at = urlsplit(address)
    words = dict(parse_qsl(at.query)) | changed
    return client.get(f"{at.path}?{urlencode(words)}")


def through(client, name, house):
    return back(client, house.agreed(goal_of(client, name)))


def test_it_signs_in_the_account_that_the_claim_names(name, house):
    client = Client()
    assert through(client, name, house).url == reverse("home")
    assert client.get(reverse("plan_list")).context["user"].username == "li"
    assert SocialAccount.objects.get().provider == name
    actions = list(AuditRow.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["account.sso_linked", "account.sign_in"]
    assert len(house.asked) == len(house.answers)


def test_it_finds_the_tied_account_again(name, house):
    through(Client(), name, house)
    house.who |= {"user_id": "zhang", "unionId": "zhang"}
    client = Client()
    through(client, name, house)
    assert client.get(reverse("plan_list")).context["user"].username == "li"


@pytest.mark.parametrize("claim", ["nobody", "", None])
def test_it_makes_no_account(name, house, settings, claim):
    settings.CONTACT = "IT 服务台 8000"
    house.who |= {"user_id": claim, "unionId": claim}
    before = User.objects.count()
    answer = through(Client(), name, house)
    assert answer.status_code == 403
    assert "还没有账号" in answer.content.decode()
    assert "IT 服务台 8000" in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("state", ["forged", ""])
def test_it_takes_no_answer_of_another_state(name, house, state):
    client = Client()
    address = house.agreed(goal_of(client, name))
    assert back(client, address, state=state).status_code == 401
    assert client.get(reverse("plan_list")).status_code == 302
    assert house.asked == []


def test_it_takes_no_answer_in_another_browser(name, house):
    address = house.agreed(goal_of(Client(), name))
    assert back(Client(), address).status_code == 401
    assert house.asked == []


def test_it_takes_an_answer_once(name, house):
    client = Client()
    address = house.agreed(goal_of(client, name))
    assert back(client, address).status_code == 302
    client.post(reverse("account_logout"))
    house.codes.add("a-code")
    assert back(client, address).status_code == 401


def test_it_tells_the_refusal_in_the_words_of_the_house_and_who_helps(name, house, settings):
    settings.CONTACT = "it@example.com"
    client = Client()
    address = house.agreed(goal_of(client, name))
    house.codes.clear()
    answer = back(client, address)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert WORDS[name] in page
    assert "it@example.com" in page
    assert house.url not in page
    assert AuditRow.objects.get().action == "account.sso_failed"


def test_it_tells_that_our_own_secret_is_wrong(name, house, settings):
    configured(settings, name, house.url, SECRET="wrong")  # noqa: S106
    page = through(Client(), name, house).content.decode()
    assert WRONG[name] in page
    assert SECRET not in page


def test_it_tells_that_one_broke_off(name, house):
    client = Client()
    address = house.agreed(goal_of(client, name))
    told = dict(parse_qsl(urlsplit(address).query))
    answer = client.get(
        f"{urlsplit(address).path}?{urlencode({'error': 'access_denied', 'state': told['state']})}"
    )
    assert answer.url == reverse("socialaccount_login_cancelled")


def test_it_tells_that_the_house_is_away(name, settings, cast):
    one = KINDS[name](dict(WHO[name]))
    configured(settings, name, "http://127.0.0.1:9")
    client = Client()
    answer = back(client, one.agreed(goal_of(client, name)))
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "无法连接" in page
    assert "127.0.0.1" not in page
    assert cast.li.is_active


def test_it_leads_to_where_the_house_stands(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"feishu": {"BASE_URL": "https://feishu.example.com/"}}
    public = "https://open.feishu.cn/open-apis/x"
    assert moved(public) == "https://feishu.example.com/open-apis/x"
    for other in ("https://open.feishu.cn.evil.example/x", "https://api.dingtalk.com/x"):
        assert moved(other) == other


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"code": 0, "msg": "ok"}, ""),
        ({"errcode": 0, "errmsg": "ok"}, ""),
        ({"access_token": "x"}, ""),
        ([1], ""),
        ({"code": 99, "msg": "no"}, "99 no"),
        ({"errcode": 40029, "errmsg": "invalid code"}, "40029 invalid code"),
        ({"error": "invalid_grant", "error_description": "expired"}, "invalid_grant expired"),
        ({"code": "x"}, "x"),
    ],
)
def test_it_reads_a_refusal(told, said):
    assert reason(told) == said
