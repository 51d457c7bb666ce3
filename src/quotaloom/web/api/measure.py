"""The dictionary of measures: what each figure of screen, workbook and interface means."""

from __future__ import annotations

import tempfile
from datetime import date  # noqa: TC003 - ninja reads it
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from django.conf import settings
from django.http import Http404
from ninja import Query, Router, Schema

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.measures.known import measures_of
from quotaloom.report.list_file import Head, ListBook, write_list_csv
from quotaloom.report.measures.text import record
from quotaloom.warehouse.measures.evaluate import SCALES
from quotaloom.web.api.door import Holding
from quotaloom.web.api.paging import Page
from quotaloom.web.api.problem import PROBLEMS
from quotaloom.web.api.refusal import Refusal, refused
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.attachment import sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from quotaloom.core.model.measures.definition import Definition
    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.web.accounts.request import Request

router = Router(tags=["measures"])
CSV: Final = {"content": {"text/csv": {"schema": {"type": "string"}}}}
ANSWERS: Final = {**PROBLEMS, 422: Refusal}


class CountedOut(Schema):
    """What a figure counts, and by which version of its definition.

    ``names`` are Chinese, English. ``scale`` of its whole numbers make one: money is in 分 (100),
    a share in millionths, a count in ten-thousandths. ``tax`` and ``stage`` are its basis.
    """

    code: str
    names: list[str]
    kind: Literal["additive", "ratio", "balance", "distinct"]
    unit: Literal["money", "count", "day", "point", "share"]
    scale: int
    tax: Literal["", "included", "excluded"]
    stage: str
    better: Literal["higher", "lower"]
    version: int


class DefinitionOut(CountedOut):
    """A measure as it is told once; ``meanings`` are Chinese, English.

    ``facts`` are the kinds of facts that it is made of, which may be ``fresh_days`` old. It counts
    from ``since`` on ("": always). One's own are of the group ``own``; a measure of the group
    ``any`` is a derivation of others: ``booked.share``.
    """

    meanings: list[str]
    formula: str
    facts: list[str]
    owner: str
    fresh_days: int
    since: str
    group: str


class DefinitionsOut(Schema):
    """A page of measures, in the order in which they are told."""

    items: list[DefinitionOut]
    total: int


class DefinitionsAsked(Page):
    """As they count on which day (the newest), and whether as csv, which is the whole list."""

    on: date | None = None
    format: Literal["json", "csv"] = "json"


@router.get(
    "",
    response={200: DefinitionsOut, **ANSWERS},
    auth=Holding(READ, "on", "format", "limit", "offset"),
    openapi_extra={"responses": {200: CSV}},
)
def measures(
    request: Request,  # noqa: ARG001 - as every operation
    asked: Query[DefinitionsAsked],
) -> dict[str, Any] | HttpResponseBase:
    """All measures, one's own among them."""
    found = known(asked.on)
    every = list(found.definitions.values())
    if asked.format == "csv":
        return _csv([told(found, one) for one in every])
    part = every[asked.offset : asked.offset + asked.limit]
    return {"items": [told(found, one) for one in part], "total": len(every)}


@router.get("/{code}", response={200: DefinitionOut, **ANSWERS}, auth=Holding(READ, "on"))
def measure(
    request: Request,  # noqa: ARG001 - as every operation
    code: str,
    on: date | None = None,
) -> dict[str, Any]:
    """One measure, or a derivation of one."""
    found = known(on)
    try:
        return told(found, found.find(code))
    except UsageRefused as unknown:
        raise Http404 from unknown


def known(on: date | None = None) -> Dictionary:
    """The measures of the company. Refused (422) where those of its own are not sound."""
    try:
        return measures_of(Path(settings.HOME), on=on)
    except DataRefused as refusal:
        raise refused(refusal) from refusal


def told(dictionary: Dictionary, one: Definition) -> dict[str, Any]:
    """A definition as the interface tells it."""
    return record(dictionary, one) | {"scale": SCALES[one.counts.unit]}


def _csv(rows: list[dict[str, Any]]) -> HttpResponseBase:
    """A line a measure; Chinese and English in columns of their own."""
    flat = [_flat(one) for one in rows]
    heads = [Head(name) for name in flat[0]]
    lines = [list(one.values()) for one in flat]
    book = ListBook("", heads, lines, unit_size=1, decimals=0, about="", stamps=())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "measures.csv")
        write_list_csv(book, path)
        return sent(path, path.name)


def _flat(row: dict[str, Any]) -> dict[str, str | int]:
    """The fields of a definition, each one text or number."""
    pairs = {
        f"{field}_{lang}": text
        for field in ("names", "meanings")
        for lang, text in zip(("zh", "en"), row[field], strict=True)
    }
    rest = {name: value for name, value in row.items() if name not in ("names", "meanings")}
    return {"code": rest.pop("code"), **pairs, **rest, "facts": " ".join(row["facts"])}
