"""Reading lists that were brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from quotaloom.web.org.access import may, scope_of
from quotaloom.web.org.models import ListImport

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User


def lists_for_user(user: User) -> QuerySet[ListImport]:
    """Lists reach anywhere: they are for those whose permission does too."""
    for permission in ("org.edit", "people.edit"):
        if not may(user, permission) or not scope_of(user, permission).everything:
            raise PermissionDenied(permission)
    return ListImport.objects.select_related("owner", "job__owner").defer("written")
