"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Start-up and its verbs."""

    name = "quotaloom.web.config"
    label = "config"
