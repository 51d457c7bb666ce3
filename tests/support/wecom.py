"""A server that speaks as 企业微信 does: a corporation's token, then who the code belongs to."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.support.house_server import as_json, serving

CORP, AGENT, SECRET = "ww0123456789abcdef", "1000002", "a-secret-of-the-agent"
TOKEN = "token-of-the-application"  # noqa: S105


@dataclass
class WeCom:
    """``member`` is who scans; an outsider has an openid instead of a userid."""

    member: dict
    url: str = ""
    codes: set = field(default_factory=set)

    def answer(self, _method, url, words, _headers):
        """One request, in the words of its own documentation."""
        path = urlsplit(url).path
        if path == "/cgi-bin/gettoken":
            if (words.get("corpid"), words.get("corpsecret")) != (CORP, SECRET):
                return as_json({"errcode": 40001, "errmsg": "invalid credential"})
            return as_json(
                {"errcode": 0, "errmsg": "ok", "access_token": TOKEN, "expires_in": 7200}
            )
        if path == "/cgi-bin/auth/getuserinfo":
            if words.get("access_token") != TOKEN:
                return as_json({"errcode": 40014, "errmsg": "invalid access_token"})
            if words.get("code") not in self.codes:
                return as_json({"errcode": 40029, "errmsg": "invalid code"})
            self.codes.discard(words["code"])  # a code works once
            return as_json({"errcode": 0, "errmsg": "ok", **self.member})
        return as_json({"errcode": 404, "errmsg": "no such address"}, 404)

    def scanned(self, goal):
        """Where the browser is sent after somebody scanned the page at ``goal``."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(goal).query).items()}
        assert (asked["appid"], asked["agentid"]) == (CORP, AGENT)
        self.codes.add("a-code")
        back = urlencode({"code": "a-code", "state": asked["state"]})
        return f"{asked['redirect_uri']}?{back}"


@contextmanager
def wecom_house(member):
    """The server, running."""
    house = WeCom(member)
    with serving(house.answer) as url:
        house.url = url
        yield house
