"""The journals that this process has open: replayed once, then only what is new."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, cast

from django.db import DatabaseError, transaction

from quotaloom.cycle.plan.desk import EVERY, open_plan, save_due
from quotaloom.web.journals.models import PlanJournal
from quotaloom.web.journals.store import DatabaseStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal

KEPT: Final = 4  # open journals, each process: they remember earlier plans, for undo
SHOWN: Final = 64  # plans as they were last committed
CHECKPOINT: Final = EVERY  # edits from one checkpoint to the next
_GUARD = threading.Lock()
_OPEN: OrderedDict[UUID, _Open] = OrderedDict()


class _Open:
    """A journal, for one thread at a time, and the plan as it was last committed, for all."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.journal: Journal | None = None
        self.plan: Plan | None = None

    def opened(self, plan: UUID) -> Journal:
        """The journal with everything that was committed. Only under the lock.

        One that knows more than the database is of a transaction that was rolled back, or of
        before a restore: it is opened anew.
        """
        _to_the_end(plan)
        journal = self.journal
        head = journal.store.head().position if journal else 0
        if journal is None or journal.plan.position > head:
            journal = self.journal = open_plan(DatabaseStore(plan))
        self.plan = journal.plan if journal.plan.position == head else journal.refresh()
        return journal


def lives(plan: UUID) -> bool:
    """Whether the plan has a journal: it was edited at least once."""
    return PlanJournal.objects.filter(pk=plan).exists()


def plan_now(plan: UUID) -> Plan | None:
    """The plan after all edits that were committed, None where it has no journal.

    It waits for a writer only where it has something new to read.
    """
    row = PlanJournal.objects.filter(pk=plan).values_list("position", flat=True).first()
    if row is None:
        return None
    one = _entry(plan)
    if one.plan is None or one.plan.position != row:
        with one.lock:
            one.opened(plan)
    return one.plan


@contextmanager
def reading(plan: UUID) -> Iterator[Journal]:
    """The journal of a plan, with all that was committed; nothing is written to it."""
    one = _entry(plan)
    with one.lock:
        yield one.opened(plan)


@contextmanager
def writing(plan: UUID) -> Iterator[Journal]:
    """The journal of a plan in a transaction in which nobody else writes to it.

    What was appended is there for others once the block has ended well; else it never was.
    """
    one = _entry(plan)
    with one.lock:
        journal = one.journal or one.opened(plan)
        before = journal.plan.position
        store = cast("DatabaseStore", journal.store)
        try:
            with store.held():
                journal = one.opened(plan)
                before = journal.plan.position
                yield journal
        except BaseException:
            if journal.plan.position != before:  # what it holds was rolled back
                one.journal = None
            raise
        one.plan = journal.plan
        with suppress(DatabaseError):  # it only spares a replay; the edits are written
            save_due(journal, before, CHECKPOINT)


@contextmanager
def turn(plan: UUID) -> Iterator[None]:
    """A transaction of several steps in which a plan is written, begun in one's turn.

    Who began the transaction first would wait in a ring with who has the journal and waits for
    the database.
    """
    with _entry(plan).lock, transaction.atomic():
        yield


def _entry(plan: UUID) -> _Open:
    with _GUARD:
        return _OPEN.setdefault(plan, _Open())


def _to_the_end(plan: UUID) -> None:
    """Remember who was opened last; of those before, only the plan as it is, then nothing."""
    with _GUARD:
        if plan in _OPEN:
            _OPEN.move_to_end(plan)
        for one in list(_OPEN.values())[:-KEPT]:
            if one.lock.acquire(blocking=False):
                one.journal = None
                one.lock.release()
        while len(_OPEN) > SHOWN:
            _OPEN.popitem(last=False)
