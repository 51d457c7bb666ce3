"""Editions of a plan and periods that are closed; what is released can only be read."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - ninja reads it

from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import Field

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.api.door import Holding
from quotaloom.web.api.edit_field import Strict, Words
from quotaloom.web.api.paging import Page  # noqa: TC001 - ninja reads it
from quotaloom.web.api.position import position_said
from quotaloom.web.api.problem import PROBLEMS, Problem
from quotaloom.web.api.refusal import Refusal, refused
from quotaloom.web.api.repeated import once
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import releases as may_release
from quotaloom.web.journals.opened import turn
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.plans.sight import READ, RELEASE
from quotaloom.web.versions.close import period_close
from quotaloom.web.versions.models import Edition
from quotaloom.web.versions.release import Moved, Wish, edition_release
from quotaloom.web.versions.version import edition_ref

if TYPE_CHECKING:
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.api.repeated import Keep
    from quotaloom.web.plans.selectors import Seen

router = Router(tags=["releases"])
Position = Annotated[int, Field(strict=True, ge=0, le=10**9)] | None
Name = Annotated[str, Field(min_length=1, max_length=120)]
Label = Annotated[str, Field(min_length=1, max_length=20)]


class EditionOut(Schema):
    """An edition; ``ref`` names it where versions are compared. It is in force from ``effective``.

    ``digest`` is the SHA-256 of its cells, ``head`` the seal of the plan's last edit in it.
    """

    ref: str
    number: int
    name: str
    note: str
    period: str
    effective: date
    elapsed: str
    position: int
    head: str
    digest: str
    author: UUID
    at: datetime


class EditionsOut(Schema):
    """A page of editions, the newest first."""

    items: list[EditionOut]
    total: int


class ReleaseIn(Strict):
    """What is to be released; ``seen`` (or If-Match) is the last edit that was looked at."""

    name: Name
    period: Label
    note: Words = ""
    seen: Position = None


class CloseIn(Strict):
    """The last period that is over."""

    period: Label
    seen: Position = None


class ClosedOut(Schema):
    """The edit that closed the periods."""

    edit: int


ANSWERS = {**PROBLEMS, 409: Refusal, 422: Refusal, 428: Problem}


@router.get(
    "/{plan_id}/releases",
    response={200: EditionsOut, **PROBLEMS},
    auth=Holding(READ, "limit", "offset"),
)
def releases(request: Request, plan_id: UUID, asked: Query[Page]) -> dict[str, Any]:
    """The editions of a plan."""
    seen = plan_seen(request.user, plan_id)
    found = Edition.objects.filter(plan=seen.plan).order_by("-number")
    part = found[asked.offset : asked.offset + asked.limit]
    return {"items": [_told(one) for one in part], "total": found.count()}


@router.post("/{plan_id}/releases", response={200: EditionOut, **ANSWERS}, auth=Holding(RELEASE))
def release(request: Request, plan_id: UUID, asked: ReleaseIn) -> dict[str, Any]:
    """Release the plan as it was looked at; 409 where it was edited since."""
    seen = _whole(request, plan_id)
    position = position_said(request, asked.seen)
    wish = Wish(asked.name, asked.period, asked.note, position)

    def act(keep: Keep) -> dict[str, Any]:
        with turn(plan_id):
            actor = actor_of(request)
            made = edition_release(user=request.user, seen=seen, wish=wish, actor=actor)
            told = _told(made)
            keep(EditionOut(**told).model_dump(mode="json"))
        return told

    try:
        return once(request, act)
    except Moved as moved:
        raise refused(moved, 409) from moved
    except QuotaLoomError as refusal:
        raise refused(refusal) from refusal


@router.get(
    "/{plan_id}/releases/{number}", response={200: EditionOut, **PROBLEMS}, auth=Holding(READ)
)
def edition(request: Request, plan_id: UUID, number: int) -> dict[str, Any]:
    """One edition."""
    seen = plan_seen(request.user, plan_id)
    found = Edition.objects.filter(plan=seen.plan, number=number) if number < 2**31 else None
    one = found.first() if found is not None else None
    if one is None:
        raise Http404
    return _told(one)


@router.post("/{plan_id}/closed", response={200: ClosedOut, **ANSWERS}, auth=Holding(RELEASE))
def close(request: Request, plan_id: UUID, asked: CloseIn) -> dict[str, Any]:
    """Lock the figures up to the end of a period."""
    seen = _whole(request, plan_id)
    position_said(request, asked.seen)

    def act(keep: Keep) -> dict[str, Any]:
        with turn(plan_id):
            actor = actor_of(request)
            number = period_close(
                user=request.user, plan=seen.plan, period=asked.period, actor=actor
            )
            done = {"edit": number}
            keep(done)
        return done

    try:
        return once(request, act)
    except QuotaLoomError as refusal:
        raise refused(refusal) from refusal


def _whole(request: Request, plan_id: UUID) -> Seen:
    """A plan that the account may release. Raises Http404 for any other."""
    seen = plan_seen(request.user, plan_id, RELEASE)
    if seen.plan.root_id or not may_release(request.user, seen):
        raise Http404
    return seen


def _told(one: Edition) -> dict[str, Any]:
    same = ("number", "name", "note", "period", "elapsed", "position", "head", "digest")
    told = {name: getattr(one, name) for name in same}
    when = {"effective": one.effective, "at": one.released_at}
    return {"ref": edition_ref(one), "author": one.released_by_id, **told, **when}
