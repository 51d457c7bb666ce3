"""`setup_token`: print a new token for set-up, while there is no account yet; else nothing."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from quotaloom.web.org.access_setup import is_open, setup_token


class Command(BaseCommand):
    """The verb; whoever prints it at start shows it beside the address."""

    help = "print a new token for set-up while nobody has an account"
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        """One line, or none."""
        if is_open():
            self.stdout.write(setup_token())
