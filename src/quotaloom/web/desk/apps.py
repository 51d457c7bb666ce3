"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """Editing living plans."""

    name = "quotaloom.web.desk"
    label = "desk"
