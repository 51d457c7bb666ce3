"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Cockpit(AppConfig):
    """Figures against the plan in force, and the reconciliation with finance."""

    name = "quotaloom.web.cockpit"
    label = "cockpit"

    def ready(self) -> None:
        """The cockpit's door in the navigation."""
        place("cockpit", _("Cockpit"), "chart-column", "plans.read", "h")
