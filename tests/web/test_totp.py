"""The second factor: switched on, asked for at sign-in, locked after wrong codes, recovered."""

from __future__ import annotations

import re

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from quotaloom.web.accounts.lockout import MOST_A_NAME
from quotaloom.web.audit.models import AuditRow

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def entered(name="li"):
    client = Client()
    told = {"login": name, "password": f"{name}-secret-2027"}
    return client, client.post(reverse("account_login"), told)


@pytest.fixture
def secret(cast, django_capture_on_commit_callbacks):  # noqa: ARG001 - the accounts
    """The secret of 李经理's app, just switched on."""
    cache.clear()
    client, _ = entered()
    first = client.get(reverse("mfa_activate_totp"))
    assert first.url.startswith(reverse("account_reauthenticate"))
    assert client.post(first.url, {"password": "guess"}).status_code == 200
    assert client.post(first.url, {"password": "li-secret-2027"}).status_code == 302
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    told = {"code": pyotp.TOTP(secret).now()}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), told)
    assert answer.url == reverse("mfa_view_recovery_codes")
    cache.clear()  # a code is taken once; the next test step is within the same half minute
    return secret


def code(client, text):
    return client.post(reverse("mfa_authenticate"), {"code": text})


def test_it_asks_for_a_code_after_the_password(secret):
    client, answer = entered()
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("plan_list")).status_code == 302
    assert "第二步验证" in client.get(reverse("mfa_authenticate")).content.decode()
    assert code(client, pyotp.TOTP(secret).now()).status_code == 302
    assert client.get(reverse("plan_list")).status_code == 200


def test_it_takes_a_code_once(secret):
    text = pyotp.TOTP(secret).now()
    first, _ = entered()
    assert code(first, text).status_code == 302
    second, _ = entered()
    assert code(second, text).status_code == 200


def test_it_locks_after_wrong_codes_even_for_the_right_one(secret):
    client, _ = entered()
    for _ in range(MOST_A_NAME):
        assert "验证码不正确或已过期" in code(client, "000000").content.decode()
    assert "请等待 15 分钟" in code(client, pyotp.TOTP(secret).now()).content.decode()
    assert AuditRow.objects.filter(action="account.code_failed").count() == MOST_A_NAME
    assert AuditRow.objects.filter(action="account.locked_out").exists()


@pytest.mark.usefixtures("secret")
def test_a_recovery_code_works_once():
    client, _ = entered()
    text = recovery_codes()[0]
    assert code(client, text).status_code == 302
    again, _ = entered()
    assert code(again, text).status_code == 200


@pytest.mark.usefixtures("secret")
def test_it_hides_the_codes_from_a_session_that_is_not_fresh():
    client, _ = entered()
    code(client, recovery_codes()[0])
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert not re.search(r"<li>[0-9a-f]{8}</li>", page.content.decode())
    away = client.post(reverse("mfa_deactivate_totp"))
    assert away.url.startswith(reverse("account_reauthenticate"))


def test_it_switches_off(secret):
    client, _ = entered()
    code(client, pyotp.TOTP(secret).now())
    first = client.get(reverse("mfa_deactivate_totp"))
    client.post(first.url, {"password": "li-secret-2027"})
    assert "停用" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    _, answer = entered()
    assert answer.url == reverse("home")
    actions = AuditRow.objects.values_list("action", flat=True)
    assert {"account.factor_added", "account.factor_removed"} <= set(actions)


def recovery_codes():
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    return kept.wrap().get_unused_codes()
