"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Api(AppConfig):
    """The interface for programs."""

    name = "quotaloom.web.api"
    label = "api"
