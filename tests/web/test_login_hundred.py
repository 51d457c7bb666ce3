"""Signing in, a hundred times each: no way round the lock, revoked at once (S14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotaloom.web.accounts.lockout import MOST_A_NAME
from quotaloom.web.accounts.models import FailedSignIn, User
from quotaloom.web.accounts.password_link import link_make, link_use
from quotaloom.web.api.models import Token
from quotaloom.web.api.token import token_create, token_revoke
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.access_accounts import account_deactivate
from quotaloom.web.org.access_grants import grant_end
from quotaloom.web.org.models import Grant
from tests.support.cast import BEGIN

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TIMES = 100
PASSWORD = "quiet-harbour-41"  # noqa: S105 - of accounts of this test
LATER = "loud-harbour-42"
NOBODY = Actor()


def arrived(cast, number):
    """A new account with a role, signed in."""
    user = User.objects.create_user(f"user{number}", password=PASSWORD)
    Grant.objects.create(user=user, role=cast.roles["director"], valid_from=BEGIN)
    return user, entered(user.username, PASSWORD)


def entered(name, password):
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": password})
    return client


def is_open(client):
    return client.get(reverse("plan_list")).status_code == 200


def close(user, _client):
    account_deactivate(actor=NOBODY, user=user)


def end_grant(user, _client):
    grant_end(actor=NOBODY, grant=user.grants.get(), on=timezone.localdate())


def outlive(user, _client):
    user.grants.update(valid_to=timezone.localdate() - timedelta(days=1))


def renew_password(user, _client):
    link_use(secret=link_make(user=user), password=LATER)


def leave(_user, client):
    client.post(reverse("account_logout"))


def delete_session(_user, client):
    client.session.delete()


WAYS = (close, end_grant, outlive, renew_password, leave, delete_session)


def test_a_revocation_holds_on_the_next_request(cast):
    held = 0
    for number in range(TIMES):
        user, client = arrived(cast, number)
        assert is_open(client)
        WAYS[number % len(WAYS)](user, client)
        held += not is_open(client)
    assert held == TIMES


def test_a_revoked_token_opens_nothing_on_the_next_request(cast):
    role = cast.roles["director"]
    assert "tokens.use" in role.permissions
    told = {"user": cast.zhang, "name": "x", "scopes": ["org.read"], "days": 1}
    held = 0
    for _ in range(TIMES):
        token, secret = token_create(actor=NOBODY, **told)
        client = Client(headers={"Authorization": f"Bearer {secret}"})
        assert client.get("/api/v1/members").status_code == 200
        token_revoke(actor=NOBODY, token=token)
        held += client.get("/api/v1/members").status_code == 401
    assert (held, Token.objects.filter(revoked_at=None).count()) == (TIMES, 0)


@pytest.mark.usefixtures("cast")
def test_every_sign_in_has_a_session_of_its_own():
    fresh = 0
    for _ in range(TIMES):
        client = Client()
        client.get(reverse("account_login"))
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        planted = client.cookies["sessionid"] = session.session_key
        client.post(reverse("account_login"), {"login": "li", "password": "li-secret-2027"})
        other = Client()
        other.cookies["sessionid"] = planted
        fresh += is_open(client) and not is_open(other)
    assert fresh == TIMES


@pytest.mark.usefixtures("cast")
def test_a_locked_name_does_not_open_however_often_one_tries():
    for _ in range(MOST_A_NAME):
        entered("li", "guess")
    assert not any(is_open(entered("li", "li-secret-2027")) for _ in range(TIMES))
    FailedSignIn.objects.all().delete()
    assert is_open(entered("li", "li-secret-2027"))


def test_no_password_and_no_link_gets_past_the_other_house(cast):
    shut = 0
    for number in range(TIMES):
        user, _client = arrived(cast, number)
        link = link_make(user=user)
        User.objects.filter(pk=user.pk).update(sso_only=True)
        chosen = {"new_password1": LATER, "new_password2": LATER}
        used = Client().post(reverse("choose_password", args=[link]), chosen).status_code
        tried = (is_open(entered(user.username, one)) for one in (PASSWORD, LATER))
        shut += used == 404 and not any(tried)
        FailedSignIn.objects.all().delete()
    assert shut == TIMES
