"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Colleagues(AppConfig):
    """Presence and comments."""

    name = "quotaloom.web.colleagues"
    label = "colleagues"
