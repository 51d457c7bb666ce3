"""The cast for every page, and a client for each of them."""

from __future__ import annotations

import pytest
from django.test import Client

from quotaloom.web.api.token import SCOPES, token_create
from quotaloom.web.audit.services import Actor
from tests.support.browser import Desk, browser, desk, signed, site
from tests.support.cast import Cast, assembled
from tests.support.small_plan import small_plan

__all__ = ["as_user", "browser", "cast", "desk", "signed", "site"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test of a page tells what the page showed."""
    report = yield
    page = getattr(item, "funcargs", {}).get("desk")
    if isinstance(page, Desk) and call.when == "call" and report.failed:
        report.sections.append(("what the pages showed", page.told()))
    return report


@pytest.fixture
def cast(db) -> Cast:  # noqa: ARG001 - opens the database
    """The standing cast, in the database."""
    return assembled()


@pytest.fixture
def as_user(cast):
    """``as_user("li")`` is a client that 李经理 is signed in to."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(
            cast.users[name], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return signed_in


@pytest.fixture
def program(cast):
    """``program("li")`` is a client that shows a token of 李经理."""
    for role in cast.roles.values():
        role.permissions = [*role.permissions, "tokens.use"]
        role.save()

    def made(name, scopes=SCOPES):
        told = {"user": cast.users[name], "name": "report", "scopes": scopes, "days": 30}
        _, secret = token_create(actor=Actor(), **told)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return made


@pytest.fixture
def plan(cast, tmp_path, settings):
    """A plan of the small company, of 运营, in a data folder of its own."""
    settings.HOME = tmp_path / "home"
    return small_plan(cast.ops, tmp_path)


@pytest.fixture
def programs(cast, program, plan):  # noqa: ARG001 - the plan is there
    """``program``, where who may read plans may write them as well."""
    for role in cast.roles.values():
        if "plans.read" in role.permissions:
            role.permissions = [*role.permissions, "plans.write"]
            role.save()
    return program
