"""The app's name, and what it tells the permission backend at start."""

from __future__ import annotations

from django.apps import AppConfig


class Org(AppConfig):
    """Members, people, roles, and who may see what."""

    name = "quotaloom.web.org"
    label = "org"

    def ready(self) -> None:
        """Every permission gets its predicate."""
        from quotaloom.web.org.access import declare_permissions  # noqa: PLC0415 - needs the models

        declare_permissions()
