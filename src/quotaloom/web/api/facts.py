"""Facts of programs: rows as NDJSON, or a file, become one batch, or nothing at all."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import Field

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.left_out import places
from quotaloom.web.api.door import Holding
from quotaloom.web.api.ndjson import rows_as_csv
from quotaloom.web.api.problem import PROBLEMS, Refused
from quotaloom.web.api.refusal import FaultOut, Refusal, faults, refused
from quotaloom.web.api.repeated import once
from quotaloom.web.audit.services import actor_of
from quotaloom.web.data.services import upload_drop, upload_keep, upload_settle, upload_take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.api.repeated import Keep

router = Router(tags=["facts"])
NDJSON: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl")
NO_ROOM: Final = 507
FORM: Final = "multipart/form-data"
WORDS: Final = ("mode", "period", "source", "faulty", "subtotals", "sheet", "header_row")
FAULTY: Final = "A row with a fault refuses all of them, or (`leave`) is left out and told."


class FactsAsked(Schema):
    """How the rows meet what is there, and how a file is read; as on the page."""

    mode: Literal["key", "append", "replace"] = "key"
    period: str = Field("", max_length=20)
    source: str = Field("", max_length=40)
    faulty: Literal["", "leave"] = Field("", description=FAULTY)
    subtotals: Literal["", "drop"] = ""
    sheet: str = Field("", max_length=60)
    header_row: int | None = Field(None, ge=1, le=999_999)


class FactsOut(Schema):
    """What came of it. ``batch`` is its position in the log, null where nothing changed.

    ``unknown`` are the names by column that no list of members has; they count as unassigned.
    ``left_out`` counts the rows that were not taken; ``findings`` are all their faults, each with
    its row.
    """

    batch: int | None
    rows: int
    unknown: dict[str, list[str]]
    left_out: int
    findings: list[FaultOut]


@router.post(
    "/{kind}",
    response={200: FactsOut, **PROBLEMS, 422: Refusal, NO_ROOM: Refusal},
    auth=Holding("data.import", *WORDS),
    url_name="facts",
)
def facts(request: Request, kind: str, asked: Query[FactsAsked]) -> dict[str, Any]:
    """Rows of a kind: NDJSON (an object a line, amounts as text), or a file in the field ``file``.

    Either all rows are taken or none, or with ``faulty=leave`` exactly those without faults; every
    fault is told with its row. Sent again under the same Idempotency-Key it is done once, and the
    same content changes nothing under any key.
    """
    if kind not in KINDS:
        raise Http404
    file = _file(request)
    content = hashlib.sha256(file.read() + asked.model_dump_json().encode()).hexdigest()
    file.seek(0)
    return once(request, lambda keep: _taken(request, kind, asked, file, keep), content)


def _taken(
    request: Request, kind: str, asked: FactsAsked, file: UploadedFile[bytes], keep: Keep
) -> dict[str, Any]:
    actor = actor_of(request)
    row = upload_keep(file=file, dataset=kind, owner=request.user, actor=actor)
    upload_settle(row=row, dataset=kind, reading=asked.model_dump())

    try:
        done = upload_take(row=row, actor=actor, also=lambda *made: keep(_told(*made)))
    except QuotaLoomError as refusal:
        upload_drop(row=row)
        no_room = any(one.code == "batch.disk" for one in refusal.findings)
        raise refused(refusal, NO_ROOM if no_room else 422) from refusal
    answer = _told(done.entry, done.faults) if done else _told(None, ())
    if answer["batch"] is None:
        keep(answer)
    return answer


def _told(made: Entry | None, left_out: Sequence[Finding]) -> dict[str, Any]:
    """The answer; ``left_out`` are the faults of the rows that were not taken."""
    unknown = made.unknown if made else {}
    return {
        "batch": made.position if made else None,
        "rows": made.rows if made else 0,
        "unknown": {column: list(texts) for column, texts in unknown.items()},
        "left_out": len(places(left_out)),
        "findings": faults(left_out),
    }


def _file(request: Request) -> UploadedFile[bytes]:
    """What was sent, as a file. Refused (422) where it is neither rows nor one file."""
    if int(request.headers.get("Content-Length") or 0) > settings.MOST_UPLOAD_BYTES:
        raise Refused(413, "request.too_large")
    if request.content_type == FORM:
        files = request.FILES.getlist("file")
        if len(files) != 1 or files[0] is None:
            raise Refused(422, "request.one_file", str(len(files)))
        return files[0]
    if request.content_type not in NDJSON:
        raise Refused(422, "request.content_type", request.content_type or "")
    text = rows_as_csv(request.body).encode()
    return InMemoryUploadedFile(BytesIO(text), "file", "rows.csv", "text/csv", len(text), None)
