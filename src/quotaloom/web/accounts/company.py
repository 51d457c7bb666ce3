"""The company of this workspace: one row, made when it is first asked for to be changed."""

from __future__ import annotations

from quotaloom.web.accounts.models import Company


def company() -> Company:
    """The company, with its defaults where nobody has set it up yet."""
    return Company.objects.filter(pk=1).first() or Company(pk=1)
