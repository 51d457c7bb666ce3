"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Ui(AppConfig):
    """Page furniture."""

    name = "quotaloom.web.ui"
    label = "ui"
