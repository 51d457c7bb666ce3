"""Twenty secrets are used on a real server: none of them is said, logged, audited or cached."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from functools import partial
from urllib.parse import urlsplit

import pyotp
import pytest
import requests

from quotaloom.web.accounts.providers import CLAIMS
from tests.support.chat_houses import DingTalk
from tests.support.house_server import serving as house_serving
from tests.support.site import serving, web
from tests.support.small_plan import orders_text

PLANTED = {  # what this test chooses; the server makes the rest itself
    name: f"planted-{number:02d}-Zq7vK2mXw9LpR4tY8sB3nH6jD1fG5cA0eU"
    for number, name in enumerate(
        ("key", "oidc", *CLAIMS, "right", "wrong", "unknown", "chosen", "old", "guess", "header",
         "query", "cookie", "cell")
    )
}  # fmt: skip
ACCOUNT = """
from quotaloom.web.accounts.models import User
from quotaloom.web.accounts.password_link import link_make
from quotaloom.web.api.token import token_create
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.models import Grant, Role
role = Role.objects.create(code="all", name_zh="a", name_en="a",
    permissions=["plans.read", "plans.create", "org.read", "tokens.use"])
for name in ("li", "zhao"):
    user = User.objects.create_user(name, password={right!r})
    Grant.objects.create(user=user, role=role, valid_from="2024-01-01")
print(link_make(user=user))
print(token_create(actor=Actor(), user=user, name="x", scopes=["org.read"], days=1)[1])
"""


class Visitor(requests.Session):
    """A browser that keeps its cookies and sends the form's token."""

    def __init__(self, url):
        super().__init__()
        self.at = url.rstrip("/")

    def send_form(self, path, **told):
        page = self.get(f"{self.at}{path}").text
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)
        told["csrfmiddlewaretoken"] = token[1] if token else ""
        files = told.pop("files", None)
        return self.post(f"{self.at}{path}", told, files=files, allow_redirects=False)

    def sign_in(self, name, password):
        return self.send_form("/account/login/", login=name, password=password)


@pytest.fixture
def house():
    """钉钉, which refuses."""
    one = DingTalk({})
    with house_serving(one.answer) as url:
        one.url = url
        yield one


def environment_of(house):
    told = {"QUOTALOOM_SECRET_KEY": PLANTED["key"], "QUOTALOOM_OIDC": "company"}
    told |= {"QUOTALOOM_OIDC_COMPANY_URL": house.url, "QUOTALOOM_OIDC_COMPANY_CLIENT": "x"}
    told["QUOTALOOM_OIDC_COMPANY_SECRET"] = PLANTED["oidc"]
    for name in CLAIMS:
        told[f"QUOTALOOM_{name.upper()}_CLIENT"] = "x"
        told[f"QUOTALOOM_{name.upper()}_SECRET"] = PLANTED[name]
        told[f"QUOTALOOM_{name.upper()}_URL"] = house.url
    return told


ask = partial(requests.get, timeout=30)


def used(site, link, token):
    """Use every secret, rightly and wrongly; answers those that the server made on the way."""
    one = Visitor(site.url)
    one.sign_in("li", PLANTED["wrong"])
    one.sign_in(PLANTED["unknown"], PLANTED["guess"])  # a password typed as a name
    assert one.sign_in("li", PLANTED["right"]).status_code == 302
    made = {"session": one.cookies["sessionid"], "csrf": one.cookies["csrftoken"]}
    made |= {"link": link, "token": token, "totp": factor(one)}
    weak = {"new_password1": PLANTED["old"], "new_password2": PLANTED["chosen"]}
    Visitor(site.url).send_form(f"/account/password/{link}/", **weak)
    ask(f"{one.at}/api/v1/members", headers={"Authorization": f"Bearer {token}"})
    ask(f"{one.at}/api/v1/members", headers={"Authorization": PLANTED["header"]})
    ask(f"{one.at}/api/v1/members", {"token": PLANTED["query"]})
    ask(f"{one.at}/plans/", cookies={"sessionid": PLANTED["cookie"]})
    text = orders_text(spoiled=PLANTED["cell"]).encode()
    one.send_form("/plans/new/", files={"file": ("订单.csv", text)})
    away = one.send_form("/account/dingtalk/login/")
    goal = re.search(r"state=([^&\"]+)", away.text)
    back = {"authCode": PLANTED["guess"], "state": goal[1] if goal else ""}
    one.get(f"{one.at}/account/dingtalk/login/callback/", params=back)
    return made


def factor(one):
    """Switch a second factor on; answers its secret."""
    one.send_form("/account/reauthenticate/", password=PLANTED["right"])
    address = f"{one.at}/account/security/totp/"
    page = one.get(address).text  # each look at the page makes another secret
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)[0]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
    if (left := 30 - time.time() % 30) < 10:
        time.sleep(left)  # a code of the next half minute: this one might be over on its way
    one.post(address, {"code": pyotp.TOTP(secret).now(), "csrfmiddlewaretoken": token})
    return secret


def kept_in(home):
    """What a dump of the database holds, and what lies in the cache."""
    with closing(sqlite3.connect(home / "quotaloom.sqlite3", timeout=20)) as line:
        rows = "\n".join(line.iterdump())
    cached = [path.read_bytes().decode("latin-1") for path in (home / "cache").rglob("*.djcache")]
    return rows, "\n".join(cached)


def test_no_secret_is_said(tmp_path, house):
    home, more = tmp_path / "home", environment_of(house)
    home.mkdir()
    assert web(home, "migrate", "--verbosity", "0", **more).returncode == 0
    done = web(home, "shell", "--command", ACCOUNT.format(right=PLANTED["right"]), **more)
    assert done.returncode == 0, done.stderr
    link, token = done.stdout.split()[-2:]
    with serving(home, "--workers", 1, **more) as site:
        assert urlsplit(site.url).scheme == "http"
        secrets = PLANTED | used(site, link, token)
        doctor = web(home, "doctor", **more)
    assert len(secrets) == 20
    rows, cached = kept_in(home)
    said = "".join(site.said) + doctor.stdout + doctor.stderr + cached
    assert [name for name, secret in secrets.items() if secret in said] == []
    assert "sealed1:" in rows  # the second factor was switched on
    in_rows = set(secrets) - {"session"}  # which Django looks up by its key
    assert [name for name in in_rows if secrets[name] in rows] == []
