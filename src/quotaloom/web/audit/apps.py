"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Audit(AppConfig):
    """Who did what, in a chain that shows tampering."""

    name = "quotaloom.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Listen to what lies below, and put the door in the navigation."""
        from quotaloom.web.audit.listeners import listen  # noqa: PLC0415 - needs the models

        listen()
        place("audit_list", _("Audit"), "scroll-text", "audit.read", "u")
