"""The app's name, and its jobs."""

from __future__ import annotations

from django.apps import AppConfig


class Exchange(AppConfig):
    """Workbooks handed out and taken back."""

    name = "quotaloom.web.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Make the worker know the work."""
        from quotaloom.web.exchange import jobs  # noqa: F401, PLC0415 - needs the models
