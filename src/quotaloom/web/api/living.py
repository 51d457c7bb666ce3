"""Editing living plans: edits, what they did, who made which; undo and redo."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - ninja reads it

from django.http import HttpResponse  # noqa: TC002 - ninja reads it
from ninja import Query, Router, Schema
from pydantic import Field

from quotaloom.core.allocation.journal.edit import HoldEdit
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.typed import complete, typed_edits
from quotaloom.planfile.piece import Piece
from quotaloom.planfile.place_text import read_slice
from quotaloom.web.api.door import Holding
from quotaloom.web.api.edit_made import Making
from quotaloom.web.api.edit_schema import EditsIn  # noqa: TC001 - ninja reads it
from quotaloom.web.api.paging import Page
from quotaloom.web.api.position import position_said
from quotaloom.web.api.problem import PROBLEMS, Problem, Refused
from quotaloom.web.api.refusal import Conflict, Refusal, met_told, refused
from quotaloom.web.api.repeated import once
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.guard import is_covered
from quotaloom.web.desk.hand import hand_of, reader_of
from quotaloom.web.desk.past import past_of
from quotaloom.web.desk.refusal import MetUnseen, refusal_seen
from quotaloom.web.desk.services import Asked, Done, plan_edit, plan_redo, plan_undo
from quotaloom.web.plans.sight import WRITE, position_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.api.repeated import Keep
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.desk.past import Past

router = Router(tags=["edits"])


class WrittenOut(Schema):
    """An edit that was written: its number, how many cells it wrote, by which method."""

    edit: int
    cells: int
    method: str


class DoneOut(Schema):
    """What was written, and the position of the plan as the account sees it."""

    position: int
    edits: list[WrittenOut]


class PastOut(Schema):
    """An edit of the asked cells: what they added up to before and after, in 分."""

    edit: int
    author: str
    at: datetime
    what: str
    reason: str
    cells: int
    before: int
    after: int


class PastsOut(Schema):
    """A page of edits, the newest first."""

    items: list[PastOut]
    total: int


class PastAsked(Page):
    """Whose: a slice in the words of plan files, such as 大区=华东 & 2027Q2; all where empty."""

    at: str = Field("", max_length=500)


ANSWERS = {200: DoneOut, **PROBLEMS, 409: Conflict, 422: Refusal}


@router.get(
    "/{plan_id}/edits",
    response={200: PastsOut, **PROBLEMS, 422: Refusal},
    auth=Holding("plans.read", "at", "limit", "offset"),
)
def edits(request: Request, plan_id: UUID, asked: Query[PastAsked]) -> dict[str, Any]:
    """Who changed what of the newest edits, as far as the account sees it."""
    hand = reader_of(request.user, plan_id)
    living = hand.seen.figures.living
    if living is None:
        return {"items": [], "total": 0}
    try:
        at = complete(read_slice(Piece(asked.at)) if asked.at else Slice(), living)
    except QuotaLoomError as refusal:
        raise refused(refusal_seen(hand, refusal)) from refusal
    if at.members and not is_covered(living, at, hand.seen.sight):
        raise Refused(422, "edit.outside_scope")
    found = past_of(hand, at)
    part = found[asked.offset : asked.offset + asked.limit]
    return {"items": [_told(one) for one in part], "total": len(found)}


@router.post("/{plan_id}/edits", response={**ANSWERS, 428: Problem}, auth=Holding(WRITE))
def edit(request: Request, plan_id: UUID, asked: EditsIn, response: HttpResponse) -> dict[str, Any]:
    """Write edits, all of them or none.

    The position that the program saw is said by ``seen`` or by If-Match; a later one is no
    conflict by itself. With an Idempotency-Key the edits are written once.
    """
    seen = position_said(request, asked.seen)
    hand = hand_of(request.user, plan_id)
    if bool(asked.edits) == bool(asked.text):
        raise Refused(422, "request.edits_or_text", "/edits")
    batch = Batch(asked, str(hand.user.pk))
    wanted = Asked(batch, seen, asked.reason)

    def act(keep: Keep) -> dict[str, Any]:
        told: dict[str, Any] = {}

        def also(done: Done) -> None:
            told.update(_done(hand, done))
            keep(told)

        plan_edit(hand=hand, asked=wanted, actor=actor_of(request), also=also)
        return told

    return _answered(response, lambda: once(request, act), batch)


@router.post("/{plan_id}/undo", response=ANSWERS, auth=Holding(WRITE))
def undo(request: Request, plan_id: UUID, response: HttpResponse) -> dict[str, Any]:
    """Take the account's last edit back that still stands."""
    hand = hand_of(request.user, plan_id)
    actor = actor_of(request)
    return _answered(response, lambda: _done(hand, plan_undo(hand=hand, actor=actor)))


@router.post("/{plan_id}/redo", response=ANSWERS, auth=Holding(WRITE))
def redo(request: Request, plan_id: UUID, response: HttpResponse) -> dict[str, Any]:
    """Do again what the account took back last."""
    hand = hand_of(request.user, plan_id)
    actor = actor_of(request)
    return _answered(response, lambda: _done(hand, plan_redo(hand=hand, actor=actor)))


class Batch:
    """The edits of a request, each made of the plan as those before it left it.

    ``field`` is the place of the one that was made last. Holds belong to whoever asks.
    """

    def __init__(self, asked: EditsIn, owner: str) -> None:
        self.asked, self.owner = asked, owner
        self.field = "/text" if asked.text else ""

    def __call__(self, journal: Journal) -> Iterator[Edit]:
        """The edits one by one. Raises UsageRefused and DataRefused."""
        if self.asked.text:
            yield from self._typed(journal)
        for number, one in enumerate(self.asked.edits):
            self.field = f"/edits/{number}"
            yield Making(journal.plan, self.owner, journal.store.put_text).edit(one)

    def _typed(self, journal: Journal) -> Iterator[Edit]:
        found = typed_edits(self.asked.text, journal.plan)
        if not found:
            raise Refused(422, "request.edits_or_text", "/text")
        for one in found:
            yield replace(one, owner=self.owner) if isinstance(one, HoldEdit) else one


def _told(one: Past) -> dict[str, Any]:
    same = ("author", "what", "reason", "cells", "before", "after")
    return {"edit": one.seq, "at": one.time} | {name: getattr(one, name) for name in same}


def _done(hand: Hand, done: Done) -> dict[str, Any]:
    return {
        "position": position_seen(done.after, hand.seen.sight),
        "edits": [
            {
                "edit": seq,
                "cells": sum(int(live.sum()) for _, _, live in one.written),
                "method": one.method,
            }
            for seq, one in done.applied.items()
        ],
    }


def _answered(
    response: HttpResponse, act: Callable[[], dict[str, Any]], batch: Batch | None = None
) -> dict[str, Any]:
    """The answer with its position as ETag, or the refusal in the form of the interface."""
    try:
        told = act()
    except MetUnseen as met:
        raise Refused(409, "edit.met", "", met=met_told(met)) from met
    except QuotaLoomError as refusal:
        raise refused(refusal, below=batch.field if batch else "") from refusal
    response["ETag"] = f'"{told["position"]}"'
    return told
