"""Walking the chain of the audit: the first row that is not what was written, if there is one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.web.audit.chain import START, digest
from quotaloom.web.audit.models import AuditHead, AuditRow

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding

STEP = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain reached, and the digest of its last row."""

    number: int
    hash: str

    @classmethod
    def read(cls, text: str) -> Head:
        """From the JSON of ``text()``; raises ValueError where it is not that."""
        told = json.loads(text)
        try:
            return cls(int(told["number"]), str(told["hash"]))
        except (KeyError, TypeError) as cause:
            raise ValueError("no number and hash in it") from cause

    def text(self) -> str:
        """As JSON, to keep outside the house."""
        return json.dumps({"number": self.number, "hash": self.hash})


def head_now() -> Head:
    """The head as it stands."""
    row = AuditHead.objects.filter(pk=1).first()
    return Head(row.number, row.hash) if row else Head(0, START)


def chain_fault(kept: Head | None = None) -> Finding | None:
    """The first fault of the chain, None where it is whole.

    A tail that was cut together with the head shows only against ``kept``, a head exported before.
    """
    last = Head(0, START)
    for row in AuditRow.objects.order_by("number").iterator(STEP):
        if fault := _fault(row, last):
            return fault
        last = Head(row.number, row.hash)
        if kept and kept.number == row.number and kept.hash != row.hash:
            return _at("verify.row_not_as_exported", row.number)
    if last != head_now():
        return _at("verify.tail_cut", last.number + 1)
    if kept and kept.number > last.number:
        return _at("verify.tail_cut", last.number + 1)
    return None


def _fault(row: AuditRow, last: Head) -> Finding | None:
    if row.number != last.number + 1:
        return _at("verify.row_missing", last.number + 1)
    if _digest(row) != row.hash:
        return _at("verify.row_changed", row.number)
    if row.previous != last.hash:
        return _at("verify.row_out_of_chain", row.number)
    return None


def _digest(row: AuditRow) -> str:
    try:
        return digest(row.hashed(), row.previous, row.algorithm)
    except (ValueError, TypeError):  # an algorithm or a value that was never written so
        return ""


def _at(code: str, number: int) -> Finding:
    return error(code, f"#{number}", row=number)
