"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class Versions(AppConfig):
    """Scenarios, editions and comparisons."""

    name = "quotaloom.web.versions"
    label = "versions"

    def ready(self) -> None:
        """What the audit's verification asks of editions."""
        from quotaloom.web.audit.proof import PROOFS  # noqa: PLC0415 - once apps are there
        from quotaloom.web.versions.proof import editions_altered  # noqa: PLC0415 - needs the models

        PROOFS.append(editions_altered)
