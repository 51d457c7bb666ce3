"""Members for the command palette: by name, code, initials, and by who holds a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from quotaloom.web.org.access import may, scope_of
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Axis, MemberDetail, Occupancy
from quotaloom.web.org.sight import sight_of
from quotaloom.web.ui.search import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.web.accounts.models import User
    from quotaloom.web.ui.search import Words

ICONS: Final = {Axis.ORG: "building-2", Axis.PRODUCT: "package", Axis.CUSTOMER: "users"}


def members_found(user: User, words: Words) -> Iterator[Hit]:
    """The members of every axis that are open today, as far as the user sees them."""
    if not may(user, "org.read"):
        return
    scopes = {axis: sight_of(user, axis) for axis in Axis}
    columns = ("member__axis", "member_id", "name", "member__code")
    rows = MemberDetail.objects.filter(in_force(timezone.localdate()), member__closed_on=None)
    if not words.is_latin:  # else initials decide, which the database does not know
        rows = rows.filter(Q(name__icontains=words.text) | Q(member__code__icontains=words.text))
    for name_of, member, name, code in rows.values_list(*columns):
        rank = words.rank(name, code)
        axis = Axis(name_of)
        if rank is not None and scopes[axis].holds(member):
            yield _hit(rank, name, axis, code)


def holders_found(user: User, words: Words) -> Iterator[Hit]:
    """The seats of those who hold one today, by person and staff number."""
    if not may(user, "people.read"):
        return
    seen, placed = scope_of(user, "people.read"), sight_of(user, Axis.ORG)
    columns = ("seat_id", "seat__code", "person__name", "person__staff_no")
    rows = Occupancy.objects.filter(in_force(timezone.localdate()), seat__axis=Axis.ORG)
    for seat, code, name, number in rows.values_list(*columns):
        rank = words.rank(name, number or "")
        if rank is not None and seen.holds(seat) and placed.holds(seat):
            yield _hit(rank, name, Axis.ORG, code, icon="user")


def _hit(rank: int, word: str, axis: Axis, code: str, icon: str = "") -> Hit:
    url = f"{reverse('org')}?{urlencode({'axis': axis.value, 'member': code})}"
    return Hit(rank, word, f"{axis.label} · {code}", icon or ICONS.get(axis, "list-tree"), url)
