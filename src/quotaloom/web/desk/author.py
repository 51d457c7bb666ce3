"""What the accounts are called that wrote edits and own holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterable


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """The names of accounts by their opaque ids."""
    people = {one for one in ids if one != SYSTEM}
    names = {str(one.pk): one.shown_name for one in User.objects.filter(pk__in=people)}
    return names | {SYSTEM: _("System")}
