"""Every address names its policy, asks for it, and refuses what did not come from our pages."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path, reverse

from quotaloom.web.config import urls
from quotaloom.web.org.models import Grant
from quotaloom.web.ui.permissions import PERMISSIONS
from quotaloom.web.ui.policy import OPEN, OWN, PROGRAM, PUBLIC, SIGNED_IN, policy
from tests.support import door_objects as objects
from tests.support.cast import BRANCHES, PEOPLE
from tests.support.door_objects import ELSEWHERE
from tests.support.doors import (
    Address,
    addresses,
    allowed,
    always,
    door_of,
    hidden_words,
    in_reach,
    only,
    sees_plan,
    steady,
)

pytestmark = pytest.mark.django_db  # one engine is enough for who may open what
ALL = {one.name: one for one in addresses()}
PAGES = sorted(name for name, one in ALL.items() if one.policy != PROGRAM)
PLAIN = [name for name in PAGES if not ALL[name].takes]
BRANCH_CODES = [code for code, *_ in BRANCHES]
EVERYWHERE = {who for who, (_, role, branch, _) in PEOPLE.items() if role and not branch}
WRITES = ("INSERT", "UPDATE", "DELETE")


def where(name, cast, branch="E1"):
    door = door_of(ALL[name])
    if door is None:
        return reverse(name)
    return reverse(name, kwargs=door.arguments(cast, branch)) + door.asked(branch)


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


def expected(door, who, asked, branch):
    """Whether the door opens, by the tables; None where it judges for itself."""
    if asked == PUBLIC:
        return None
    if asked not in OPEN and not allowed(who, asked):
        return False
    return door.opens(who, branch) if door else None if asked == OWN else True


def tried(client, method, address, posted=None):
    """The answer; whatever it wrote is gone."""
    with transaction.atomic():
        if isinstance(posted, str):  # the body of a program
            answer = client.generic(method.upper(), address, posted, "application/json")
        else:
            answer = getattr(client, method)(address, posted if method == "post" else None)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_for_role_and_scope_only(name, method, cast, as_user):
    """Every role × own, child, sibling, other region and another workspace."""
    one, door = ALL[name], door_of(ALL[name])
    branches = [*BRANCH_CODES, ELSEWHERE] if door and door.is_scoped else ["E1"]
    goals = {branch: where(name, cast, branch) for branch in branches}
    clients = {who: as_user(who) for who in PEOPLE}
    wrong = []
    for who, branch in product(PEOPLE, branches):
        answer = tried(clients[who], method, goals[branch], door and door.posted)
        if answer.status_code == 405:
            continue
        wanted = expected(door, who, one.policy, branch)
        if answer.status_code >= 500 or (wanted is not None and is_shut(answer) == wanted):
            wrong.append((who, branch, answer.status_code))
        if is_shut(answer):
            body = answer.content.decode()
            wrong += [(who, branch, word) for word in hidden_words(who) if word in body]
    assert wrong == []


OF_PLANS = [name for name in ALL if "plan_id" in ALL[name].takes]
OTHERS = {  # the same address, told by the other name
    *(("api:edit", "get"), ("api:edits", "post")),
    *(("api:copy", "get"), ("api:versions", "post")),
    *(("api:release", "get"), ("api:releases", "post")),
}


@pytest.mark.parametrize(("name", "method"), sorted({*product(OF_PLANS, ["get", "post"])} - OTHERS))
def test_a_measure_that_is_not_granted_shuts_every_door_of_a_plan(
    name, method, cast, as_user, program
):
    door = door_of(ALL[name])
    plans = [objects.plan(cast, "E1"), objects.plan(cast, "E1", "margin")]
    goals = [
        reverse(name, kwargs=door.arguments(cast, "E1") | {"plan_id": one.pk}) for one in plans
    ]
    Grant.objects.update(measures=["booked"])
    for who in ("zhang", "li", "wang", "ops", "sun"):
        client = program(who) if ALL[name].policy == PROGRAM else as_user(who)
        posted = WRITING.get(name, door.posted)
        answers = [tried(client, method, goal, posted) for goal in goals]
        opens = holds(who, name) and door.opens(who, "E1")
        if 405 not in {one.status_code for one in answers}:
            assert [is_shut(one) for one in answers] == [not opens, True], who


def holds(who, name):
    """Whether somebody holds the permission that an address asks for."""
    asked = OPERATIONS[name][0] if name in OPERATIONS else ALL[name].policy
    return asked in OPEN or allowed(who, asked)


nobody = only()  # where there is nothing of the number
OPERATIONS = {
    "api:members": ("org.read", always),
    "api:member": ("org.read", in_reach),
    "api:plans": ("plans.read", always),
    "api:plan": ("plans.read", sees_plan),
    "api:nodes": ("plans.read", sees_plan),
    "api:edits": ("plans.read", sees_plan),
    "api:edit": ("plans.write", sees_plan),
    "api:undo": ("plans.write", sees_plan),
    "api:redo": ("plans.write", sees_plan),
    "api:bring": ("plans.write", sees_plan),
    "api:layers": ("plans.read", sees_plan),
    "api:versions": ("plans.read", sees_plan),
    "api:copy": ("plans.write", sees_plan),
    "api:promote": ("plans.write", nobody),
    "api:diff": ("plans.read", sees_plan),
    "api:releases": ("plans.read", sees_plan),
    "api:release": ("plans.release", sees_plan),
    "api:edition": ("plans.read", nobody),
    "api:close": ("plans.release", sees_plan),
    "api:facts": ("data.import", always),
    "api:measures": ("plans.read", always),
    "api:measure": ("plans.read", always),
    "api:figures": ("plans.read", always),  # 422: of no measure
    "api:attainment": ("plans.read", nobody),  # without a fact and a released plan
}
NOTHING = '{"edits": [], "seen": 0}'
WRITING = {  # bodies that are refused with 422 where the door opens
    "api:edit": NOTHING,
    "api:undo": NOTHING,
    "api:redo": NOTHING,
    "api:bring": "{}",
    "api:copy": '{"name": "x", "growth": "much"}',
    "api:promote": '{"seen": 0}',
    "api:release": '{"name": "x", "period": "2031-01", "seen": 0}',
    "api:close": '{"period": "2031-01", "seen": 0}',
    "api:facts": "[]",
}


def test_it_tries_every_operation_of_programs():
    opened = {"api:openapi-json", "api:api-root"}
    assert set(OPERATIONS) == {name for name in ALL if name.startswith("api:")} - opened


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_opens_to_programs_for_role_and_scope_only(name, cast, program):
    permission, opens = OPERATIONS[name]
    branches = ["E1"] if opens is always else [*BRANCH_CODES, ELSEWHERE]
    goals = {branch: where(name, cast, branch) for branch in branches}
    wrong = []
    for who in PEOPLE:
        client = program(who)
        for branch, goal in goals.items():
            posted = WRITING.get(name)
            answer = tried(client, "post" if posted else "get", goal, posted)
            wanted = allowed(who, permission) and opens(who, branch)
            told = [word for word in hidden_words(who) if word in answer.content.decode()]
            if (answer.status_code in {200, 422}) != wanted or (told and who not in EVERYWHERE):
                wrong.append((who, branch, answer.status_code, told))
    assert wrong == []


def test_an_address_without_a_door_is_seen():
    assert door_of(Address("new_page", None, ("strange_id",))) is None
    assert door_of(Address("new_page", None, ("plan_id", "strange_id"))) is None


def in_text(data):
    """A download as text; of a workbook all its parts."""
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(BytesIO(data)) as book:
        return "".join(book.read(part).decode() for part in book.namelist())


@pytest.mark.parametrize("name", PLAIN)
def test_it_never_names_what_lies_outside_the_scope(name, as_user):
    for who in ("li", "wang", "zhao", "stranger", "system", "audit"):
        answer = as_user(who).get(reverse(name))
        body = in_text(b"".join(answer.streaming_content)) if answer.streaming else steady(answer)
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
