"""The roles a company starts with; each may be changed, the three administrations stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

_READ = ("plans.read", "org.read", "people.read", "opportunities.read")
_WRITE = "opportunities.write"
ROLES: Final = {  # code -> name zh, name en, permissions
    "system_admin": ("系统管理员", "System administrator", ("system.read", "system.edit")),
    "security_admin": (
        "安全管理员",
        "Security administrator",
        ("access.read", "access.edit", "org.read", "people.read", "view_as.use"),
    ),
    "audit_admin": ("审计管理员", "Audit administrator", ("audit.read", "audit.export")),
    "sales_ops": (
        "销售运营",
        "Sales operations",
        (
            *_READ,
            "plans.create",
            "plans.write",
            "plans.export",
            _WRITE,
            "data.read",
            "data.import",
            "org.edit",
            "people.edit",
            "tokens.use",
            "view_as.use",
        ),
    ),
    "director": (
        "总监",
        "Director",
        (*_READ, "plans.write", "plans.release", "plans.export", _WRITE, "data.read", "tokens.use"),
    ),
    "regional_manager": (
        "大区经理",
        "Regional manager",
        (*_READ, "plans.write", "plans.export", _WRITE),
    ),
    "account_manager": (
        "客户经理",
        "Account manager",
        ("plans.read", "org.read", "plans.export", "opportunities.read", _WRITE),
    ),
    "finance": (
        "财务",
        "Finance",
        (*_READ, "plans.release", "plans.export", "data.read", "data.import"),
    ),
}
SEPARATE: Final = ("system_admin", "security_admin", "audit_admin")  # no account holds two
ADMINISTRATIONS: Final = {  # the permissions that no account may hold of two kinds
    "system": frozenset({"system.edit"}),
    "security": frozenset({"access.edit"}),
    "audit": frozenset({"audit.read", "audit.export"}),
}
CARD_ROLES: Final = (  # of the demo's sign-in page, in this order
    "director",
    "regional_manager",
    "account_manager",
    "sales_ops",
    "finance",
    "system_admin",
    "security_admin",
    "audit_admin",
)
MEASURES: Final = {  # what a grant may be narrowed to; none named: all
    "booked": _("Bookings"),
    "shipped": _("Shipments"),
    "invoiced": _("Billings"),
    "recognised": _("Recognised revenue"),
    "collected": _("Collections"),
    "margin": _("Margin"),
}


def administrations(permissions: Iterable[str]) -> frozenset[str]:
    """Which of the three administrations these permissions belong to."""
    held = set(permissions)
    return frozenset(kind for kind, marks in ADMINISTRATIONS.items() if held & marks)
