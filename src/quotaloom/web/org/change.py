"""Changes of the organisation: previewed as they would be, then written as they were seen."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.book import PARENT, narrowed
from quotaloom.web.org.consequence import planned
from quotaloom.web.org.models import Tree
from quotaloom.web.org.register import book_of, book_write, people_add
from quotaloom.web.org.sight import codes_within, sight_of
from quotaloom.web.org.wish import Leave, Occupy, Open, Split

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.org.consequence import Change, Consequence
    from quotaloom.web.org.models import Axis
    from quotaloom.web.org.pen import Later
    from quotaloom.web.org.wish import Wish


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish about an axis, from a day on, and how it meets rows that begin later."""

    axis: Axis
    wish: Wish
    day: date
    later: Later = "refuse"


def change_preview(*, user: User, asked: Asked) -> Consequence:
    """What the wish would change, planned on what the user may change and on nothing else.

    So no reason and no row names a member beyond the scope. Raises DataRefused with all reasons,
    Http404 where something would stand at the top and the user's branch does not reach there.
    """
    permission = "people.edit" if isinstance(asked.wish, Occupy | Leave) else "org.edit"
    scope, book = sight_of(user, asked.axis, permission), book_of(asked.axis)
    if scope.everything:
        return planned(book, asked.wish, asked.day, asked.later)
    own = narrowed(book, codes_within(asked.axis, scope))
    taken = _new_codes(asked.wish) & (book.lives.keys() - own.lives.keys())
    if taken:
        raise DataRefused([error("arrange.code_taken", code) for code in sorted(taken)])
    done = planned(own, asked.wish, asked.day, asked.later)
    if any(_newly_at_top(one) for one in done.changes):
        raise Http404
    return done


def _new_codes(wish: Wish) -> set[str]:
    """The codes that a wish would use for the first time."""
    if isinstance(wish, Split):
        return {code for code, _ in wish.parts} - {wish.code}
    return {wish.code} if isinstance(wish, Open) else set()


def _newly_at_top(change: Change) -> bool:
    if change.key[0] != PARENT or change.after is None or change.after.value is not None:
        return False
    return change.before is None or change.before.value is not None


def change_apply(*, user: User, asked: Asked, seen: str, actor: Actor) -> Consequence:
    """Write the wish, if its consequences are still those that were ``seen``.

    Raises DataRefused where somebody changed the same rows meanwhile.
    """
    with transaction.atomic():
        list(Tree.objects.select_for_update().filter(axis=asked.axis))
        done = change_preview(user=user, asked=asked)
        if digest(done) != seen:
            raise DataRefused([error("arrange.seen_otherwise", str(asked.day))])
        if isinstance(asked.wish, Occupy):
            people_add({asked.wish.person: (asked.wish.name, asked.wish.staff_no)})
        book_write(asked.axis, done)
        audit_record(
            actor=actor,
            action=f"member.{type(asked.wish).__name__.lower()}",
            subject=f"{asked.axis}:{', '.join(sorted(done.touched))}",
            params={
                "day": asked.day,
                "later": asked.later,
                "wish": _plain(asked.wish),
                "rows": rows_of(done),
            },
        )
    return done


def digest(done: Consequence) -> str:
    """A short name of exactly these consequences."""
    return hashlib.sha256(repr(rows_of(done)).encode()).hexdigest()[:32]


def rows_of(done: Consequence) -> list[list[str]]:
    """The rows that differ as plain text: line, before, after."""
    return [
        ["/".join(one.key)] + [f"{s.span} {s.value}" if s else "" for s in (one.before, one.after)]
        for one in done.changes
    ]


def _plain(wish: Wish) -> dict[str, object]:
    """The wish for the audit, which knows people by their ids only."""
    told = {key: sorted(v) if isinstance(v, frozenset) else v for key, v in asdict(wish).items()}
    personal = {"name", "staff_no"} if isinstance(wish, Occupy) else set()
    return {key: value for key, value in told.items() if key not in personal}
