"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Plans(AppConfig):
    """Plans and their pages."""

    name = "quotaloom.web.plans"
    label = "plans"

    def ready(self) -> None:
        """The plans' door in the navigation."""
        from quotaloom.web.plans import jobs  # noqa: F401, PLC0415 - registers the kinds of work

        place("plan_list", _("Plans"), "network", "plans.read", "p")
