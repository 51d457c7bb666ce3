"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """Editing living plans."""

    name = "quotaloom.web.desk"
    label = "desk"

    def ready(self) -> None:
        """Let the worker release the holds that have ended."""
        from quotaloom.web.desk.expiry import ended_holds_release  # noqa: PLC0415 - needs the models
        from quotaloom.web.jobs.chore import CHORES  # noqa: PLC0415

        CHORES["plans.ended_holds"] = ended_holds_release
