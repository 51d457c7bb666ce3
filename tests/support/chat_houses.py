"""Servers that speak as 飞书 and 钉钉 do: a token for a code, then who the token belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.support.house_server import as_json

APP, SECRET = "cli_0123456789", "a-secret-of-the-app"
APP_TOKEN, USER_TOKEN = "token-of-the-app", "token-of-the-user"


@dataclass
class ChatHouse:
    """``who`` is told of the one who agrees; each code works once."""

    who: dict
    url: str = ""
    codes: set = field(default_factory=set)
    asked: list = field(default_factory=list)  # paths, in order

    def answer(self, method, url, words, headers):
        """One request, in the words of the house's own documentation."""
        path = urlsplit(url).path
        self.asked.append(path)
        return self.answers[method, path](self, words, headers)

    def agreed(self, goal):
        """Where the browser is sent after somebody agreed on the page at ``goal``."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(goal).query).items()}
        assert told[self.app_word] == APP
        assert SECRET not in goal
        self.codes.add("a-code")
        back = urlencode({self.code_word: "a-code", "state": told["state"]})
        return f"{told['redirect_uri']}?{back}"

    def _spent(self, code):
        """Whether the code is none of ours, or was used before."""
        known = code in self.codes
        self.codes.discard(code)
        return not known


class Feishu(ChatHouse):
    """飞书 answers 200 with a code of its own."""

    app_word, code_word = "app_id", "code"

    def app_token(self, words, _headers):
        if (words.get("app_id"), words.get("app_secret")) != (APP, SECRET):
            return as_json({"code": 10014, "msg": "app secret invalid"})
        return as_json({"code": 0, "msg": "ok", "app_access_token": APP_TOKEN, "expire": 7200})

    def user_token(self, words, _headers):
        if words.get("app_access_token") != APP_TOKEN:
            return as_json({"code": 20014, "msg": "the app access token is invalid"})
        if self._spent(words.get("code")):
            return as_json({"code": 20003, "msg": "invalid code"})
        told = {"access_token": USER_TOKEN, "refresh_token": "again", "expires_in": 7200}
        return as_json({"code": 0, "msg": "success", "data": told})

    def user(self, _words, headers):
        if headers.get("Authorization") != f"Bearer {USER_TOKEN}":
            return as_json({"code": 20005, "msg": "the access token is invalid"}, 401)
        return as_json({"code": 0, "msg": "success", "data": self.who})

    answers = {  # noqa: RUF012 - a table
        ("POST", "/open-apis/auth/v3/app_access_token/internal/"): app_token,
        ("POST", "/open-apis/authen/v1/access_token"): user_token,
        ("GET", "/open-apis/authen/v1/user_info"): user,
    }


class DingTalk(ChatHouse):
    """钉钉 answers 400 with a code of its own, and calls the code that comes back authCode."""

    app_word, code_word = "client_id", "authCode"

    def user_token(self, words, _headers):
        if (words.get("clientId"), words.get("clientSecret")) != (APP, SECRET):
            return as_json({"code": "invalidClientSecret", "message": "无效的clientSecret"}, 400)
        if words.get("grantType") != "authorization_code" or self._spent(words.get("code")):
            return as_json({"code": "invalidAuthCode", "message": "不合法的临时授权码"}, 400)
        return as_json({"accessToken": USER_TOKEN, "refreshToken": "again", "expireIn": 7200})

    def user(self, _words, headers):
        if headers.get("x-acs-dingtalk-access-token") != USER_TOKEN:
            return as_json(
                {"code": "InvalidAuthentication", "message": "不合法的access_token"}, 400
            )
        return as_json(self.who)

    answers = {  # noqa: RUF012 - a table
        ("POST", "/v1.0/oauth2/userAccessToken"): user_token,
        ("GET", "/v1.0/contact/users/me"): user,
    }
