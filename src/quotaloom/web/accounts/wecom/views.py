"""The way to 企业微信 and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2Adapter,
    OAuth2CallbackView,
    OAuth2LoginView,
)

from quotaloom.web.accounts.wecom.client import Client, asked

if TYPE_CHECKING:
    from django.http import HttpRequest


class WeComAdapter(OAuth2Adapter):  # type: ignore[misc]
    """Addresses and answers of 企业微信; BASE_URL is where a private deployment stands."""

    provider_id = "wecom"
    client_class = Client
    base = "https://qyapi.weixin.qq.com"
    page = "https://login.work.weixin.qq.com/wwlogin/sso/login"

    @property
    def authorize_url(self) -> str:
        """The page where people scan or confirm."""
        return str(self.get_provider().get_settings().get("AUTHORIZE_URL", self.page))

    @property
    def access_token_url(self) -> str:
        """Where the application gets its token."""
        return f"{self._base()}/cgi-bin/gettoken"

    def get_client(self, request: HttpRequest, app: Any) -> Client:  # noqa: ANN401
        """A client that knows the agent."""
        client: Client = super().get_client(request, app)
        client.agent = app.settings.get("agent", "")
        return client

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:  # noqa: ANN401, ARG002
        """Who came: a member of the company; an outsider has no userid and is refused."""
        code = kwargs["response"]["code"]
        url = f"{self._base()}/cgi-bin/auth/getuserinfo"
        told = asked(url, access_token=token.token, code=code)
        if not told.get("userid"):
            raise OAuth2Error("not a member of the company")
        return self.get_provider().sociallogin_from_response(request, {"userid": told["userid"]})

    def _base(self) -> str:
        return str(self.get_provider().get_settings().get("BASE_URL", self.base)).rstrip("/")


oauth2_login = OAuth2LoginView.adapter_view(WeComAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(WeComAdapter)
