"""Members of an axis, as far as the token's account sees them."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - ninja reads it

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema

from quotaloom.web.api.door import Holding
from quotaloom.web.api.paging import Page
from quotaloom.web.api.problem import PROBLEMS
from quotaloom.web.org.access import scope_of
from quotaloom.web.org.forest import Forest, forest, names_on
from quotaloom.web.org.look import Look
from quotaloom.web.org.models import Axis, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.web.accounts.request import Request

router = Router(tags=["members"])


class MemberOut(Schema):
    """A member on a day: ``parent`` is null at the top and where the parent is not seen."""

    id: UUID
    code: str
    name: str
    kind: str
    parent: UUID | None


class MembersOut(Schema):
    """A page of members; ``hidden`` counts those of the tree that the account may not see."""

    items: list[MemberOut]
    total: int
    hidden: int
    on: date


class MembersAsked(Page):
    """Whose tree, and on which day."""

    axis: Axis = Axis.ORG
    on: date | None = None


@router.get(
    "",
    response={200: MembersOut, **PROBLEMS},
    auth=Holding("org.read", "axis", "on", "limit", "offset"),
)
def members(request: Request, asked: Query[MembersAsked]) -> dict[str, Any]:
    """The members of an axis by kind and code, placed as they stood on the day (today)."""
    day = asked.on or timezone.localdate()
    seen = _forest(request, asked.axis, day)
    wanted = [one for group in seen.below.values() for one in group]
    wanted.sort(key=lambda one: seen.kinds[one][1])
    part = wanted[asked.offset : asked.offset + asked.limit]
    return {"items": _told(seen, part), "total": len(wanted), "hidden": seen.hidden, "on": day}


@router.get(
    "/{member_id}", response={200: MemberOut, **PROBLEMS}, auth=Holding("org.read", "axis", "on")
)
def member(
    request: Request, member_id: UUID, axis: Axis = Axis.ORG, on: date | None = None
) -> dict[str, Any]:
    """One member; 404 as well for one that the account may not see."""
    seen = _forest(request, axis, on or timezone.localdate())
    if member_id not in seen.kinds:
        raise Http404
    return _told(seen, [member_id])[0]


def _forest(request: Request, axis: Axis, day: date) -> Forest:
    tree = Tree.objects.filter(axis=axis, is_primary=True).first()
    if tree is None:
        raise Http404
    return forest(Look(axis, tree, day), scope_of(request.user, "org.read"))


def _told(seen: Forest, ids: Iterable[UUID]) -> list[dict[str, Any]]:
    listed = list(ids)
    names = names_on(listed, seen.look.on)
    return [
        {
            "id": one,
            "code": seen.kinds[one][1],
            "name": names[one][0] if one in names else seen.kinds[one][1],
            "kind": seen.kinds[one][0],
            "parent": seen.parents[one],
        }
        for one in listed
    ]
