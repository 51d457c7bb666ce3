"""`python -m quotaloom.web VERB`: the verbs that need the database."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one of Django's or our own management verbs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotaloom.web.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings first

    execute_from_command_line(["quotaloom", *sys.argv[1:]])


if __name__ == "__main__":
    main()
