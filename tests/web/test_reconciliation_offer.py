"""Buttons of the reconciliation go where the grants reach, and are not shown elsewhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quotaloom.cycle.demo_company.books import import_books
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.org.models import Grant
from tests.support.cast import BEGIN

pytestmark = pytest.mark.django_db
ASKED = {"period": "2026"}
WAYS = ("reconciliation_export", "reconciliation_control")


@pytest.fixture
def home(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """The demo company's papers."""
    settings.HOME = tmp_path
    import_books(tmp_path, facts_shelf(), author="x")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("role", "scope", "measures", "offered"),
    [
        ("director", None, [], WAYS),
        ("director", None, ["booked"], ()),
        ("director", "EAST", [], WAYS[:1]),
        ("regional_manager", None, [], WAYS[:1]),
    ],
)
def test_what_is_offered_beside_the_own_branch_is_there(
    cast, as_user, role, scope, measures, offered
):
    """A reader of everything, whose other grant reaches as told."""
    reader = cast.roles["sales_ops"]
    reader.permissions = ["plans.read"]
    reader.save()
    more = {"user": cast.stranger, "valid_from": BEGIN}
    Grant.objects.create(role=reader, **more)
    branch = cast.members[scope] if scope else None
    Grant.objects.create(role=cast.roles[role], scope=branch, measures=measures, **more)
    client = as_user("stranger")
    page = client.get(reverse("reconciliation"), ASKED).content.decode()
    assert tuple(one for one in WAYS if reverse(one) in page) == offered
    answers = {
        WAYS[0]: client.get(reverse(WAYS[0]), ASKED),
        WAYS[1]: client.post(f"{reverse(WAYS[1])}?period=2026", {"figure": "", "amount": ""}),
    }
    there = {name for name, one in answers.items() if one.status_code not in {403, 404}}
    assert there == set(offered)
