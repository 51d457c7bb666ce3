"""The company's facts: batches in the data folder, made visible by rows of the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.web.audit.services import audit_record
from quotaloom.web.data.log import DatabaseLog

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.web.audit.services import Actor

ACTIONS = {"commit": "facts.import", "undo": "facts.undo", "resolve": "facts.resolve"}


def facts_shelf() -> Shelf:
    """The facts, for reading."""
    return Shelf(_folder(), DatabaseLog())


def writing_shelf(actor: Actor, also: Callable[[Entry], None] | None = None) -> Shelf:
    """The facts, for somebody who changes them.

    Not to be called inside another transaction: the lock of the folder comes first.
    """
    return Shelf(_folder(), writing_log(actor, also))


def writing_log(actor: Actor, also: Callable[[Entry], None] | None = None) -> DatabaseLog:
    """The log for who changes it: each line is audited, and ``also`` done, in its transaction."""

    def note(entry: Entry) -> None:
        told = {"dataset": entry.dataset, "rows": entry.rows, "files": entry.files}
        told |= {"left_out": entry.left_out, "mended": len(entry.mended)}
        told |= {"undoes": entry.undoes, "column": entry.column, "members": dict(entry.members)}
        params = {name: value for name, value in told.items() if value}
        subject = f"facts:{entry.position}"
        audit_record(actor=actor, action=ACTIONS[entry.act], subject=subject, params=params)
        if also is not None:
            also(entry)

    return DatabaseLog(note)


def _folder() -> Path:
    return Path(settings.HOME, "batches")
