"""The company of this workspace: one row, made when it is first asked for to be changed."""

from __future__ import annotations

from django.db import DatabaseError

from quotaloom.web.accounts.models import Company


def company() -> Company:
    """The company, with its defaults where nobody has set it up yet."""
    return Company.objects.filter(pk=1).first() or Company(pk=1)


def company_unit() -> str:
    """The unit in which pages open; none while the database does not answer."""
    try:
        return company().unit
    except DatabaseError:
        return ""
