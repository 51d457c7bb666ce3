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
        """The cockpit's door in the navigation; let the worker make its sums."""
        from quotaloom.web.cockpit.ahead import sums_ahead  # noqa: PLC0415 - needs the models
        from quotaloom.web.jobs.chore import CHORES  # noqa: PLC0415

        CHORES["cockpit.sums"] = sums_ahead
        place("cockpit", _("Cockpit"), "chart-column", "plans.read", "h")
