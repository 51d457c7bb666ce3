"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Journals(AppConfig):
    """What happened to each living plan."""

    name = "quotaloom.web.journals"
    label = "journals"
