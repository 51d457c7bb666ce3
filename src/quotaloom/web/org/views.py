"""The organisation: a tree on a day, searched and unfolded, and one member with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from quotaloom.web.org.access import may, scope_of
from quotaloom.web.org.forest import change_days, forest
from quotaloom.web.org.look import around, look_of
from quotaloom.web.org.models import Axis, Member, Tree
from quotaloom.web.org.node import brush, name_day, unfolded
from quotaloom.web.org.record import record
from quotaloom.web.org.sight import sight_of
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.web.accounts.models import User
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.org.forest import Forest
    from quotaloom.web.org.look import Look

MOST_HITS = 50


@policy("org.read")
@require_GET
def org(request: Request) -> HttpResponse:
    """The tree of an axis on a day.

    All that the page shows stands in the address: ``member`` opens its panel, each ``open`` a
    branch, ``words`` are searched.
    """
    look = look_of(request.GET)
    seen = forest(look, sight_of(request.user, look.axis))
    member = _member_of(request, look)
    tops = seen.below.get(None, [])
    asked = request.GET.getlist("open") if "open" in request.GET else None
    wide = unfolded(seen, member.pk if member else None, asked)
    painted = brush(seen, people=_knows_people(request.user), unfolded=wide)
    found = _found(request, seen)
    context = (
        _around(request.user, look)
        | found
        | {
            "nodes": painted.draw(tops),
            "hidden": seen.hidden,
            "count": len(seen.parents),
            "member": member,
            "opened": asked,
            "kept": around(request.GET, "member"),
            "around": around(request.GET),
        }
    )
    if member:
        context |= _panel(request.user, look, member)
    return render(request, "org/tree.html", context)


def _around(user: User, look: Look) -> dict[str, Any]:
    """What stands around the tree: axes, trees, days of change, what may be done."""
    days = change_days(look, sight_of(user, look.axis), people=_knows_people(user))
    earlier, later = [d for d in days if d < look.on], [d for d in days if d > look.on]
    return {
        "look": look,
        "axes": Axis.choices,
        "trees": Tree.objects.filter(axis=look.axis).order_by("-is_primary", "code"),
        "previous": max(earlier, default=None),
        "next": min(later, default=None),
        "today": timezone.localdate(),
        "may_edit": may(user, "org.edit"),
        "may_import": all(scope_of(user, one).everything for one in ("org.edit", "people.edit")),
    }


def _knows_people(user: User) -> bool:
    return may(user, "people.read")


@policy("org.read")
@require_GET
def children(request: Request, member_id: UUID) -> HttpResponse:
    """The lines under a member."""
    look = look_of(request.GET)
    seen = forest(look, sight_of(request.user, look.axis))
    if member_id not in seen.parents:
        raise Http404
    painted = brush(seen, people=_knows_people(request.user))
    level = len(seen.path(member_id)) + 1
    nodes = painted.draw(seen.below.get(member_id, []), level)
    return render(request, "org/_nodes.html", {"nodes": nodes, "look": look})


@policy("org.read")
@require_GET
def found(request: Request) -> HttpResponse:
    """Members whose name, code or holder contains the words, each with its path."""
    look = look_of(request.GET)
    seen = forest(look, sight_of(request.user, look.axis))
    return render(request, "org/_found.html", _found(request, seen) | {"look": look})


def _found(request: Request, seen: Forest) -> dict[str, Any]:
    words = request.GET.get("words", "").strip()
    people = _knows_people(request.user)
    hits = _hits(seen, words, people=people) if words else []
    painted = brush(seen, people=people)
    names = {node.id: node.name for node in painted.draw({m for h in hits for m in seen.path(h)})}
    rows = [
        (node, " › ".join(names[up] for up in seen.path(node.id)[:-1]))
        for node in painted.draw(hits[:MOST_HITS])
    ]
    return {"rows": rows, "words": words, "more": len(hits) - len(rows)}


def _hits(seen: Forest, words: str, *, people: bool) -> list[UUID]:
    day = name_day(seen)
    told = Q(code__icontains=words) | Q(
        details__name__icontains=words, details__valid_from__lte=day
    )
    if people:
        held = Q(occupancies__person__name__icontains=words)
        held |= Q(occupancies__person__staff_no__iexact=words)
        told |= held & _held_on(seen.look.on)
    rows = Member.objects.filter(told, axis=seen.look.axis).distinct()
    return [pk for pk in rows.order_by("code").values_list("pk", flat=True) if pk in seen.parents]


def _held_on(day: date) -> Q:
    still = Q(occupancies__valid_to__isnull=True) | Q(occupancies__valid_to__gt=day)
    return Q(occupancies__valid_from__lte=day) & still


@policy("org.read")
@require_GET
def member(request: Request, member_id: UUID) -> HttpResponse:
    """The panel of a member, for htmx."""
    look = look_of(request.GET)
    row = _seen_member(request.user, look, member_id)
    context = _around(request.user, look) | {"member": row} | _panel(request.user, look, row)
    return render(request, "org/_member.html", context)


def _member_of(request: Request, look: Look) -> Member | None:
    asked = request.GET.get("member", "")
    if not asked:
        return None
    row = get_object_or_404(Member, axis=look.axis, code=asked)
    return _seen_member(request.user, look, row.pk)


def _seen_member(user: User, look: Look, member_id: UUID) -> Member:
    if not sight_of(user, look.axis).holds(member_id):
        raise Http404
    return get_object_or_404(Member, axis=look.axis, pk=member_id)


def _panel(user: User, look: Look, row: Member) -> dict[str, Any]:
    scope = sight_of(user, look.axis)
    return {
        "record": record(row, look.on, scope, people=_knows_people(user)),
        "editable": sight_of(user, look.axis, "org.edit").holds(row.pk),
        "seatable": sight_of(user, look.axis, "people.edit").holds(row.pk),
    }
