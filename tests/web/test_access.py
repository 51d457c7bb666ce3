"""Accounts, roles and grants: who administers them, and what nobody may do."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.accounts.models import User
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.access import measures_of, scope_of
from quotaloom.web.org.access_grants import Reach, grant_give
from quotaloom.web.org.access_roles import role_change, role_create, role_restore
from quotaloom.web.org.access_sight import sights
from quotaloom.web.org.models import Grant, Person, Role
from quotaloom.web.org.roles import ROLES, SEPARATE

pytestmark = [pytest.mark.django_db, pytest.mark.store]
SYSTEM = Actor()


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def give(client, user, role, **more):
    told = {"role": role.pk, "since": timezone.localdate().isoformat(), **more}
    return client.post(reverse("grant_new", args=[user.pk]), told)


# Accounts


def test_it_lists_everybody_with_today_s_roles(as_user):
    page = as_user("security").get(reverse("account_list")).content.decode()
    assert "李经理" in page
    assert "大区经理 · 华东" in page


def test_it_finds_an_account_by_name(as_user):
    answer = as_user("security").get(reverse("account_list"), {"text": "经理"})
    assert {line["user"].username for line in answer.context["lines"]} == {"li", "zhao"}


def test_it_lists_with_few_queries(as_user, django_assert_max_num_queries):
    client = as_user("security")
    with django_assert_max_num_queries(24):
        client.get(reverse("account_list"))


def test_it_makes_an_account_whose_link_is_shown_once_and_works_once(as_user):
    told = {"username": "qian", "name": "钱明", "email": ""}
    answer = as_user("security").post(reverse("account_new"), told)
    link = answer.context["link"]
    assert link in answer.content.decode()
    user = User.objects.get(username="qian")
    assert not user.has_usable_password()
    assert link not in as_user("security").get(reverse("account", args=[user.pk])).content.decode()
    chosen = {"new_password1": "quiet-harbour-41", "new_password2": "quiet-harbour-41"}
    assert Client().post(link, chosen).status_code == 302
    assert Client().post(link, chosen).status_code == 404
    secret = link.rstrip("/").rsplit("/", 1)[-1]
    assert not AuditRow.objects.filter(params__contains=secret).exists()


@pytest.mark.parametrize("name", ["li", "LI"])
def test_it_refuses_an_account_name_that_is_taken(as_user, name):
    answer = as_user("security").post(reverse("account_new"), {"username": name, "name": "x"})
    assert answer.status_code == 422
    assert f"账号名 {name} 已被使用" in answer.content.decode()


def test_it_ties_an_account_to_its_person(as_user, cast):
    Person.objects.filter(account=cast.wang).update(account=None)
    told = {"username": "wang2", "name": "小王", "staff_no": "WANG"}
    as_user("security").post(reverse("account_new"), told)
    assert User.objects.get(username="wang2").person.staff_no == "WANG"
    told = {"username": "wang3", "name": "小王", "staff_no": "WANG"}
    assert as_user("security").post(reverse("account_new"), told).status_code == 422


def test_it_closes_and_opens_an_account(as_user, cast):
    li, where = as_user("li"), reverse("account_switch", args=[cast.li.pk])
    as_user("security").post(where)
    assert li.get(reverse("plan_list")).status_code == 302
    as_user("security").post(where)
    cast.li.refresh_from_db()
    assert cast.li.is_active


def test_nobody_closes_her_own_account(as_user, cast):
    answer = as_user("security").post(reverse("account_switch", args=[cast.security.pk]))
    assert answer.status_code == 422
    cast.security.refresh_from_db()
    assert cast.security.is_active


def test_it_shows_how_far_an_account_sees(as_user, cast):
    page = as_user("security").get(reverse("account", args=[cast.li.pk])).content.decode()
    assert "此账号今天能看到和能做的" in page
    seen = {one.permission: one for one in sights(cast.li)}
    plans = seen["plans.read"]
    assert (plans.everywhere, plans.branches, plans.units, plans.seats) == (False, ("华东",), 1, 2)


# Grants


def test_it_gives_a_role_that_holds_from_the_next_request_on(as_user, cast):
    stranger = as_user("stranger")
    assert stranger.get(reverse("plan_list")).status_code == 403
    give(as_user("security"), cast.stranger, cast.roles["regional_manager"], scope="华北")
    assert stranger.get(reverse("plan_list")).status_code == 200
    reach = scope_of(User.objects.get(pk=cast.stranger.pk), "plans.read")
    assert reach.members == {cast.members[code].pk for code in ("NORTH", "N1")}
    row = AuditRow.objects.latest("number")
    assert (row.action, row.actor) == ("grant.give", str(cast.security.pk))


def test_it_gives_a_role_for_some_days_only(cast):
    today = timezone.localdate()
    reach = Reach(today + timedelta(days=3), today + timedelta(days=5))
    grant_give(actor=SYSTEM, user=cast.stranger, role=cast.roles["finance"], reach=reach)
    held = [
        scope_of(User.objects.get(pk=cast.stranger.pk), "plans.read", today + timedelta(days=n))
        for n in (2, 3, 4, 5)
    ]
    assert [one.everything for one in held] == [False, True, True, False]


def test_it_gives_a_role_for_some_measures_only(as_user, cast):
    give(as_user("security"), cast.stranger, cast.roles["finance"], measures=["booked"])
    user = User.objects.get(pk=cast.stranger.pk)
    assert measures_of(user, "plans.read") == {"booked"}
    assert measures_of(cast.sun, "plans.read") is None


def test_it_ends_a_role_today(as_user, cast):
    li, grant = as_user("li"), cast.li.grants.get()
    as_user("security").post(reverse("grant_end", args=[cast.li.pk, grant.pk]))
    assert li.get(reverse("plan_list")).status_code == 403
    grant.refresh_from_db()
    assert grant.valid_to == timezone.localdate()


def test_it_ends_no_grant_of_another_account(as_user, cast):
    grant = cast.li.grants.get()
    where = reverse("grant_end", args=[cast.wang.pk, grant.pk])
    assert as_user("security").post(where).status_code == 404


def test_nobody_gives_or_ends_a_role_of_her_own(as_user, cast):
    client, own = as_user("security"), cast.security.grants.get()
    assert give(client, cast.security, cast.roles["director"]).status_code == 422
    end = client.post(reverse("grant_end", args=[cast.security.pk, own.pk]))
    assert end.status_code == 422
    assert "不能给自己授权" in end.content.decode()
    assert list(cast.security.grants.all()) == [own]


@pytest.mark.parametrize(("first", "second"), list(permutations(SEPARATE, 2)))
def test_no_account_holds_two_administrations(cast, first, second):
    one, other = cast.roles[first], cast.roles[second]
    grant_give(actor=SYSTEM, user=cast.stranger, role=one, reach=Reach(timezone.localdate()))
    with pytest.raises(DataRefused) as refused:
        grant_give(actor=SYSTEM, user=cast.stranger, role=other, reach=Reach(timezone.localdate()))
    assert codes(refused) == ["admit.administrations_apart"]


def test_administrations_may_follow_each_other(cast):
    one, other = (cast.roles[code] for code in SEPARATE[:2])
    until = timezone.localdate() + timedelta(days=9)
    grant_give(actor=SYSTEM, user=cast.stranger, role=one, reach=Reach(timezone.localdate(), until))
    grant_give(actor=SYSTEM, user=cast.stranger, role=other, reach=Reach(until))
    with pytest.raises(DataRefused):
        grant_give(
            actor=SYSTEM,
            user=cast.stranger,
            role=other,
            reach=Reach(until - timedelta(days=1), until),
        )


def test_administrations_stay_apart_under_other_names(cast):
    told = {"name_zh": "超级", "name_en": "Super", "permissions": ["system.edit", "access.edit"]}
    both = role_create(actor=SYSTEM, code="both", **told)
    with pytest.raises(DataRefused) as refused:
        grant_give(actor=SYSTEM, user=cast.stranger, role=both, reach=Reach(timezone.localdate()))
    assert codes(refused) == ["admit.administrations_apart"]


def test_it_gives_no_role_to_a_closed_account_or_backwards(cast):
    cast.stranger.is_active = False
    with pytest.raises(DataRefused) as refused:
        grant_give(
            actor=SYSTEM,
            user=cast.stranger,
            role=cast.roles["finance"],
            reach=Reach(timezone.localdate(), timezone.localdate()),
        )
    assert codes(refused) == ["admit.closed_account", "admit.ends_before_it_begins"]


@pytest.mark.parametrize("scope", ["nowhere", "EASTX"])
def test_it_says_where_a_branch_is_not_known(as_user, cast, scope):
    answer = give(as_user("security"), cast.stranger, cast.roles["finance"], scope=scope)
    assert answer.status_code == 422
    assert "没有这个组织" in answer.content.decode()


# Roles


def change(role, permissions, actor=SYSTEM):
    told = {"name_zh": role.name_zh, "name_en": role.name_en, "permissions": permissions}
    role_change(actor=actor, role=role, **told)


def test_it_shows_roles_against_permissions(as_user):
    page = as_user("security").get(reverse("role_list")).content.decode()
    assert "plans.read" in page
    assert "大区经理" in page


def test_it_changes_what_a_role_allows_from_the_next_request_on(as_user, cast):
    sun = as_user("sun")
    assert sun.get(reverse("plan_list")).status_code == 200
    told = {"name_zh": "财务", "name_en": "Finance", "permissions": ["org.read"]}
    as_user("security").post(reverse("role", args=["finance"]), told)
    assert sun.get(reverse("plan_list")).status_code == 403
    as_user("security").post(reverse("role_restore", args=["finance"]))
    assert tuple(Role.objects.get(code="finance").permissions) == ROLES["finance"][2]
    assert sun.get(reverse("plan_list")).status_code == 200
    assert cast.roles["finance"].code == "finance"


def test_it_makes_a_role_of_the_company_s_own(as_user):
    told = {"code": "coach", "name_zh": "教练", "permissions": ["plans.read"]}
    assert as_user("security").post(reverse("role_new"), told).status_code == 302
    assert as_user("security").post(reverse("role_new"), told).status_code == 422
    assert as_user("security").post(reverse("role_restore", args=["coach"])).status_code == 404


@pytest.mark.parametrize("permission", ["no.such", "plans.*"])
def test_it_refuses_a_permission_that_does_not_exist(as_user, permission):
    told = {"code": "coach", "name_zh": "教练", "permissions": [permission]}
    assert as_user("security").post(reverse("role_new"), told).status_code == 422


def test_nobody_changes_a_role_that_she_holds(cast):
    actor, role = Actor(str(cast.security.pk)), cast.roles["security_admin"]
    for attempt in (
        lambda: change(role, ["plans.read"], actor),
        lambda: role_restore(actor=actor, role=role),
    ):
        with pytest.raises(DataRefused) as refused:
            attempt()
        assert codes(refused) == ["admit.by_own_role"]


def test_no_change_of_a_role_gives_its_holders_two_administrations(cast):
    with pytest.raises(DataRefused) as refused:
        change(cast.roles["audit_admin"], ["audit.read", "system.edit"])
    assert codes(refused) == ["admit.administrations_apart"]
    give_finance = {"user": cast.audit, "role": cast.roles["finance"]}
    Grant.objects.create(valid_from=timezone.localdate(), **give_finance)
    with pytest.raises(DataRefused):
        change(cast.roles["finance"], ["access.edit"])


@pytest.mark.parametrize("name", ["zhang", "li", "ops", "system", "audit", "stranger"])
def test_it_is_shut_for_everybody_else(as_user, cast, name):
    client = as_user(name)
    for address in ("account_list", "role_list", "account_new", "role_new"):
        assert client.get(reverse(address)).status_code == 403
    assert give(client, cast.stranger, cast.roles["director"]).status_code == 403
    assert not cast.stranger.grants.exists()
