"""Writing drafts of plans: their files, what each is for, and the answers typed so far."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.cycle.inspect import guess_join
from quotaloom.web.accounts.company import company, conventions
from quotaloom.web.audit.services import audit_record
from quotaloom.web.plans.columns import FACTS
from quotaloom.web.plans.models import SINGLE, Draft, DraftFile, Role
from quotaloom.web.plans.scene import look_of
from quotaloom.web.plans.services import upload_keep
from quotaloom.web.plans.store import upload_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.cycle.inspect import Look
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Upload

LONGEST_NAME = 150
MIB = 2**20
LARGE = 4 * MIB  # of plain text: below, a look answers within a second
PACKED = {".xlsx": 8, ".xlsm": 8, ".xls": 4, ".gz": 8, ".parquet": 8}  # plain text in a byte
ROUNDING = {"yuan": "1", "wan": "10000", "yi": "10000"}  # the company's unit, as cells are rounded


def company_answers() -> dict[str, str]:
    """What the company's settings answer for every new plan, as the form would have it typed."""
    told = conventions()
    calendar = told.calendar
    typed = {
        "fiscal_start": str(calendar.start_month),
        "cutoff_day": str(calendar.cutoff_day),
        "pattern": calendar.pattern or "",
    }
    is_chosen = "unit" in company().steps_done  # else it is only how pages open
    return typed | ({"unit": ROUNDING[told.unit]} if is_chosen else {})


def draft_begin(*, owner: User, files: Iterable[UploadedFile[bytes]], actor: Actor) -> Draft:
    """A new draft of some files, with the company's answers."""
    with transaction.atomic():
        draft = Draft.objects.create(owner=owner, typed=company_answers())
        _note(draft, actor, "draft.begin", {})
        files_add(draft=draft, files=files, actor=actor)
    return draft


def is_large(files: Iterable[DraftFile]) -> bool:
    """Whether reading files takes longer than a page may."""
    uploads = [file.upload for file in files]
    return sum(PACKED.get(Path(one.name).suffix, 1) * one.size for one in uploads) > LARGE


def files_add(*, draft: Draft, files: Iterable[UploadedFile[bytes]], actor: Actor) -> None:
    """Keep files and guess what each is for: past orders, or a table to look up.

    Large ones have no role until a job has looked at them.
    """
    kept = [upload_keep(owner=draft.owner, file=file, actor=actor) for file in files]
    with transaction.atomic():
        added = [_added(draft, upload) for upload in kept]
    if not is_large(draft.files.select_related("upload")):
        roles_guess(draft=draft, files=added)


def roles_guess(*, draft: Draft, files: Sequence[DraftFile]) -> None:
    """What files that were just added are for, as their columns tell."""
    looks = [(file, look_of(file.upload)) for file in files]
    with transaction.atomic():
        for file, role in _roles(draft, looks):
            file.role = role
            file.save(update_fields=["role"])
        keys_guess(draft=draft)


def _added(draft: Draft, upload: Upload) -> DraftFile:
    alias = _free(draft, (upload.name.split(".")[0] or upload.name)[:LONGEST_NAME])
    return DraftFile.objects.create(draft=draft, upload=upload, alias=alias)


def file_change(*, file: DraftFile, role: str, keys: Mapping[str, str], actor: Actor) -> None:
    """What a file is for, and, of a table to look up, its columns and its name.

    Of some roles a plan has one file: an earlier one takes this file's role instead.
    """
    draft, was = file.draft, (file.role, file.alias)
    with transaction.atomic():
        if role in SINGLE:
            draft.files.filter(role=role).exclude(pk=file.pk).update(role=was[0])
        file.role = role
        file.left, file.right = keys.get("left", ""), keys.get("right", "")
        wanted = keys.get("alias", "").replace(".", "").strip()[:LONGEST_NAME]
        file.alias = _free(draft, wanted or was[1], but=file.pk)
        file.save()
        _rename(draft, was[1], file.alias)
        keys_guess(draft=draft)
        told = {"role": role, "left": file.left, "right": file.right, "alias": file.alias}
        _note(draft, actor, "draft.file", {"name": file.upload.name, **told})


def file_remove(*, file: DraftFile, actor: Actor) -> None:
    """Take a file out of its draft, with the joins that hung on it."""
    with transaction.atomic():
        draft = file.draft
        file.delete()
        draft.files.filter(left__startswith=f"{file.alias}.").update(left="", right="")
        keys_guess(draft=draft)
        _note(draft, actor, "draft.file_remove", {"name": file.upload.name})


def answers_keep(*, draft: Draft, typed: Mapping[str, str], actor: Actor) -> None:
    """What was typed, so that nothing is lost; audited is what is not as it was."""
    names = [name for name in {**draft.typed, **typed} if draft.typed.get(name) != typed.get(name)]
    if not names:
        return
    with transaction.atomic():
        draft.typed = dict(typed)
        draft.save(update_fields=["typed"])
        _note(draft, actor, "draft.answer", {name: typed.get(name, "") for name in names})


def _note(draft: Draft, actor: Actor, action: str, params: Mapping[str, object]) -> None:
    audit_record(actor=actor, action=action, subject=f"draft:{draft.pk}", params=params)


def keys_guess(*, draft: Draft) -> None:
    """Columns for the tables to look up that have none, as long as one leads to another."""
    files = list(draft.files.select_related("upload"))
    base = {file.role: file for file in reversed(files)}
    first = base.get(Role.WEIGHTS) or base.get(Role.FACTS)
    if first is None:
        return
    tables = {FACTS: _headers(first)} | {f.alias: _headers(f) for f in files if f.is_joined}
    waiting = [f for f in files if f.role == Role.JOIN and not f.is_joined]
    while waiting:
        pairs = {f.pk: guess_join(tables, upload_path(f.upload)) for f in waiting}
        found = [f for f in waiting if pairs[f.pk]]
        if not found:
            return
        for file in found:
            file.left, file.right = pairs[file.pk] or ("", "")
            file.save()
            tables[file.alias] = _headers(file)
        waiting = [file for file in waiting if file not in found]


def _headers(file: DraftFile) -> tuple[str, ...]:
    return look_of(file.upload).headers


def _roles(draft: Draft, looks: Sequence[tuple[DraftFile, Look]]) -> list[tuple[DraftFile, Role]]:
    """Past orders have a date and an amount; the first file is taken for them where none has."""
    has_base = draft.files.filter(role__in=[Role.FACTS, Role.WEIGHTS]).exists()
    named = [Role.FACTS if look.has_facts else Role.JOIN for _, look in looks]
    if named and not has_base and Role.FACTS not in named:
        named[0] = Role.FACTS
    return [(file, role) for (file, _), role in zip(looks, named, strict=True)]


def _free(draft: Draft, wanted: str, but: int = 0) -> str:
    """The name, numbered where another table of the draft, or the facts, is called so."""
    taken = set(draft.files.exclude(pk=but).values_list("alias", flat=True)) | {FACTS}
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}{number}", number + 1
    return name


def _rename(draft: Draft, old: str, new: str) -> None:
    """Let the joins that hang on a table follow its new name."""
    if old == new:
        return
    for file in draft.files.filter(left__startswith=f"{old}."):
        file.left = f"{new}.{file.left.removeprefix(f'{old}.')}"
        file.save()
