"""Calls to other houses: to where they stand, and with their refusals in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC: Final = {"feishu": "https://open.feishu.cn", "dingtalk": "https://api.dingtalk.com"}
CODES: Final = ("errcode", "code", "error")  # as 企业微信, 飞书 and 钉钉, OpenID Connect say them
REASONS: Final = ("errmsg", "message", "msg", "error_description")


def led(session: Any) -> Any:  # noqa: ANN401 - of requests, which allauth makes
    """The session, its calls going where a house stands, its refusals told by ``OAuth2Error``."""
    asked = session.request

    def request(method: str, url: str, **more: Any) -> Any:  # noqa: ANN401
        return asked(method, moved(url), **more)

    session.request = request
    session.hooks["response"].append(_refused)
    return session


def moved(url: str) -> str:
    """The address at a private deployment of the house, where one is configured."""
    for code, public in PUBLIC.items():
        base = settings.SOCIALACCOUNT_PROVIDERS.get(code, {}).get("BASE_URL", "")
        if base and url.startswith(f"{public}/"):
            return str(base).rstrip("/") + url.removeprefix(public)
    return url


def reason(told: object) -> str:
    """The code and the words of a refusal; "" for an answer that is none."""
    if not isinstance(told, dict):
        return ""
    code = _first(told, CODES)
    words = _first(told, REASONS)
    return f"{code} {words}".strip() if code not in {"", "0"} else ""


def _first(told: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((str(told[name]) for name in names if told.get(name) is not None), "")


def _refused(answer: Any, **_more: object) -> None:  # noqa: ANN401 - of requests
    """What requests calls with each answer. Raises OAuth2Error."""
    try:
        said = reason(answer.json())
    except ValueError:
        return
    if said:
        raise OAuth2Error(said)
