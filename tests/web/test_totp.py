"""The second factor: switched on, asked for at sign-in, locked after wrong codes, recovered."""

from __future__ import annotations

import json
import re
import time
from importlib import import_module
from types import SimpleNamespace

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from quotaloom.web.accounts.factors import unreadable
from quotaloom.web.accounts.lockout import MOST_A_NAME
from quotaloom.web.accounts.sealed import MARK, Unreadable, seal, unseal
from quotaloom.web.audit.models import AuditRow

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """The moment of a test: else a code may be over before it is looked at."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))
    return int(now)


def entered(name="li"):
    client = Client()
    told = {"login": name, "password": f"{name}-secret-2027"}
    return client, client.post(reverse("account_login"), told)


@pytest.fixture
def secret(cast, moment, django_capture_on_commit_callbacks):  # noqa: ARG001 - the accounts
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
    told = {"code": pyotp.TOTP(secret).at(moment)}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), told)
    assert answer.url == reverse("mfa_view_recovery_codes")
    cache.clear()  # a code is taken once; the next test step is within the same half minute
    return secret


def code(client, text):
    return client.post(reverse("mfa_authenticate"), {"code": text})


def test_it_asks_for_a_code_after_the_password(secret, moment):
    client, answer = entered()
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("plan_list")).status_code == 302
    assert "第二步验证" in client.get(reverse("mfa_authenticate")).content.decode()
    assert code(client, pyotp.TOTP(secret).at(moment)).status_code == 302
    assert client.get(reverse("plan_list")).status_code == 200


def test_it_takes_a_code_once(secret, moment):
    text = pyotp.TOTP(secret).at(moment)
    first, _ = entered()
    assert code(first, text).status_code == 302
    second, _ = entered()
    assert code(second, text).status_code == 200


def test_it_locks_after_wrong_codes_even_for_the_right_one(secret, moment):
    client, _ = entered()
    for _ in range(MOST_A_NAME):
        assert "验证码不正确或已过期" in code(client, "000000").content.decode()
    assert "请等待 15 分钟" in code(client, pyotp.TOTP(secret).at(moment)).content.decode()
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


def test_it_switches_off(secret, moment):
    client, _ = entered()
    code(client, pyotp.TOTP(secret).at(moment))
    first = client.get(reverse("mfa_deactivate_totp"))
    client.post(first.url, {"password": "li-secret-2027"})
    assert "停用" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    _, answer = entered()
    assert answer.url == reverse("home")
    actions = AuditRow.objects.values_list("action", flat=True)
    assert {"account.factor_added", "account.factor_removed"} <= set(actions)


@pytest.mark.usefixtures("secret")
def test_what_the_database_keeps_opens_with_the_secret_key_only(settings):
    rows = dict(Authenticator.objects.values_list("type", "data"))
    kept = [rows["totp"]["secret"], rows["recovery_codes"]["seed"]]
    assert all(text.startswith(MARK) for text in kept)
    opened = [unseal(text) for text in kept]
    assert not any(text in json.dumps(rows) for text in opened)
    assert unreadable() == 0
    settings.SECRET_KEY = "another" * 10
    for text in kept:
        with pytest.raises(Unreadable):
            unseal(text)
    assert unreadable() == 2


@pytest.mark.parametrize("text", ["JBSWY3DPEHPK3PXP", "", MARK, f"{MARK}gAAAA", "sealed0:x"])
def test_what_was_never_sealed_is_not_believed(text):
    with pytest.raises(Unreadable):
        unseal(text)


def test_the_same_secret_is_sealed_differently_each_time():
    assert seal("JBSWY3DPEHPK3PXP") != seal("JBSWY3DPEHPK3PXP")


def test_another_secret_key_is_told_at_sign_in(secret, settings, moment):
    client, _ = entered()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # of the session, which is signed
    settings.SECRET_KEY = "another" * 10
    answer = code(client, pyotp.TOTP(secret).at(moment))
    assert answer.status_code == 200
    assert "服务器密钥已更换" in answer.content.decode()
    assert client.get(reverse("plan_list")).status_code == 302


def test_secrets_of_before_are_sealed_and_opened_by_the_migration(secret, moment):
    from django.apps import apps  # noqa: PLC0415 - needs them loaded

    step = import_module("quotaloom.web.accounts.migrations.0003_seal_second_factors")
    step.open_again(apps, None)
    assert Authenticator.objects.get(type="totp").data["secret"] == secret
    assert unreadable() == 2
    step.close(apps, None)
    step.close(apps, None)  # begun anew after a crash
    assert unreadable() == 0
    client, _ = entered()
    assert code(client, pyotp.TOTP(secret).at(moment)).status_code == 302


@pytest.mark.usefixtures("secret")
def test_the_administrator_takes_it_away_after_a_lost_phone(as_user, cast):
    where = reverse("account_factors", args=[cast.li.pk])
    assert as_user("ops").post(where).status_code == 403
    page = as_user("security").get(reverse("account", args=[cast.li.pk]))
    assert "取消两步验证" in page.content.decode()
    assert as_user("security").post(where).status_code == 302
    assert entered()[1].url == reverse("home")
    assert AuditRow.objects.filter(action="account.factors_taken").count() == 1
    own = reverse("account_factors", args=[cast.security.pk])
    assert as_user("security").post(own).status_code == 422


def recovery_codes():
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    return kept.wrap().get_unused_codes()
