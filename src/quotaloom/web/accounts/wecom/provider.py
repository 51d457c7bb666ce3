"""企业微信 as allauth knows a provider; it finds this module by its name."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from quotaloom.web.accounts.wecom.views import WeComAdapter


class WeComProvider(OAuth2Provider):  # type: ignore[misc]
    """The company's own directory: the uid is the member's userid."""

    id = "wecom"
    name = "企业微信"
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The member."""
        return str(data["userid"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, str]:
        """What an account would be called."""
        return {"username": str(data["userid"])}


provider_classes = [WeComProvider]
