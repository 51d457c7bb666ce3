"""Bringing a list: kept as it came, read and compared as often as asked, written once, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error, warning
from quotaloom.warehouse.intake.raw import RawOptions, open_raw
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.change import digest
from quotaloom.web.org.lists.column import Columns, recognised
from quotaloom.web.org.lists.compare import Comparison, compared
from quotaloom.web.org.lists.proposal import People, Proposal, Reader
from quotaloom.web.org.lists.row import rows_of
from quotaloom.web.org.lists.store import file_keep, list_path, plain_name
from quotaloom.web.org.models import ListImport, Person, Tree
from quotaloom.web.org.register import book_of, book_write, people_add

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.org.book import Book
    from quotaloom.web.org.models import Axis


@dataclass
class Reading:
    """What came of reading a list: as far as it got, and everything that was found."""

    headers: tuple[str, ...] = ()
    columns: Columns | None = None
    rows: int = 0
    compared: Comparison | None = None
    findings: tuple[Finding, ...] = ()


def list_bring(
    *,
    owner: User,
    axis: Axis,
    tree: Tree | None,
    day: date,
    file: UploadedFile[bytes],
    actor: Actor,
) -> ListImport:
    """Keep a list; nothing of it is written yet. The first list of an axis makes its tree."""
    code = tree.code if tree else axis.value
    told = {"axis": axis, "tree": code, "day": day, "name": plain_name(file)}
    one = ListImport(owner=owner, **told)
    one.sha256 = file_keep(one, file)
    with transaction.atomic():
        one.save(force_insert=True)
        params = {"name": one.name, "sha256": one.sha256, "axis": axis.value}
        audit_record(actor=actor, action="list.bring", subject=f"list:{one.pk}", params=params)
    return one


def list_read(one: ListImport) -> Reading:
    """Read the file as its params say and compare it with what is there now."""
    reading = Reading()
    try:
        _read(one, reading)
    except DataRefused as refusal:
        reading.findings = (*reading.findings, *refusal.findings)
    return reading


def list_write(*, one: ListImport, seen: str, actor: Actor) -> Reading:
    """Write the list, if its consequences are still those that were ``seen``.

    Raises DataRefused with everything that forbids it; then nothing is written.
    """
    with transaction.atomic():
        list(Tree.objects.select_for_update().filter(axis=one.axis))
        reading = list_read(one)
        made = reading.compared
        if made is None or one.written_at:
            raise DataRefused(reading.findings or [error("arrange.nothing", str(one.day))])
        if digest(made.done) != seen:
            raise DataRefused([error("enlist.seen_otherwise", str(one.day))])
        names = {"name_zh": one.get_axis_display(), "is_primary": True}
        Tree.objects.get_or_create(axis=one.axis, code=one.tree, defaults=names)
        people_add(made.people)
        book_write(one.axis, made.done)  # type: ignore[arg-type]  # a text of Axis
        counts = {"new": made.new, "changed": made.changed, "same": made.same}
        one.counts, one.written_at = counts | {"people": len(made.people)}, timezone.now()
        one.save(update_fields=["counts", "written_at"])
        told = {**one.counts, "axis": one.axis, "tree": one.tree, "day": one.day}
        told |= {"sha256": one.sha256, "rows": len(made.done.changes)}
        audit_record(actor=actor, action="list.write", subject=f"list:{one.pk}", params=told)
    return reading


def _read(one: ListImport, reading: Reading) -> None:
    told: dict[str, Any] = one.params
    options = RawOptions(
        sheet=told.get("sheet") or None,
        header_row=told.get("header_row") or None,
        fill_down=True,
        hidden_rows=told.get("hidden", "refuse"),
    )
    opened = open_raw(list_path(one), options)
    reading.headers = opened.headers
    columns = recognised(opened.headers, one.axis, told.get("columns", {}))
    reading.columns = columns
    if not {"code", "name", "person"} & set(columns.roles):
        found = ", ".join(opened.headers[:20])
        raise DataRefused([error("enlist.no_name_column", file=opened.file, found=found)])
    unclear = tuple(
        warning("enlist.column_unclear", role, choices=", ".join(hits), used=columns.roles[role])
        for role, hits in columns.unclear.items()
    )
    table = opened.load([*dict.fromkeys([*columns.roles.values(), *columns.levels])])
    reading.findings = (*unclear, *table.findings)
    rows, unread = rows_of(table, columns)
    reading.rows = len(rows)
    book, people = book_of(one.axis), people_known()  # type: ignore[arg-type]  # a text of Axis
    reader = Reader(book, one.tree, one.axis, one.day, told.get("double", "ask"), people)
    proposal = reader.read(rows)
    proposal.findings[:0] = unread
    made = _compared(book, proposal, one, people)
    reading.compared = made
    reading.findings = (*reading.findings, *made.findings)


def _compared(book: Book, proposal: Proposal, one: ListImport, people: People) -> Comparison:
    return compared(book, proposal, one.tree, one.day, people)


def people_known() -> People:
    """Everybody, by staff number and by name."""
    by_number: dict[str, str] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    for pk, number, name in Person.objects.values_list("id", "staff_no", "name"):
        by_name[name] = (*by_name.get(name, ()), str(pk))
        if number:
            by_number[number] = str(pk)
    return People(by_number, by_name)
