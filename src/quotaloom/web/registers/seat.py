"""Seats of today: who may be given a record, who holds it, and in which region it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.web.org.access import scope_of
from quotaloom.web.org.branches import in_force, placements
from quotaloom.web.org.models import Axis, Kind, Member, MemberDetail, Occupancy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.web.accounts.models import User


def seats_of(user: User) -> list[tuple[str, str]]:
    """The open seats that the user may give a record to: code, and its name with its holder."""
    scope, today = scope_of(user, "opportunities.write"), timezone.localdate()
    rows = Member.objects.filter(axis=Axis.ORG, kind=Kind.SEAT, opened_on__lte=today)
    rows = rows.exclude(closed_on__lte=today)
    rows = rows if scope.everything else rows.filter(pk__in=scope.members)
    codes = list(rows.order_by("code").values_list("code", flat=True))
    names, holders = member_names(codes), holder_names(codes)
    return [
        (code, " · ".join(filter(None, (code, names.get(code), holders.get(code)))))
        for code in codes
    ]


def member_names(codes: Iterable[str], axis: Axis = Axis.ORG) -> dict[str, str]:
    """What members are called today, by code."""
    rows = MemberDetail.objects.filter(in_force(timezone.localdate()), member__axis=axis)
    return dict(rows.filter(member__code__in=codes).values_list("member__code", "name"))


def holder_names(codes: Iterable[str]) -> dict[str, str]:
    """Who holds seats today, by code; the largest share where there are several."""
    held = Occupancy.objects.filter(in_force(timezone.localdate()), seat__code__in=codes)
    rows = held.filter(seat__axis=Axis.ORG).order_by("share", "person__staff_no")
    return dict(rows.values_list("seat__code", "person__name"))


def parent_names(axis: Axis) -> dict[str, str]:
    """The name of each member's parent in the primary tree, by code; "" at the top."""
    rows = placements(timezone.localdate()).filter(member__axis=axis)
    pairs = dict(rows.values_list("member__code", "parent__code"))
    names = member_names({one for one in pairs.values() if one}, axis)
    return {code: names.get(parent or "", "") for code, parent in pairs.items()}


def region_names() -> dict[str, str]:
    """The name of the unit below the top that each member of the organisation stands in."""
    rows = placements(timezone.localdate()).filter(member__axis=Axis.ORG)
    parents = dict(rows.values_list("member__code", "parent__code"))
    found = {code: _below_top(code, parents) for code in parents}
    names = member_names(set(found.values()))
    return {code: names.get(region, "") for code, region in found.items()}


def _below_top(code: str, parents: Mapping[str, str | None]) -> str:
    """The ancestor whose parent has none; "" for the top itself."""
    above = parents.get(code)
    while above is not None and parents.get(above) is not None:
        code, above = above, parents.get(above)
    return code if above is not None else ""
