"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Audit(AppConfig):
    """Who did what, in a chain that shows tampering."""

    name = "quotaloom.web.audit"
    label = "audit"
