"""Addresses of signing in: those of allauth that we open, one by one, and our own."""

from __future__ import annotations

from importlib import import_module

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import path

from quotaloom.web.accounts import views
from quotaloom.web.accounts.departure import where_configured

PROVIDERS = (
    "quotaloom.web.accounts.wecom",
    "allauth.socialaccount.providers.feishu",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.openid_connect",
)
urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", views.change_password, name="account_change_password"),
    path("password/<str:secret>/", views.choose_password, name="choose_password"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("code/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("security/", mfa.index, name="mfa_index"),
    path("security/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path("security/totp/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "security/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "security/codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("refused/", social.login_error, name="socialaccount_login_error"),
]
for provider in PROVIDERS:
    urlpatterns += where_configured(import_module(f"{provider}.urls").urlpatterns)
