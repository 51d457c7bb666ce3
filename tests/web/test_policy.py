"""Every address names its policy, asks for it, and refuses what did not come from our pages."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path, reverse

from quotaloom.web.config import urls
from quotaloom.web.ui.permissions import PERMISSIONS
from quotaloom.web.ui.policy import OPEN, OWN, PROGRAM, PUBLIC, SIGNED_IN, policy
from tests.support.cast import BRANCHES, PEOPLE
from tests.support.doors import (
    addresses,
    allowed,
    door_of,
    hidden_words,
    reach,
    steady,
)

pytestmark = pytest.mark.django_db  # one engine is enough for who may open what
ALL = {one.name: one for one in addresses()}
PAGES = sorted(name for name, one in ALL.items() if one.policy != PROGRAM)
PLAIN = [name for name in PAGES if not ALL[name].takes]
BRANCH_CODES = [code for code, *_ in BRANCHES]
WRITES = ("INSERT", "UPDATE", "DELETE")


def where(name, cast, branch="E1"):
    door = door_of(ALL[name])
    return reverse(name, kwargs=door.arguments(cast, branch) if door else None)


def is_shut(answer):
    """Whether the door stayed shut: no permission, not there for one, or sent to sign in."""
    to_login = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
    return answer.status_code in {401, 403, 404} or to_login


def test_it_finds_the_addresses():
    assert {"plan_list", "account_login", "audit_list", "job", "mfa_activate_totp"} <= set(ALL)


@pytest.mark.parametrize("name", sorted(ALL))
def test_it_knows_the_policy_of_every_address(name):
    """Else nobody may open it: add @policy(...) to the view."""
    assert ALL[name].policy in OPEN | set(PERMISSIONS)


@pytest.mark.parametrize("name", PAGES)
def test_it_knows_how_to_fill_every_address(name):
    """Else the matrix cannot try it: add a line to tests/support/doors.py."""
    assert not ALL[name].takes or door_of(ALL[name])


def test_it_refuses_a_permission_that_does_not_exist():
    with pytest.raises(ImproperlyConfigured, match=r"no\.such"):
        policy("no.such")


def test_it_shuts_a_view_that_names_no_policy(as_user, monkeypatch):
    undeclared = path("undeclared/", lambda _request: HttpResponse("secret"), name="undeclared")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, undeclared])
    clear_url_caches()
    try:
        for name in ("zhang", "security", "system"):
            assert as_user(name).get("/undeclared/").status_code == 403
        assert Client().get("/undeclared/").status_code == 403
    finally:
        clear_url_caches()


@pytest.mark.parametrize("name", PAGES)
def test_it_lets_a_stranger_open_only_what_is_public(name, cast):
    answer = Client().get(where(name, cast))
    if ALL[name].policy == PUBLIC:
        assert answer.status_code in {200, 302, 400, 401, 404, 405}
    else:
        assert is_shut(answer)


def expected(door, name, policy_name, branch):
    """Whether the door opens, by the tables."""
    if policy_name == PUBLIC:
        return None  # public views judge for themselves
    if policy_name not in OPEN and not allowed(name, policy_name):
        return False
    if door and door.decides in {"view_as", "missing"}:
        return None  # has tests of its own
    if door and door.decides == "own":
        return name == door.owner or allowed(name, "system.read")
    if door and door.decides == "scope":
        return branch in (reach(name) or set())
    return None if policy_name == OWN else True


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_for_role_and_scope_only(name, method, cast, as_user):
    one, door = ALL[name], door_of(ALL[name])
    branches = BRANCH_CODES if door and door.decides == "scope" else ["E1"]
    clients = {who: as_user(who) for who in PEOPLE}
    wrong = []
    for who, client in clients.items():
        for branch in branches:
            wanted = expected(door, who, one.policy, branch)
            with transaction.atomic():
                answer = getattr(client, method)(where(name, cast, branch))
                transaction.set_rollback(True)
            if answer.status_code == 405:
                continue
            if answer.status_code >= 500 or (wanted is not None and is_shut(answer) == wanted):
                wrong.append((who, branch, answer.status_code))
            if is_shut(answer):
                body = answer.content.decode()
                wrong += [(who, branch, word) for word in hidden_words(who) if word in body]
    assert wrong == []


@pytest.mark.parametrize("name", PLAIN)
def test_it_never_names_what_lies_outside_the_scope(name, as_user):
    for who in ("li", "wang", "zhao", "stranger", "system", "audit"):
        answer = as_user(who).get(reverse(name))
        body = b"".join(answer.streaming_content).decode() if answer.streaming else steady(answer)
        told = hidden_words(who) if who in {"li", "wang", "zhao", "stranger"} else set()
        assert [word for word in told if word in body] == []


@pytest.mark.parametrize("name", PLAIN)
def test_it_answers_each_user_alone_however_they_alternate(name, as_user):
    one, other = as_user("li"), as_user("zhao")
    first = one.get(reverse(name))
    other.get(reverse(name))
    again = one.get(reverse(name))
    assert again.status_code == first.status_code
    if not first.streaming and ALL[name].policy != PUBLIC and name != "mfa_activate_totp":
        assert steady(again) == steady(first)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_refuses_what_changes_without_a_csrf_token(name, method, cast):
    for who in ("zhang", "security", "ops", None):
        client = Client(enforce_csrf_checks=True)
        if who:
            client.force_login(
                cast.users[who], backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        assert getattr(client, method)(where(name, cast)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_it_changes_nothing_by_a_get(name, cast, as_user):
    for who in ("zhang", "security", "ops", "system", "audit", "wang"):
        client, address = as_user(who), where(name, cast)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        written = [
            one["sql"]
            for one in asked.captured_queries
            if one["sql"].lstrip().upper().startswith(WRITES) and "django_session" not in one["sql"]
        ]
        assert written == []


def test_it_sends_a_part_of_a_page_to_sign_in_as_a_whole():
    asked = {"HX-Request": "true", "HX-Current-URL": "https://testserver/plans/"}
    answer = Client().get(reverse("plan_list"), headers=asked)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next=/plans/"


def test_it_keeps_signed_in_and_public_apart():
    assert {ALL["home"].policy, ALL["healthz"].policy} == {SIGNED_IN, PUBLIC}
