"""/api/v1: what opens it, what it tells whom, and what it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotaloom.web.api.models import Token
from quotaloom.web.api.token import SCOPES, token_create
from quotaloom.web.api.urls import operations
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.ui.permissions import PERMISSIONS
from tests.support.cast import BRANCHES
from tests.support.doors import reach

pytestmark = [pytest.mark.django_db, pytest.mark.store]
MEMBERS, PLANS = "/api/v1/members", "/api/v1/plans"


def test_every_operation_names_a_permission():
    assert len(operations()) >= 5
    for where, keys in operations().items():
        assert [key.permission in PERMISSIONS for key in keys] == [True], where


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic eDp5", "bearer  x y"])
@pytest.mark.parametrize("where", [MEMBERS, PLANS, f"{PLANS}/{'0' * 32}"])
def test_it_opens_to_no_stranger(where, header):
    client = Client(headers={"Authorization": header} if header is not None else {})
    answer = client.get(where)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.unknown")


@pytest.mark.usefixtures("cast")
def test_it_opens_to_no_session(as_user):
    assert as_user("zhang").get(MEMBERS).status_code == 401


@pytest.mark.parametrize("name", ["zhang", "li", "wang", "zhao", "sun", "ops"])
def test_it_tells_the_members_within_the_scope(program, name):
    told = program(name).get(MEMBERS).json()
    assert {one["code"] for one in told["items"]} == reach(name)
    assert told["total"] == len(reach(name))
    assert told["hidden"] == len(BRANCHES) - len(reach(name))


def test_it_tells_no_parent_outside_the_scope(program, cast):
    told = {one["code"]: one for one in program("li").get(MEMBERS).json()["items"]}
    assert told["EAST"]["parent"] is None
    assert told["E1"]["parent"] == str(cast.members["EAST"].pk)


@pytest.mark.parametrize("code", [code for code, *_ in BRANCHES])
def test_it_says_missing_of_a_member_outside_the_scope(program, cast, code):
    answer = program("li").get(f"{MEMBERS}/{cast.members[code].pk}")
    if code in reach("li"):
        assert answer.json()["code"] == code
    else:
        assert (answer.status_code, answer.json()) == (404, {"code": "missing", "subject": ""})


def test_it_tells_plans(program):
    assert program("li").get(PLANS).json() == {"items": [], "total": 0}
    assert program("li").get(f"{PLANS}/{'0' * 32}").status_code == 404


def test_it_asks_for_the_scope_of_the_token(program):
    client = program("li", ["plans.read"])
    assert client.get(PLANS).status_code == 200
    answer = client.get(MEMBERS)
    assert answer.status_code == 403
    assert answer.json() == {"code": "token.lacks_permission", "subject": "org.read"}


def test_a_token_never_holds_more_than_its_account(program, cast):
    assert program("system").get(MEMBERS).status_code == 403
    client = program("li")
    cast.li.grants.all().delete()
    assert client.get(MEMBERS).status_code == 401


@pytest.mark.parametrize("end", ["revoked", "late", "closed", "no right to tokens"])
def test_a_token_ends_on_the_next_request(program, cast, end):
    client = program("li")
    assert client.get(MEMBERS).status_code == 200
    if end == "revoked":
        Token.objects.update(revoked_at=timezone.now())
    if end == "late":
        Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if end == "closed":
        cast.li.is_active = False
        cast.li.save()
    if end == "no right to tokens":
        role = cast.roles["regional_manager"]
        role.permissions = ["org.read", "plans.read"]
        role.save()
    assert client.get(MEMBERS).status_code == 401


@pytest.mark.parametrize(
    "words",
    [
        "limit=0",
        "limit=201",
        "limit=1000000000",
        "limit=x",
        "offset=-1",
        "offset=1e9",
        "axis=nothing",
        "on=2025-02-30",
        "on=tomorrow",
        "page=-1",
        "sort=password",
        "__proto__=1",
        "limit=1&limit=2",
    ],
)
def test_it_refuses_what_it_does_not_know(program, words):
    answer = program("zhang").get(f"{MEMBERS}?{words}")
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("request.")


def test_it_gives_pages(program):
    client = program("zhang")
    whole = [one["code"] for one in client.get(MEMBERS).json()["items"]]
    parts = [client.get(f"{MEMBERS}?limit=4&offset={n}").json()["items"] for n in (0, 4, 8)]
    assert [one["code"] for part in parts for one in part] == whole == sorted(whole)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_reads(program, method):
    client = program("zhang")
    assert getattr(client, method)(MEMBERS).status_code == 405
    assert client.get(MEMBERS, headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 200


def test_it_describes_itself_without_loading_anything_from_elsewhere():
    told = Client().get(reverse("api:openapi-json")).json()
    assert set(told["paths"]) >= {MEMBERS, PLANS, f"{PLANS}/{{plan_id}}/nodes"}
    assert Client().get("/api/v1/docs").status_code == 404


# The page of tokens


def test_it_shows_a_token_once_and_keeps_its_digest_only(as_user, cast):
    client = as_user("ops")
    told = {"name": "夜间报表", "scopes": ["org.read"], "days": "30"}
    page = client.post(reverse("token_new"), told)
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in client.get(reverse("token_list")).content.decode()
    assert not Token.objects.filter(digest__contains=secret).exists()
    assert not AuditRow.objects.filter(params__contains=secret).exists()
    assert AuditRow.objects.latest("number").action == "token.create"
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get(MEMBERS)
    assert answer.status_code == 200
    client.post(reverse("token_revoke", args=[Token.objects.get().pk]))
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(MEMBERS).status_code == 401
    assert cast.ops.tokens.get().revoked_at


def test_nobody_revokes_the_token_of_somebody_else(as_user, cast):
    token_create(actor=Actor(), user=cast.zhang, name="x", scopes=SCOPES, days=30)
    where = reverse("token_revoke", args=[Token.objects.get().pk])
    assert as_user("ops").post(where).status_code == 404


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("change", [{"scopes": ["access.edit"]}, {"days": "99999"}, {"name": ""}])
def test_it_refuses_a_token_that_asks_for_too_much(as_user, change):
    told = {"name": "x", "scopes": ["org.read"], "days": "30", **change}
    assert as_user("ops").post(reverse("token_new"), told).status_code == 422
    assert not Token.objects.exists()


@pytest.mark.parametrize("name", ["li", "wang", "security", "system", "audit", "stranger"])
def test_it_is_shut_for_those_without_the_permission(as_user, name):
    assert as_user(name).get(reverse("token_list")).status_code == 403
