"""Which other houses people may sign in through, from the environment.

``QUOTALOOM_OIDC=company`` lists the OpenID Connect houses; each is then told by
``QUOTALOOM_OIDC_COMPANY_URL``, ``…_CLIENT``, ``…_SECRET``, ``…_NAME``, ``…_CLAIM`` (default
``preferred_username``) and ``…_FIELD`` (``username`` or ``email``). ``QUOTALOOM_WECOM``,
``QUOTALOOM_FEISHU`` and ``QUOTALOOM_DINGTALK`` are ``CLIENT`` and ``SECRET`` with claim and field
alike; 企业微信 also has ``…_AGENT``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Text = Callable[[str, str], str]

CLAIMS = {"wecom": "userid", "feishu": "user_id", "dingtalk": "unionId"}
NAMES = {"wecom": "企业微信", "feishu": "飞书", "dingtalk": "钉钉"}


def providers(text: Text, secret: Callable[[str], str], houses: list[str]) -> dict[str, Any]:
    """Allauth's SOCIALACCOUNT_PROVIDERS; a house without a client is not offered."""
    found: dict[str, Any] = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [_oidc(one, text, secret) for one in houses],
        }
    }
    for code, claim in CLAIMS.items():
        name = code.upper()
        if client := text(f"{name}_CLIENT", ""):
            kept = {"agent": text(f"{name}_AGENT", ""), **_link(name, claim, text)}
            app = {"client_id": client, "secret": secret(f"{name}_SECRET"), "name": NAMES[code]}
            found[code] = {"APPS": [{**app, "settings": kept}], **_addresses(name, text)}
    return found


def _oidc(house: str, text: Text, secret: Callable[[str], str]) -> Mapping[str, Any]:
    name = f"OIDC_{house.upper()}"
    return {
        "provider_id": house,
        "name": text(f"{name}_NAME", house),
        "client_id": text(f"{name}_CLIENT", ""),
        "secret": secret(f"{name}_SECRET"),
        "settings": {
            "server_url": text(f"{name}_URL", ""),
            **_link(name, "preferred_username", text),
        },
    }


def _link(name: str, claim: str, text: Text) -> dict[str, Any]:
    chosen = text(f"{name}_CLAIM", claim)
    return {"link": {"claim": chosen, "field": text(f"{name}_FIELD", "username")}}


def _addresses(name: str, text: Text) -> dict[str, str]:
    """Where a private deployment of the house stands, if not at its public address."""
    base, page = text(f"{name}_URL", ""), text(f"{name}_PAGE", "")
    return {key: value for key, value in (("BASE_URL", base), ("AUTHORIZE_URL", page)) if value}
