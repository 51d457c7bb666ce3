"""What is there: sources with their freshness, batches, and names that nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from quotaloom.core.model.names import nearest_names
from quotaloom.warehouse.batches.entry import closed_until, standing
from quotaloom.warehouse.batches.member import resolutions
from quotaloom.web.accounts.models import User
from quotaloom.web.data.known import known_members
from quotaloom.web.data.models import State, Upload
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.data.words import dataset_word, stored_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.intake.mend import Mend

MOST_OPEN: Final = 10
MOST_BATCHES: Final = 50
MOST_NAMES: Final = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset: when it was last fed, from where, how many rows came, and what is unresolved."""

    dataset: str
    word: str
    batches: int
    rows: int
    fed_at: datetime
    sources: str
    unknown: int


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch or a resolution, by whom and when; ``may_undo`` where nothing forbids it."""

    entry: Entry
    word: str
    at: datetime
    author: str
    stands: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell that was put right, by whom and when."""

    mend: Mend
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unknown:
    """A text that stands under 未归属, and the members whose names come nearest."""

    column: str
    word: str
    text: str
    rows: int
    amount: int | None
    near: tuple[str, ...]


def uploads_of(user: User) -> QuerySet[Upload]:
    """Somebody's own files; those of others are not there."""
    return Upload.objects.select_related("job").filter(owner=user)


def uploads_open(user: User) -> QuerySet[Upload]:
    """Somebody's files that may still be imported, the newest first."""
    return uploads_of(user).filter(position=None).exclude(state=State.NOTHING)[:MOST_OPEN]


def sources() -> list[Source]:
    """The datasets that hold something, the one fed last first."""
    entries = facts_shelf().entries()
    names = sorted({one.dataset for one in entries if one.act == "commit"})
    found = [_source(name, standing(entries, name)) for name in names]
    return sorted(filter(None, found), key=lambda one: one.fed_at, reverse=True)


def _source(dataset: str, stand: Sequence[Entry]) -> Source | None:
    commits = [one for one in stand if one.act == "commit"]
    if not commits:
        return None
    return Source(
        dataset,
        dataset_word(dataset),
        len(commits),
        sum(one.rows for one in commits),
        max(datetime.fromisoformat(one.time) for one in commits),
        ", ".join(sorted({one.source for one in commits} - {""})),
        _unknown_names(stand),
    )


def _unknown_names(stand: Iterable[Entry]) -> int:
    """How many texts nobody resolved."""
    stand = list(stand)
    known = resolutions(stand)
    texts = {
        (column, text)
        for entry in stand
        for column, names in entry.unknown.items()
        for text in names
    }
    return sum(text not in known.get(column, {}) for column, text in texts)


def batches(dataset: str = "") -> list[Batch]:
    """The newest acts on the facts that add to them, of one dataset or of all."""
    entries = facts_shelf().entries()
    acts = [one for one in entries if one.act in ("commit", "resolve")]
    shown = [one for one in reversed(acts) if dataset in ("", one.dataset)][:MOST_BATCHES]
    names = _names({one.author for one in shown})
    stands = {
        one.position for name in {one.dataset for one in shown} for one in standing(entries, name)
    }
    return [
        Batch(
            one,
            dataset_word(one.dataset),
            datetime.fromisoformat(one.time),
            names.get(one.author, "—"),
            one.position in stands,
            one.position in stands
            and (one.act == "resolve" or one.position > closed_until(entries, one.dataset)),
        )
        for one in shown
    ]


def batch_of(position: int) -> Entry | None:
    """The batch of a position; None where there is none."""
    entries = facts_shelf().entries()
    return next((one for one in entries if (one.position, one.act) == (position, "commit")), None)


def mended(mends: Sequence[Mend]) -> list[Mended]:
    """What was put right, with who did it."""
    names = _names({one.author for one in mends})
    return [
        Mended(one, names.get(one.author, "—"), datetime.fromisoformat(one.time)) for one in mends
    ]


def _names(authors: Iterable[str]) -> dict[str, str]:
    """Who they are, by the id in the log."""
    keys = [key for one in authors if (key := _uuid(one))]
    return {str(one.pk): one.shown_name for one in User.objects.filter(pk__in=keys)}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def unknown_names(dataset: str) -> list[Unknown]:
    """The texts of a dataset that nobody knows, the heaviest first."""
    known = known_members()
    return [
        Unknown(
            row["column"],
            stored_word(dataset, row["column"]),
            row["text"],
            row["rows"],
            row["amount"],
            nearest_names(row["text"], known.get(row["column"], ())),
        )
        for row in facts_shelf().unresolved(dataset).head(MOST_NAMES).iter_rows(named=True)
    ]
