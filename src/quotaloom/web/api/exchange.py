"""Workbooks that came back, taken in for a program as the exchange of the plan does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - ninja reads it

from django.http import HttpResponse  # noqa: TC002 - ninja reads it
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile  # noqa: TC002 - ninja reads it
from pydantic import Field

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.report.handout.review import Choice
from quotaloom.web.api.door import Holding
from quotaloom.web.api.position import position_said
from quotaloom.web.api.problem import PROBLEMS, Problem, Refused
from quotaloom.web.api.refusal import Conflict, FaultOut, Refusal, faults, met_told, refused
from quotaloom.web.api.repeated import once
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import hand_of, renewed
from quotaloom.web.desk.refusal import MetEdit, MetUnseen, what
from quotaloom.web.exchange.drop import MOST_BYTES, MOST_FILES
from quotaloom.web.exchange.models import State
from quotaloom.web.exchange.send import living_hand
from quotaloom.web.exchange.take import return_keep, return_look, return_take
from quotaloom.web.jobs.selectors import findings_of
from quotaloom.web.journals.opened import reading
from quotaloom.web.plans.sight import WRITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.api.repeated import Keep
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.exchange.models import Return
    from quotaloom.web.exchange.take import Look

router = Router(tags=["exchange"])


class ReturnOut(Schema):
    """What became of a file: its state, the cells that it changes, the last edit of them."""

    id: UUID
    name: str
    state: str
    cells: int
    edit: int
    findings: list[FaultOut]


class ReturnsOut(Schema):
    """All files, and the position of the plan as the account sees it."""

    position: int
    files: list[ReturnOut]


class ReturnsConflict(Conflict):
    """Others wrote what a file is about since it was handed out: it waits on the board."""

    files: list[ReturnOut]


class ReturnsRefusal(Refusal):
    """What is wrong in the files; none of them was taken."""

    files: list[ReturnOut] = Field(default_factory=list)


ANSWERS = {200: ReturnsOut, 400: Problem, **PROBLEMS, 409: ReturnsConflict, 422: ReturnsRefusal}


@router.post("/{plan_id}/exchange", response={**ANSWERS, 428: Problem}, auth=Holding(WRITE))
def bring(
    request: Request,
    plan_id: UUID,
    response: HttpResponse,
    file: File[list[UploadedFile] | None] = None,
    take: Form[bool] = True,  # noqa: FBT002 - a field of the form
    seen: Form[int | None] = None,
) -> dict[str, Any]:
    """Bring workbooks back; each is taken whole, an edit a measure, where all are clear.

    The position that the program saw is said by ``seen`` or by If-Match. With ``take`` false they
    are only looked at. A file that was taken before changes nothing. With an Idempotency-Key the
    files are taken once.
    """
    found = hand_of(request.user, plan_id)
    files = file or []
    _refuse_size(files)
    position = position_said(request, seen) if take else 0
    hand = living_hand(found, actor_of(request))

    def act(keep: Keep) -> dict[str, Any]:
        rows = [return_keep(hand=hand, file=one, actor=actor_of(request)) for one in files]
        looks = [return_look(hand=hand, row=row) for row in rows]
        _refuse_unclear(hand, rows, looks)
        if take:
            _take(request, hand, rows, position)
        told = {"position": renewed(hand).seen.position, "files": _files(rows)}
        keep(told)
        return told

    told = once(request, act, _content(files))
    response["ETag"] = f'"{told["position"]}"'
    return told


def _refuse_size(files: Sequence[UploadedFile]) -> None:
    """Refuse a request without files, and one with more than the board takes."""
    if not files:
        raise Refused(422, "request.missing", "/file")
    if len(files) > MOST_FILES or any((one.size or 0) > MOST_BYTES for one in files):
        raise Refused(422, "request.too_large", "/file")


def _take(request: Request, hand: Hand, rows: Sequence[Return], seen: int) -> None:
    """Take the files that are ready, one after the other."""
    actor = actor_of(request)
    for row in rows:
        if row.state != State.READY:
            continue
        try:
            return_take(hand=renewed(hand), row=row, seen=seen, choice=Choice({}), actor=actor)
        except MetUnseen as met:
            raise Refused(409, "edit.met", row.name, met=met_told(met), files=_files(rows)) from met
        except QuotaLoomError as refusal:
            raise refused(refusal, files=_files(rows)) from refusal


def _refuse_unclear(hand: Hand, rows: Sequence[Return], looks: Sequence[Look]) -> None:
    """Refuse all files where one cannot be taken as it is."""
    files = _files(rows)
    wrong = next((row for row in rows if row.state == State.REFUSED), None)
    if wrong is not None:
        found = [one for row in rows for one in findings_of(row.findings)]
        first = findings_of(wrong.findings)[0]
        told = {"findings": faults(found), "files": files}
        raise Refused(422, first.code, first.subject[:200], **told)
    unclear = next((row for row in rows if row.state == State.UNDECIDED), None)
    if unclear is not None:
        met = met_told(MetUnseen(_met(hand, looks), ()))
        raise Refused(409, "handout.undecided", unclear.name, met=met, files=files)


def _met(hand: Hand, looks: Sequence[Look]) -> tuple[MetEdit, ...]:
    """The edits of others that the files did not know, with the cells that both changed."""
    count: dict[int, int] = {}
    for look in looks:
        for one in look.review.met if look.review else ():
            count |= {seq: count.get(seq, 0) + 1 for seq in one.by}
    with reading(hand.seen.plan.pk) as journal:
        records = [(journal.record(seq), count[seq]) for seq in sorted(count)]
        return tuple(
            MetEdit(one.seq, one.author, one.time, cells, what(hand, journal.plan, one))
            for one, cells in records
        )


def _files(rows: Sequence[Return]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(row.pk),
            "name": row.name,
            "state": str(row.state),
            "cells": row.cells,
            "edit": row.edit,
            "findings": faults(findings_of(row.findings)),
        }
        for row in rows
    ]


def _content(files: Sequence[UploadedFile]) -> str:
    """What tells requests apart that bring files: their names and what is in them."""
    told = hashlib.sha256()
    for file in files:
        told.update(f"{file.name}\n{file.size}\n".encode())
        told.update(file.read())
        file.seek(0)
    return told.hexdigest()
