"""Branches of the primary tree of an axis, as they stand on a day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q

from quotaloom.web.audit.models import AuditHead
from quotaloom.web.org.models import Placement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from quotaloom.web.org.models import Tree


def in_force(on: date) -> Q:
    """Rows that hold on a day: ``[valid_from, valid_to)``."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def placements(on: date, tree: Tree | None = None) -> QuerySet[Placement]:
    """Where members stand on a day: in a tree, or in the primary trees of all axes."""
    rows = Placement.objects.filter(in_force(on))
    return rows.filter(tree=tree) if tree else rows.filter(tree__is_primary=True)


def below(roots: Iterable[UUID], on: date) -> frozenset[UUID]:
    """The members at or under ``roots`` on a day; a root is within even where it is closed.

    Kept until the next audited action: every change of the organisation is one.
    """
    done = AuditHead.objects.values_list("number", flat=True).first() or 0
    return _below(frozenset(roots), on, done)


@lru_cache(maxsize=256)
def _below(roots: frozenset[UUID], on: date, _actions: int) -> frozenset[UUID]:
    children: dict[UUID, list[UUID]] = {}
    for parent, member in placements(on).values_list("parent_id", "member_id"):
        if parent is not None:
            children.setdefault(parent, []).append(member)
    found, waiting = set(), list(roots)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return frozenset(found)
