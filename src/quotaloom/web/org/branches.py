"""Branches of the primary tree of an axis, as they stand on a day."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar, cast

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models import Max, Q

from quotaloom.web.audit.models import AuditHead, AuditRow
from quotaloom.web.audit.services import rows_written
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


class _Request(threading.local):
    """What the request of this thread was told, as long as it writes nothing; outside, nothing."""

    is_open = False
    told: tuple[int, int] | None = None  # how many rows it had written, and the state


class _News:
    """The last audited action that may have changed the organisation: edits of plans do not."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._head = self._changed = -1
        self._request = _Request()

    def begin(self, **_: object) -> None:
        """Receives ``request_started``."""
        self._request.is_open, self._request.told = True, None

    def end(self, **_: object) -> None:
        """Receives ``request_finished``."""
        self._request.is_open, self._request.told = False, None

    def state(self) -> int | None:
        """What answers about the organisation may be kept under, within this process.

        None inside a transaction. A request asks once, and again after it has written.
        """
        if connection.in_atomic_block:
            return None
        written, told = rows_written(), self._request.told
        if told is None or told[0] != written:
            told = written, self._newest()
            self._request.told = told if self._request.is_open else None
        return told[1]

    def _newest(self) -> int:
        with self._lock:  # the head is read in turn, so that it never goes back
            head = _head()
            if head != self._head:
                self._changed = self._since(head)
                self._head = head
            return self._changed

    def _since(self, head: int) -> int:
        if not 0 <= self._head < head:
            return head
        rows = AuditRow.objects.filter(number__gt=self._head, number__lte=head)
        last = rows.exclude(action__startswith="plan.").aggregate(last=Max("number"))["last"]
        return self._changed if last is None else int(last)


_NEWS: Final = _News()
request_started.connect(_NEWS.begin)
request_finished.connect(_NEWS.end)


def _head() -> int:
    return AuditHead.objects.values_list("number", flat=True).first() or 0


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
