"""Assignments: whose a fact is by its customer, product, channel and the like, from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit_rule import OVERLAY, SPLIT, WHOLE
from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.aliases import PERCENT, ROSTER, headline, plain
from quotaloom.warehouse.intake.date_text import Day, Habits, read_day
from quotaloom.warehouse.intake.named_table import Line, read_named
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from quotaloom.core.model.findings import Finding

BEFORE: Final = ("原", "from ")  # a condition on the seat that the fact itself names
_KINDS: Final = {
    plain(word): kind
    for kind, words in (
        (SPLIT, "|分摊|拆分|主|split|primary"),
        (OVERLAY, "叠加|协作|专家|overlay|specialist"),
    )
    for word in words.split("|")
}
_ROLES: Final = {
    "rule": frozenset({"规则", "规则名称", "rule"}),
    "share": frozenset(PERCENT | {"credit", "credit%"}),
    "kind": frozenset({"性质", "kind"}),
    "from": ROSTER["from"],
    "to": ROSTER["to"],
}


@dataclass(frozen=True, slots=True)
class Assignments:
    """``rules`` as ``checked_rules`` reads them, unchecked; ``conditions``: columns of facts.

    ``columns`` says under which header the facts hold each condition.
    """

    rules: pl.DataFrame
    columns: dict[str, str]


def read_assignments(path: Path, level: str) -> Assignments:
    """Read a file whose column ``level`` says who is credited. Raises DataRefused with all faults.

    Other columns than rule, share, kind, from and to are conditions, blank where any value will
    do; a header with 原 before it is about what the fact says of that column.
    """
    roles = _ROLES | {"member": frozenset({headline(level).name})}
    taken = frozenset().union(*roles.values())
    headers = open_file(path, RawOptions()).headers
    conditions = [one for one in headers if one and headline(one).name not in taken]
    words = roles | {one: frozenset({headline(one).name}) for one in conditions}
    faults: list[Finding] = []
    lines = read_named(path, None, words, {"member", "share"}).lines()
    rows = [_row(line, conditions, faults) for line in lines if any(line.cells.values())]
    if faults:
        raise DataRefused(faults)
    texts = dict.fromkeys(["rule", "member", "kind", *conditions], pl.String)
    schema = texts | {"start": pl.Date, "end": pl.Date, "share": pl.Int64}
    return Assignments(pl.DataFrame(rows, schema=schema), {one: _meant(one) for one in conditions})


def _meant(header: str) -> str:
    for mark in BEFORE:
        if header.startswith(mark):
            return header.removeprefix(mark)
    return header


def _row(line: Line, conditions: list[str], faults: list[Finding]) -> dict[str, object]:
    cells = line.cells
    kind = _KINDS.get(plain(cells.get("kind", "")))
    if kind is None:
        faults.append(line.fault("credit.unknown_kind", "kind"))
    if not cells["member"]:
        faults.append(line.fault("credit.member_blank", "member"))
    return {
        "rule": cells.get("rule") or f"#{line.row}",
        "member": cells["member"],
        "kind": kind,
        "start": _day(line, "from", faults),
        "end": _day(line, "to", faults),
        "share": _share(line, faults),
        **{name: cells[name] or None for name in conditions},
    }


def _share(line: Line, faults: list[Finding]) -> int:
    """A share in millionths: 60%, or 0.6."""
    text = line.cells["share"].replace("％", "%")
    read = read_amount(text.removesuffix("%"))
    if isinstance(read, Amount) and not read.unit:
        parts = read.value * WHOLE / (100 if text.endswith("%") else 1)
        if parts == int(parts):
            return int(parts)
    faults.append(line.fault("credit.share_unreadable", "share"))
    return 1


def _day(line: Line, role: str, faults: list[Finding]) -> date | None:
    text = line.cells.get(role, "")
    if not text:
        return None
    found = read_day(text, Habits(FiscalCalendar()))
    if isinstance(found, Day):
        return found.day
    faults.append(line.fault(found, role))
    return None
