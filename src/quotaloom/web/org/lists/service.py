"""Bringing a list, writing what was seen of it, and taking it back as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.progress import silent
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.change import digest
from quotaloom.web.org.lists.reading import list_read, people_known
from quotaloom.web.org.lists.store import list_path
from quotaloom.web.org.models import Axis, ListImport, Tree
from quotaloom.web.org.register import book_of, book_write, people_add
from quotaloom.web.org.retract import retract
from quotaloom.web.org.written import as_json, from_json, written
from quotaloom.web.ui.uploaded import bytes_keep, plain_name

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.jobs.registry import Progress
    from quotaloom.web.org.lists.compare import Comparison


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
    told = {"axis": axis, "tree": code, "day": day, "name": plain_name(file, "list")}
    one = ListImport(owner=owner, **told)
    one.sha256 = bytes_keep(file, list_path(one))
    with transaction.atomic():
        one.save(force_insert=True)
        params = {"name": one.name, "sha256": one.sha256, "axis": axis.value}
        audit_record(actor=actor, action="list.bring", subject=f"list:{one.pk}", params=params)
    return one


def list_write(
    *, one: ListImport, seen: str, actor: Actor, progress: Progress = silent
) -> ListImport:
    """Write the list, if its consequences are still those that were ``seen``.

    A list that is written already is left alone. Raises DataRefused with everything that forbids
    it; then nothing is written.
    """
    reading = list_read(one, progress)
    made = reading.compared
    if made is None:
        raise DataRefused(reading.findings)
    if digest(made.done) != seen:
        raise DataRefused([error("enlist.seen_otherwise", str(one.day))])
    progress("keep", 0, 0)
    with transaction.atomic():
        row = _locked(one)
        if row.written_at:
            return row
        if book_of(cast("Axis", row.axis)) != made.done.before or people_known() != reading.people:
            raise DataRefused([error("enlist.seen_otherwise", str(row.day))])
        _write(row, made)
        told = {**row.counts, "axis": row.axis, "tree": row.tree, "day": row.day}
        told |= {"sha256": row.sha256, "rows": len(made.done.changes)}
        audit_record(actor=actor, action="list.write", subject=f"list:{row.pk}", params=told)
    return row


def _write(row: ListImport, made: Comparison) -> None:
    axis = cast("Axis", row.axis)
    names = {"name_zh": _axis_word(row, "zh-hans"), "name_en": _axis_word(row, "en")}
    told = {**names, "is_primary": True}
    _, is_new = Tree.objects.get_or_create(axis=axis, code=row.tree, defaults=told)
    people_add(made.people)
    book_write(axis, made.done)
    counts = {"new": made.new, "changed": made.changed, "same": made.same}
    row.counts, row.written_at = counts | {"people": len(made.people)}, timezone.now()
    row.written = as_json(written(made.done, made.people)) | {"made_tree": is_new}
    row.save(update_fields=["counts", "written", "written_at"])


def _axis_word(row: ListImport, language: str) -> str:
    with override(language):
        return str(row.get_axis_display())


def list_undo(*, one: ListImport, actor: Actor, progress: Progress = silent) -> ListImport:
    """Take back all that the list wrote, and nothing else.

    A list that is not written, or taken back already, is left alone. Raises DataRefused naming
    everything that was changed since or stands on it now; then nothing is taken back.
    """
    progress("keep", 0, 0)
    with transaction.atomic():
        row = _locked(one)
        if row.written_at is None or row.undone_at:
            return row
        done = retract(cast("Axis", row.axis), from_json(row.written))
        if row.written["made_tree"]:
            Tree.objects.filter(axis=row.axis, code=row.tree, placements=None).delete()
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        told = {"axis": row.axis, "tree": row.tree, "rows": len(done.changes)}
        audit_record(actor=actor, action="list.undo", subject=f"list:{row.pk}", params=told)
    return row


def _locked(one: ListImport) -> ListImport:
    """The list as it is now, its axis locked against other changes."""
    list(Tree.objects.select_for_update().filter(axis=one.axis))
    return ListImport.objects.select_for_update().get(pk=one.pk)
