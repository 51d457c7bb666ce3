"""What an account sees and may do on a day: its grants told permission by permission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.web.org.access import Scope, covers, grants_of, may, measures_of, scope_of
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Kind, Member, MemberDetail
from quotaloom.web.org.roles import MEASURES
from quotaloom.web.ui.permissions import PERMISSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.utils.functional import Promise

    from quotaloom.web.accounts.models import User
    from quotaloom.web.org.models import Grant

SEEN = ("read", "export")  # what shows without changing anything


@dataclass(frozen=True, slots=True)
class Sight:
    """One permission of an account: its words, the branches it reaches, how many members."""

    permission: str
    words: str | Promise
    everywhere: bool
    branches: tuple[str, ...]
    units: int
    seats: int
    measures: tuple[str, ...]


def sights(user: User) -> list[Sight]:
    """Every permission that the account holds today, in the order of the list of permissions."""
    names = branch_names(g.scope_id for g in grants_of(user, timezone.localdate()) if g.scope_id)
    return [_sight(user, one, names) for one in PERMISSIONS if may(user, one)]


def may_view_as(viewer: User, target: User) -> bool:
    """Whether the viewer sees all that the target sees; never herself, never a closed account."""
    if viewer.pk == target.pk or not target.is_active or not may(viewer, "view_as.use"):
        return False
    if not covers(scope_of(viewer, "view_as.use"), _whole_reach(target)):
        return False
    shown = [one for one in PERMISSIONS if one.rsplit(".", 1)[-1] in SEEN and may(target, one)]
    return all(_sees(viewer, target, one) for one in shown)


def branch_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """What members are called today; their codes where they have no name."""
    wanted = set(ids)
    names = dict(Member.objects.filter(pk__in=wanted).values_list("pk", "code"))
    today = in_force(timezone.localdate())
    rows = MemberDetail.objects.filter(today, member_id__in=wanted)
    names.update(rows.values_list("member_id", "name"))
    return names


def _sees(viewer: User, target: User, permission: str) -> bool:
    """Whether the permission reaches at least as far for the viewer, measure by measure."""
    if not may(viewer, permission):
        return False
    wide, narrow = measures_of(viewer, permission), measures_of(target, permission)
    if wide is not None and (narrow is None or not narrow <= wide):
        return False
    return all(
        covers(scope_of(viewer, permission, measure=one), scope_of(target, permission, measure=one))
        for one in ("", *MEASURES)
    )


def _whole_reach(user: User) -> Scope:
    reaches = [scope_of(user, one) for one in PERMISSIONS if may(user, one)]
    everything = any(reach.everything for reach in reaches)
    members = frozenset(member for reach in reaches for member in reach.members)
    return Scope(everything=everything, members=members)


def _sight(user: User, permission: str, names: dict[UUID, str]) -> Sight:
    scope, today = scope_of(user, permission), timezone.localdate()
    held: list[Grant] = [g for g in grants_of(user, today) if permission in g.role.permissions]
    rows = Member.objects.filter(pk__in=scope.members) if not scope.everything else Member.objects
    rows = rows.filter(closed_on__isnull=True)
    measures = measures_of(user, permission)
    return Sight(
        permission=permission,
        words=PERMISSIONS[permission],
        everywhere=scope.everything,
        branches=tuple(sorted({names[g.scope_id] for g in held if g.scope_id in names})),
        units=rows.filter(kind=Kind.UNIT).count(),
        seats=rows.filter(kind=Kind.SEAT).count(),
        measures=tuple(str(MEASURES.get(one, one)) for one in sorted(measures or ())),
    )
