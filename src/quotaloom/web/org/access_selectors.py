"""Reading accounts, grants and roles for those who administer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from quotaloom.web.accounts.models import SignIn, User
from quotaloom.web.org.access_sight import branch_names
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Axis, Grant, Kind, Member, Role
from quotaloom.web.org.roles import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as a page shows it; ``state`` is past, now or later."""

    grant: Grant
    role: str
    branch: str
    measures: tuple[str, ...]
    state: str


def accounts(text: str = "") -> QuerySet[User]:
    """All accounts, or those whose name or account has the text, with their present grants."""
    today = timezone.localdate()
    last = SignIn.objects.filter(user=OuterRef("pk")).values("at")[:1]
    held = Grant.objects.filter(in_force(today)).select_related("role")
    rows = User.objects.annotate(last_seen=Subquery(last)).select_related("person")
    rows = rows.prefetch_related(Prefetch("grants", queryset=held, to_attr="held"))
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(first_name__icontains=text))
    return rows.order_by("-is_active", "username")


def held_of(user: User) -> list[Grant]:
    """The grants of today of one of ``accounts()``."""
    name = "held"  # prefetched under this name
    found: list[Grant] = getattr(user, name)
    return found


def grant_lines(grants: Iterable[Grant]) -> list[GrantLine]:
    """The grants in words; the present ones first."""
    rows, today = list(grants), timezone.localdate()
    names = branch_names(row.scope_id for row in rows if row.scope_id)
    lines = [
        GrantLine(
            row,
            str(row.role),
            names.get(row.scope_id, "") if row.scope_id else "",
            tuple(str(MEASURES.get(one, one)) for one in row.measures),
            _state(row, today),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: ("now", "later", "past").index(line.state))


def roles() -> QuerySet[Role]:
    """All roles, each with the number of accounts that hold it today."""
    now = in_force(timezone.localdate())
    held = Grant.objects.filter(now, user__is_active=True).values("user", "role").distinct()
    by_role: dict[int, int] = dict(
        held.order_by("role").values_list("role").annotate(n=Count("user", distinct=True))
    )
    rows = Role.objects.all()
    for row in rows:
        row.holders = by_role.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows


def branch_options() -> list[tuple[str, str]]:
    """Code and name of every open unit and seat of the organisation."""
    rows = Member.objects.filter(axis=Axis.ORG, closed_on__isnull=True)
    rows = rows.filter(kind__in=(Kind.UNIT, Kind.SEAT)).order_by("kind", "code")
    names = branch_names(row.pk for row in rows)
    return [(row.code, names.get(row.pk, row.code)) for row in rows]


def _state(grant: Grant, today: date) -> str:
    if grant.valid_from > today:
        return "later"
    return "past" if grant.valid_to and grant.valid_to <= today else "now"
