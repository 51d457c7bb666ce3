"""Branches are remembered from one request to the next, and never past a change of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.signals import request_finished, request_started
from django.db import transaction

from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.org.access import Scope
from quotaloom.web.org.branches import below
from quotaloom.web.org.models import Axis, Member, Placement
from quotaloom.web.org.sight import codes_within
from tests.support.cast import assembled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
TODAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def outside_of_requests():
    """What an unfinished request of another test was told is forgotten."""
    request_finished.send(sender=None)


def moved(cast, action):
    """江苏客户经理1 goes North, under an action of the audit."""
    with transaction.atomic():
        Placement.objects.filter(member=cast.members["E1"]).update(parent=cast.members["NORTH"])
        audit_record(actor=Actor(), action=action, subject="E1")


def test_a_change_of_the_organisation_is_seen_at_once(django_assert_num_queries):
    cast = assembled()
    east, one = cast.members["EAST"].pk, cast.members["E1"].pk
    assert one in below([east], TODAY)
    with transaction.atomic():
        audit_record(actor=Actor(), action="plan.edit", subject="plan")
    with django_assert_num_queries(1):
        assert one in below([east], TODAY)
    moved(cast, "member.move")
    assert one not in below([east], TODAY)


@pytest.fixture
def request_of_a_page(outside_of_requests):  # noqa: ARG001 - it comes first
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)


@pytest.mark.usefixtures("request_of_a_page")
def test_a_request_asks_once_whether_anything_changed_and_again_after_it_wrote(
    django_assert_num_queries,
):
    cast = assembled()
    east, one = cast.members["EAST"].pk, cast.members["E1"].pk
    assert one in below([east], TODAY)
    with django_assert_num_queries(0):
        assert one in below([east], TODAY)
    moved(cast, "member.move")
    assert one not in below([east], TODAY)


def test_what_was_rolled_back_is_not_remembered():
    cast = assembled()
    east, one = cast.members["EAST"].pk, cast.members["E1"].pk
    with transaction.atomic():
        moved(cast, "member.move")
        assert one not in below([east], TODAY)
        transaction.set_rollback(True)
    with transaction.atomic():
        audit_record(actor=Actor(), action="plan.edit", subject="plan")
    assert one in below([east], TODAY)


def test_codes_are_remembered_until_a_member_changes():
    cast = assembled()
    everywhere = Scope(everything=True, members=frozenset())
    assert "E9" not in codes_within(Axis.ORG, everywhere)
    with transaction.atomic():
        _recoded(cast, "E9")
        assert "E9" in codes_within(Axis.ORG, everywhere)
        transaction.set_rollback(True)
    assert "E9" not in codes_within(Axis.ORG, everywhere)
    with transaction.atomic():
        _recoded(cast, "E9")
    assert "E9" in codes_within(Axis.ORG, everywhere)


def _recoded(cast, code):
    Member.objects.filter(pk=cast.members["E1"].pk).update(code=code)
    audit_record(actor=Actor(), action="member.rename", subject=code)
