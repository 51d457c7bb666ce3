"""Addresses of 企业微信."""

from __future__ import annotations

from allauth.socialaccount.providers.oauth2.urls import default_urlpatterns

from quotaloom.web.accounts.wecom.provider import WeComProvider

urlpatterns = default_urlpatterns(WeComProvider)
