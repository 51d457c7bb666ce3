"""What a user may do and where: the grants in force today, asked once a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from rules.permissions import add_perm, perm_exists
from rules.predicates import Predicate

from quotaloom.web.org.branches import below
from quotaloom.web.org.models import Grant
from quotaloom.web.ui.permissions import PERMISSIONS

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from quotaloom.web.accounts.models import User
    from quotaloom.web.org.models import Member


@dataclass(frozen=True, slots=True)
class Scope:
    """The members that a permission reaches; ``everything`` where a grant has no branch."""

    everything: bool
    members: frozenset[UUID]

    def holds(self, member: UUID) -> bool:
        """Whether the member lies within."""
        return self.everything or member in self.members

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return not self.everything and not self.members


NOWHERE: Final = Scope(everything=False, members=frozenset())


def grants_of(user: User, on: date) -> list[Grant]:
    """The grants in force on a day, with their roles."""
    kept: dict[date, list[Grant]] = _kept(user, "_grants")
    if on not in kept:
        rows = Grant.objects.filter(user=user, valid_from__lte=on).exclude(valid_to__lte=on)
        kept[on] = list(rows.select_related("role"))
    return kept[on]


def may(user: User, permission: str) -> bool:
    """Whether any grant in force today holds the permission."""
    if not user.is_active:
        return False
    today = timezone.localdate()
    return any(permission in grant.role.permissions for grant in grants_of(user, today))


def scope_of(user: User, permission: str, on: date | None = None, *, measure: str = "") -> Scope:
    """Where the permission reaches on a day: the branches of the grants that hold it.

    For figures of a ``measure`` only the grants count that are not narrowed to other measures.
    """
    day = on or timezone.localdate()
    if not user.is_active:
        return NOWHERE
    held = [one for one in _held(user, permission, day) if _reaches(one, measure)]
    if any(grant.scope_id is None for grant in held):
        return Scope(everything=True, members=frozenset())
    roots = frozenset(grant.scope_id for grant in held if grant.scope_id)
    return Scope(everything=False, members=_below(user, roots, day)) if roots else NOWHERE


def measures_of(user: User, permission: str, on: date | None = None) -> frozenset[str] | None:
    """The measures that the permission reaches on a day; None: all of them."""
    held = _held(user, permission, on or timezone.localdate())
    if any(not grant.measures for grant in held):
        return None
    return frozenset(measure for grant in held for measure in grant.measures)


def _held(user: User, permission: str, day: date) -> list[Grant]:
    return [one for one in grants_of(user, day) if permission in one.role.permissions]


def _reaches(grant: Grant, measure: str) -> bool:
    return not measure or not grant.measures or measure in grant.measures


def _below(user: User, roots: frozenset[UUID], day: date) -> frozenset[UUID]:
    """The members below the roots, asked of the database once a request."""
    kept: dict[tuple[frozenset[UUID], date], frozenset[UUID]] = _kept(user, "_branches")
    if (roots, day) not in kept:
        kept[roots, day] = below(roots, day)
    return kept[roots, day]


def _kept(user: User, name: str) -> dict[Any, Any]:
    """What was asked for a user in this request, also where a lazy proxy stands for her."""
    if not hasattr(user, name):
        setattr(user, name, {})
    found: dict[Any, Any] = getattr(user, name)
    return found


def covers(wide: Scope, narrow: Scope) -> bool:
    """Whether all that ``narrow`` holds lies within ``wide``."""
    if wide.everything:
        return True
    return not narrow.everything and narrow.members <= wide.members


def _predicate(permission: str) -> Predicate:
    def holds(user: User, member: Member | None = None) -> bool:
        if not user.is_authenticated or not may(user, permission):
            return False
        return member is None or scope_of(user, permission).holds(member.pk)

    return Predicate(holds, f"holds {permission}")


def declare_permissions() -> None:
    """Tell the permission backend who holds what; called once, at start."""
    for permission in PERMISSIONS:
        if not perm_exists(permission):
            add_perm(permission, _predicate(permission))
