"""Which members of an axis a user sees or changes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from quotaloom.web.org.access import Scope, scope_of
from quotaloom.web.org.branches import unchanged
from quotaloom.web.org.models import Axis, Member

if TYPE_CHECKING:
    from quotaloom.web.accounts.models import User

SHARED: Final = (Axis.PRODUCT, Axis.TERRITORY, Axis.CHANNEL, Axis.INDUSTRY)


def sight_of(user: User, axis: str, permission: str = "org.read") -> Scope:
    """What the permission reaches on an axis, by the grants and branches of today.

    A grant on a branch of the organisation says nothing about products, territories, channels or
    industries: those are read by all who may read any master data. Customers it shuts out.
    """
    scope = scope_of(user, permission)
    shared = axis in SHARED and permission == "org.read"
    if scope.everything or not shared or not scope.members:
        return scope
    own = Member.objects.filter(axis=axis, pk__in=scope.members)
    return scope if own.exists() else Scope(everything=True, members=frozenset())


def codes_within(axis: str, scope: Scope) -> frozenset[str]:
    """The codes of the members that a scope holds; kept as long as the organisation stays."""
    return unchanged(_codes_within, axis, scope)


@lru_cache(maxsize=512)
def _codes_within(axis: str, scope: Scope, _state: int | None) -> frozenset[str]:
    rows = Member.objects.filter(axis=axis)
    rows = rows if scope.everything else rows.filter(pk__in=scope.members)
    return frozenset(rows.values_list("code", flat=True))
