"""The publisher: what people wrote into the register becomes batches of facts, once and in order.

A submit is written first, with its update marked as unpublished; batches follow. Whoever dies in
between leaves the mark, and the next publisher, at the latest the worker at its start, commits the
same rows: those that are facts already change nothing.
"""

from __future__ import annotations

import fcntl
import logging
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Max

from quotaloom.core.model.errors import DataRefused, QuotaLoomError
from quotaloom.cycle.facts.take import now
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.web.audit.services import SYSTEM, Actor
from quotaloom.web.data.models import FactEntry
from quotaloom.web.data.shelf import writing_shelf
from quotaloom.web.registers.models import Taken, Update
from quotaloom.web.registers.rows import REGISTER, tables
from quotaloom.web.registers.take_in import OPPORTUNITIES, newest_import, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    import polars as pl

    from quotaloom.warehouse.tables.column import Kind

log = logging.getLogger(__name__)
LOCK: Final = "registers.lock"
MOST: Final = 5_000  # updates in one go
TRIES: Final = 5
PATIENCE: Final = 2.0  # seconds that a page waits for another publisher
BETWEEN: Final = 0.02


class Overtaken(Exception):
    """An import came between: it is taken in first."""


def publish_now() -> None:
    """Publish after a submit; what cannot be published soon is left to the worker."""
    try:
        publish(patience=PATIENCE)
    except (QuotaLoomError, OSError):
        log.exception("the register could not be published; the worker tries again")


def publish(*, patience: float = inf) -> int:
    """Take imports in, then publish what is left; answers how many updates were.

    Another publisher is waited for; raises TimeoutError once the ``patience`` (seconds) is over.
    """
    if not _is_left():
        return 0
    with _turn(patience):
        for _ in range(TRIES):
            with suppress(Overtaken):
                return _published()
    return 0


def _is_left() -> bool:
    taken = Taken.objects.values_list("position", flat=True).first() or 0
    return newest_import() != taken or Update.objects.filter(is_published=False).exists()


def _published() -> int:
    take_in()
    rows = Update.objects.filter(is_published=False).order_by("pk")
    rows = rows.select_related("record__seat").prefetch_related("changes")
    pending = list(rows[:MOST])
    if not pending:
        return 0
    author = next((str(one.author_id) for one in reversed(pending) if one.author_id), SYSTEM)
    for kind, frame in tables(pending):
        put_batch(kind, frame, author)
    Update.objects.filter(pk__in=[one.pk for one in pending]).update(is_published=True)
    return len(pending)


def put_batch(kind: Kind, frame: pl.DataFrame, author: str) -> None:
    """Commit rows as a batch of the register; rows that are facts already make none."""
    entry = Entry(
        position=0,
        act="commit",
        dataset=kind.name,
        author=author,
        time=now(),
        mode="upsert",
        key=kind.key,
        source=REGISTER,
        files=(REGISTER,),
    )
    shelf = writing_shelf(Actor(author), _note_own)
    made, _ = shelf.commit(entry, frame)
    if made is not None:
        with suppress(DataRefused):  # the batch is there; only its cache is not
            shelf.compact(kind.name)


def _note_own(entry: Entry) -> None:
    """In the transaction of the line: our own batch needs no taking in, but one before it would."""
    if entry.dataset != OPPORTUNITIES:
        return
    others = FactEntry.objects.filter(dataset=OPPORTUNITIES).exclude(pk=entry.position)
    before = others.aggregate(last=Max("position"))["last"] or 0
    if not Taken.objects.filter(position=before).update(position=entry.position):
        raise Overtaken


@contextmanager
def _turn(patience: float) -> Iterator[None]:
    """One publisher at a time in all processes; the system lifts the lock of a dead one."""
    until = monotonic() + patience
    with Path(settings.HOME, LOCK).open("w") as lock:
        while not _taken(lock):
            if monotonic() > until:
                raise TimeoutError("another publisher is at work")
            sleep(BETWEEN)
        yield


def _taken(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
