"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    """Long work with progress."""

    name = "quotaloom.web.jobs"
    label = "jobs"
