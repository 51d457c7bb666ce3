"""`python -m quotaloom.web VERB`: the verbs that need the database."""

from __future__ import annotations

import os
import sys

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.config.speech import refuse
from quotaloom.web.config.start import settled

INTERRUPTED = 130


def main() -> None:
    """Run one of Django's or our own management verbs; a refusal is told in words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotaloom.web.config.settings")
    words = settled(sys.argv[1:], os.environ)
    from django.conf import settings  # noqa: PLC0415 - the environment first
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings first

    try:
        _ = settings.INSTALLED_APPS
        execute_from_command_line(["quotaloom", *words])
    except QuotaLoomError as refusal:
        sys.exit(refuse(refusal))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
