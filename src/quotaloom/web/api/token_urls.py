"""Addresses of one's own tokens."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.api import token_views

urlpatterns = [
    path("", token_views.token_list, name="token_list"),
    path("new/", token_views.token_new, name="token_new"),
    path("<int:token_id>/revoke/", token_views.token_stop, name="token_revoke"),
]
