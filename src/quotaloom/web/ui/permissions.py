"""Every permission that a role may hold, with what it allows; endpoints name one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

PERMISSIONS: Final = {
    "plans.read": _("See plans within one's scope"),
    "plans.create": _("Make a plan from a file"),
    "plans.write": _("Edit plans within one's scope"),
    "plans.release": _("Release plans as editions and close periods"),
    "plans.export": _("Download what one may see"),
    "data.read": _("See which business data were imported, how fresh they are, and by whom"),
    "data.import": _("Import business data, take batches back, resolve unknown names"),
    "opportunities.read": _("See opportunities within one's scope"),
    "opportunities.write": _("Open, change and close opportunities within one's scope"),
    "org.read": _("See the organisation and other master data within one's scope"),
    "org.edit": _("Open, close, move, rename, split and merge members; import lists"),
    "people.read": _("See who holds which seat"),
    "people.edit": _("Change who holds which seat"),
    "access.read": _("See accounts, roles and grants"),
    "access.edit": _("Change accounts, roles and grants"),
    "audit.read": _("Read and verify the audit"),
    "audit.export": _("Download the audit"),
    "system.read": _("See jobs and the state of the system"),
    "system.edit": _("Change settings of the system"),
    "view_as.use": _("See pages as somebody else would, without changing anything"),
    "tokens.use": _("Make tokens for programs"),
}


def known(permissions: Iterable[str]) -> list[str]:
    """Those of the permissions that there are, each once, in the order above."""
    wanted = set(permissions)
    return [one for one in PERMISSIONS if one in wanted]
