"""The cast for every page, and a client for each of them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support.browser import browser, desk, signed, site
from tests.support.cast import Cast, assembled

__all__ = ["as_user", "browser", "cast", "desk", "signed", "site"]


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
