"""The app's name, its door and its jobs."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Intake(AppConfig):
    """Business data: what was imported, and more of it."""

    name = "quotaloom.web.data"
    label = "data"

    def ready(self) -> None:
        """Add the door to the navigation; make the worker know the work."""
        from quotaloom.web.data import jobs  # noqa: F401, PLC0415 - needs the models

        place("data", _("Business data"), "file-spreadsheet", "data.read", "d")
