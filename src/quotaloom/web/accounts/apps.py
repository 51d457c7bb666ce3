"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig

from quotaloom.web.ui.frame import COMPANY_UNIT


class Accounts(AppConfig):
    """Who signs in, and how."""

    name = "quotaloom.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Pages open in the company's unit."""
        from quotaloom.web.accounts.company import company_unit  # noqa: PLC0415 - needs the models

        COMPANY_UNIT[:] = [company_unit]
