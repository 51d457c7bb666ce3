"""The app's name, its door, and what it does beside the pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Registers(AppConfig):
    """Opportunities, kept one by one."""

    name = "quotaloom.web.registers"
    label = "registers"

    def ready(self) -> None:
        """Add the door to the navigation; let the worker publish what was left."""
        from quotaloom.web.jobs.chore import CHORES  # noqa: PLC0415
        from quotaloom.web.registers.publish import publish  # noqa: PLC0415 - needs the models
        from quotaloom.web.registers.search import opportunities_found  # noqa: PLC0415
        from quotaloom.web.ui.search import FINDERS  # noqa: PLC0415

        CHORES["registers.publish"] = publish
        FINDERS.append(opportunities_found)
        place("opportunity_list", _("Opportunities"), "handshake", "opportunities.read", "f")
