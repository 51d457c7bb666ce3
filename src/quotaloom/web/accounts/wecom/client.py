"""What 企业微信 does differently: an application token from two secrets, answers with errcode."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.utils.http import urlencode


def asked(url: str, **params: str) -> dict[str, Any]:
    """The JSON answer to a GET. Raises OAuth2Error with the house's own words on errcode ≠ 0."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(url, params=params)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    return told


class Client(OAuth2Client):  # type: ignore[misc]
    """Names the application by ``appid`` and ``agentid``; the token is the application's own."""

    agent = ""

    def get_redirect_url(self, authorization_url: str, scope: object, extra_params: object) -> str:  # noqa: ARG002
        """Where the browser goes to sign in."""
        params = {
            "login_type": "CorpApp",
            "appid": self.consumer_key,
            "agentid": self.agent,
            "redirect_uri": self.callback_url,
            "state": self.state,
        }
        return f"{authorization_url}?{urlencode(params)}"

    def get_access_token(
        self,
        code: str,
        pkce_code_verifier: str | None = None,  # noqa: ARG002
        extra_data: object = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        """The application's token; the code is used with it to ask who came."""
        told = asked(
            self.access_token_url, corpid=self.consumer_key, corpsecret=self.consumer_secret
        )
        return {
            "access_token": told["access_token"],
            "expires_in": told.get("expires_in"),
            "code": code,
        }
