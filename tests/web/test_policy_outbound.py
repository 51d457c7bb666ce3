"""No address that a user types is ever called: nothing leaves unless it is configured (S7)."""

from __future__ import annotations

import re
import socket
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.doors import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.store]
HOSTS = (  # typed, never bound
    "127.0.0.1", "127.1", "0.0.0.0", "0x7f000001",  # noqa: S104 - typed, never bound
    "2130706433", "017700000001", "localhost",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "169.254.169.254", "[fd00:ec2::254]",
    "metadata.google.internal", "100.100.100.200", "10.0.0.1", "192.168.0.1", "172.16.0.1",
    "127.0.0.1.nip.io", "user@127.0.0.1", "127.0.0.1#@example.com",
)  # fmt: skip
FORMS = (
    "http://{}/", "https://{}:22/", "//{}/", "ftp://{}/", "gopher://{}:6379/_INFO", "file://{}/etc",
    "http://{}/latest/meta-data/", "http:\\\\{}\\", "http:///{}", "dict://{}:11211/",
)  # fmt: skip
WORDS = ("next", "url", "callback", "redirect_uri", "server_url", "logo", "avatar", "webhook")
VARIANTS = [form.format(host) for host, form in product(HOSTS, FORMS)]


@pytest.fixture
def calls(monkeypatch):
    """Every address that somebody tries to reach, other than the database."""
    reached = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: reached.append(where))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_: reached.append(asked) or [])
    return reached


def test_there_are_two_hundred_ways_to_try():
    assert len(set(VARIANTS)) == 200


@pytest.mark.parametrize("name", ["account_login", "choose_language", "openid_connect_login"])
def test_a_stranger_makes_us_call_nobody(calls, cast, name):  # noqa: ARG001 - the accounts
    where = reverse(name, args=["x"] if name.startswith("openid") else [])
    for text in VARIANTS:
        told = dict.fromkeys(WORDS, text) | {"login": "li", "password": "li-secret-2027"}
        answer = Client().post(where, told)
        assert re.match(r"/(?![/\\])", answer.headers.get("Location", "/"))
    assert calls == []


def test_nobody_who_is_signed_in_makes_us_call_anybody(calls, as_user):
    plain = [one.name for one in addresses() if not one.takes and one.policy != "program"]
    clients = [as_user(name) for name in ("ops", "security", "system")]
    for place, text in enumerate(VARIANTS):
        name = plain[place % len(plain)]
        for client in clients:
            told = dict.fromkeys(WORDS, text)
            client.get(reverse(name), told)
            client.post(reverse(name), told)
    assert calls == []
