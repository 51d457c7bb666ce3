"""Reading a list: the file as its params say, compared with what is there. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.cycle.inspect import Look, look_at
from quotaloom.cycle.progress import silent
from quotaloom.warehouse.intake.raw import RawOptions, open_raw
from quotaloom.web.org.lists.column import Columns, recognised
from quotaloom.web.org.lists.compare import Comparison, compared
from quotaloom.web.org.lists.proposal import People, Reader
from quotaloom.web.org.lists.row import rows_of
from quotaloom.web.org.lists.store import list_path
from quotaloom.web.org.models import Axis, ListImport, Person
from quotaloom.web.org.register import book_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.raw import RawFile
    from quotaloom.web.jobs.registry import Progress
    from quotaloom.web.org.lists.row import Row


@dataclass
class Reading:
    """What came of reading a list: as far as it got, and everything that was found."""

    look: Look
    columns: Columns | None = None
    rows: int = 0
    compared: Comparison | None = None
    findings: tuple[Finding, ...] = ()
    people: People = field(default_factory=People)


def options_of(one: ListImport) -> RawOptions:
    """How the file is to be opened, as far as somebody said."""
    told: dict[str, Any] = one.params
    return RawOptions(
        sheet=told.get("sheet") or None,
        header_row=told.get("header_row") or None,
        encoding=told.get("encoding") or None,
        fill_down=True,
        hidden_rows=told.get("hidden", "refuse"),
    )


def list_read(one: ListImport, progress: Progress = silent) -> Reading:
    """Read the file and compare it with what is there; what refuses it is among the findings."""
    progress("read", 0, 0)
    reading = Reading(look_at(list_path(one), options_of(one)))
    try:
        rows = _rows(one, reading, progress)
        _compare(one, reading, rows, progress)
    except DataRefused as refusal:
        reading.findings = (*reading.findings, *refusal.findings)
    return reading


def _rows(one: ListImport, reading: Reading, progress: Progress) -> list[Row]:
    opened = open_raw(list_path(one), options_of(one))
    columns = recognised(opened.headers, one.axis, one.params.get("columns", {}))
    reading.columns = columns
    _name_something(opened, columns)
    table = opened.load([*dict.fromkeys([*columns.roles.values(), *columns.levels])])
    reading.findings = (*_unclear(columns), *table.findings)
    rows, unread = rows_of(table, columns, progress)
    reading.rows = len(rows)
    reading.findings = (*reading.findings, *unread)
    return rows


def _name_something(opened: RawFile, columns: Columns) -> None:
    if not {"code", "name", "person"} & set(columns.roles):
        found = ", ".join(opened.headers[:20])
        raise DataRefused([error("enlist.no_name_column", file=opened.file, found=found)])


def _unclear(columns: Columns) -> list[Finding]:
    return [
        warning("enlist.column_unclear", role, choices=", ".join(hits), used=columns.roles[role])
        for role, hits in columns.unclear.items()
    ]


def _compare(one: ListImport, reading: Reading, rows: Sequence[Row], progress: Progress) -> None:
    book, reading.people = book_of(cast("Axis", one.axis)), people_known()
    double = one.params.get("double", "ask")
    reader = Reader(book, one.tree, one.axis, one.day, double, reading.people)
    proposal = reader.read(rows)
    # to be judged together with what the comparison finds, so that all of it is told at once
    proposal.findings[:0] = reading.findings
    reading.findings = ()
    made = compared(book, proposal, one.tree, one.day, reading.people, progress)
    reading.compared, reading.findings = made, made.findings


def people_known() -> People:
    """Everybody, by staff number and by name."""
    by_number: dict[str, str] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    for pk, number, name in Person.objects.order_by("pk").values_list("id", "staff_no", "name"):
        by_name[name] = (*by_name.get(name, ()), str(pk))
        if number:
            by_number[number] = str(pk)
    return People(by_number, by_name)
