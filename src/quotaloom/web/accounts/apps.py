"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Who signs in, and how."""

    name = "quotaloom.web.accounts"
    label = "accounts"
