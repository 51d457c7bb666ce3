"""Seeing as somebody else: read-only, never wider than one's own view, and in the audit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org.access_sight import may_view_as
from quotaloom.web.org.models import Grant
from tests.support.cast import PEOPLE, Cast
from tests.support.doors import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.store]
SAFE = {"view_as_end", "account_logout"}


def begin(client, user):
    return client.post(reverse("view_as_begin", args=[user.pk]))


@pytest.fixture
def borrowed(as_user, cast):
    """运营 sees as 李经理."""
    client = as_user("ops")
    assert begin(client, cast.li).url == reverse("home")
    return client


@pytest.mark.parametrize(
    ("viewer", "targets"),
    [
        ("ops", {"zhang", "li", "wang", "zhao", "sun", "stranger"}),
        ("security", {"stranger"}),
        ("zhang", set()),
        ("li", set()),
        ("system", set()),
    ],
)
def test_it_lends_no_view_that_is_wider_than_ones_own(cast: Cast, as_user, viewer, targets):
    for name in PEOPLE:
        assert may_view_as(cast.users[viewer], cast.users[name]) == (name in targets)
        status = begin(as_user(viewer), cast.users[name]).status_code
        assert status == (302 if name in targets else 403)


def test_it_lends_no_view_outside_the_branch_of_the_permission(cast, as_user):
    branch = {"role": cast.roles["sales_ops"], "scope": cast.members["EAST"]}
    Grant.objects.filter(user=cast.ops).delete()
    Grant.objects.create(user=cast.ops, valid_from=date(2024, 1, 1), **branch)
    assert begin(as_user("ops"), cast.wang).status_code == 302
    assert begin(as_user("ops"), cast.zhao).status_code == 403
    assert begin(as_user("ops"), cast.zhang).status_code == 403


def test_it_lends_no_view_of_measures_that_one_does_not_see(cast, as_user):
    cast.ops.grants.update(measures=["booked"])
    assert begin(as_user("ops"), cast.li).status_code == 403
    cast.li.grants.update(measures=["booked"])
    assert begin(as_user("ops"), cast.li).status_code == 302


def test_it_says_on_every_page_whose_view_it_is(borrowed):
    page = borrowed.get(reverse("plan_list")).content.decode()
    assert "运营 正以 李经理 的视角查看" in page


def test_it_sees_what_the_other_sees(borrowed, cast):
    answer = borrowed.get(reverse("plan_list"))
    assert answer.context["user"].pk == cast.li.pk
    assert borrowed.get(reverse("plan_new")).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_changes_nothing(borrowed, method):
    for one in addresses():
        if one.takes or one.name in SAFE or one.policy == "program":
            continue
        answer = getattr(borrowed, method)(reverse(one.name))
        assert answer.status_code in {403, 405}, one.name
    rows = AuditRow.objects.exclude(action="view_as.begin")
    assert not rows.exists()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "account_change_password"])
def test_it_opens_nothing_that_is_the_others_own(borrowed, name):
    answer = borrowed.get(reverse(name))
    assert answer.status_code == 403
    assert "只属于被查看的本人" in answer.content.decode()


def test_it_leaves_both_names_in_the_audit(borrowed, cast):
    borrowed.post(reverse("view_as_end"))
    began, ended = AuditRow.objects.order_by("number")
    assert [began.action, ended.action] == ["view_as.begin", "view_as.end"]
    assert {began.actor, ended.actor} == {str(cast.ops.pk)}
    assert {began.subject, ended.subject} == {f"account:{cast.li.pk}"}


def test_it_audits_in_both_names_while_a_view_is_borrowed(rf, cast):
    request = rf.get("/")
    request.user, request.real_user = cast.li, cast.ops
    request.acting_for = str(cast.li.pk)
    actor = actor_of(request)
    assert (actor.id, actor.acting_for) == (str(cast.ops.pk), str(cast.li.pk))


def test_it_ends_when_asked(borrowed, cast):
    assert borrowed.post(reverse("view_as_end")).url == reverse("home")
    assert borrowed.get(reverse("plan_list")).context["user"].pk == cast.ops.pk


def test_it_ends_on_the_next_request_when_the_permission_ends(borrowed, cast):
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - a grant's day
    Grant.objects.filter(user=cast.ops).update(valid_to=yesterday)
    answer = borrowed.get(reverse("home"))
    assert answer.context["user"].pk == cast.ops.pk


def test_it_ends_when_the_other_account_is_closed(borrowed, cast):
    cast.li.is_active = False
    cast.li.save()
    assert borrowed.get(reverse("plan_list")).context["user"].pk == cast.ops.pk


def test_signing_out_ends_it_all(borrowed):
    borrowed.post(reverse("account_logout"))
    assert borrowed.get(reverse("plan_list")).status_code == 302


def test_it_lists_whose_view_may_be_borrowed(as_user):
    answer = as_user("ops").get(reverse("view_as_list"))
    found = {line["user"].username for line in answer.context["lines"]}
    assert found == {"zhang", "li", "wang", "zhao", "sun", "stranger"}
    answer = as_user("ops").get(reverse("view_as_list"), {"text": "经理"})
    assert {line["user"].username for line in answer.context["lines"]} == {"li", "zhao"}
    assert as_user("zhang").get(reverse("view_as_list")).status_code == 403


def test_it_is_not_lent_on(borrowed):
    assert borrowed.get(reverse("view_as_list")).status_code == 403
