"""Branches of the primary tree of an axis, as they stand on a day."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar, cast

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models import Q

from quotaloom.web.audit.models import AuditHead
from quotaloom.web.audit.services import rows_beyond_plans
from quotaloom.web.org.models import Placement

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from quotaloom.web.org.models import Tree

T = TypeVar("T")


def in_force(on: date) -> Q:
    """Rows that hold on a day: ``[valid_from, valid_to)``."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def placements(on: date, tree: Tree | None = None) -> QuerySet[Placement]:
    """Where members stand on a day: in a tree, or in the primary trees of all axes."""
    rows = Placement.objects.filter(in_force(on))
    return rows.filter(tree=tree) if tree else rows.filter(tree__is_primary=True)


def below(roots: Iterable[UUID], on: date) -> frozenset[UUID]:
    """The members at or under ``roots`` on a day; a root is within even where it is closed.

    Kept until the organisation may have changed: every change of it is an audited action.
    """
    return unchanged(_below, frozenset(roots), on)


def unchanged(answer: Callable[..., T], *asked: Hashable) -> T:
    """What a question about the organisation was answered while it was as it is now.

    ``answer`` is kept by ``lru_cache`` and takes the state of the organisation last. Inside a
    transaction it is asked anew: what is read there may yet be rolled back.
    """
    state = _NEWS.state()
    if state is None:
        return cast("T", answer.__wrapped__(*asked, None))  # type: ignore[attr-defined]
    return answer(*asked, state)


class _News(threading.local):
    """The last audited action that may have changed the organisation, as this request was told.

    A request asks once, and again after it has written something; outside of one nothing is kept.
    """

    is_open = False
    told: tuple[int, int] | None = None  # how many rows it had written, and the state

    def begin(self, **_: object) -> None:
        """Receives ``request_started``."""
        self.is_open, self.told = True, None

    def end(self, **_: object) -> None:
        """Receives ``request_finished``."""
        self.is_open, self.told = False, None

    def state(self) -> int | None:
        """What answers about the organisation may be kept under, None inside a transaction."""
        if connection.in_atomic_block:
            return None
        written, told = rows_beyond_plans(), self.told
        if told is None or told[0] != written:
            told = written, _newest()
            self.told = told if self.is_open else None
        return told[1]


_NEWS: Final = _News()
request_started.connect(_NEWS.begin)
request_finished.connect(_NEWS.end)


def _newest() -> int:
    return AuditHead.objects.values_list("beyond_plans", flat=True).filter(pk=1).first() or 0


@lru_cache(maxsize=256)
def _below(roots: frozenset[UUID], on: date, _state: int | None) -> frozenset[UUID]:
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
