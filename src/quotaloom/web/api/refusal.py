"""What a program is told of edits that were not made: every reason, or whom they met."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Any, Final

from ninja import Schema
from pydantic import Field

from quotaloom.web.api.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.errors import QuotaLoomError
    from quotaloom.core.model.findings import Finding
    from quotaloom.web.desk.refusal import MetUnseen

FIELD: Final = "field"  # of a finding: where in the request it stands


class MetOut(Schema):
    """An edit by somebody else; ``what`` is empty where it reaches beyond what the account sees."""

    edit: int
    author: str
    at: datetime
    cells: int
    what: str


class Conflict(Problem):
    """Edits that the program had not seen and that its own are about too."""

    met: list[MetOut]


class FaultOut(Schema):
    """One reason of a refusal; ``field`` is the place of the request that it is about."""

    code: str
    field: str = ""
    subject: str
    params: dict[str, str | int]


class Refusal(Problem):
    """Why nothing was written: every reason."""

    findings: list[FaultOut] = Field(default_factory=list)


def refused(
    refusal: QuotaLoomError, status: int = 422, *, below: str = "", **more: object
) -> Refused:
    """The refusal in the form of the interface; its fields lie ``below`` a place."""
    first = refusal.findings[0]
    told = faults(refusal.findings, below)
    return Refused(status, first.code, first.subject[:200], findings=told, **more)


def faults(findings: Iterable[Finding], below: str = "") -> list[dict[str, Any]]:
    """Findings as programs read them, each with its field below a place of the request."""
    return [_fault(one, below) for one in findings]


def _fault(one: Finding, below: str) -> dict[str, Any]:
    params = dict(one.params)
    field = below + str(params.pop(FIELD, ""))
    return {"code": one.code, "field": field, "subject": one.subject, "params": params}


def met_told(met: MetUnseen) -> list[dict[str, Any]]:
    """The edits of others, as far as the account may know them."""
    return [
        {
            "edit": one.seq,
            "author": one.author,
            "at": one.time.isoformat(),
            "cells": one.cells,
            "what": one.what,
        }
        for one in met.met
    ]
