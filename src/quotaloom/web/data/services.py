"""Files kept, looked at and taken; batches taken back; names resolved. Each act is audited."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.facts.ready import read_batch
from quotaloom.cycle.facts.take import commit, look, now
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.left_out import places
from quotaloom.warehouse.tables.reader import silent
from quotaloom.web.audit.services import audit_record
from quotaloom.web.data.guess import first_sight, likely_kind
from quotaloom.web.data.kept import request_of, upload_path
from quotaloom.web.data.known import known_members
from quotaloom.web.data.models import State, Upload
from quotaloom.web.data.sample import sample_of
from quotaloom.web.data.shelf import facts_shelf, writing_shelf
from quotaloom.web.jobs.tasks import plain
from quotaloom.web.ui.uploaded import bytes_keep, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.ready import Ready
    from quotaloom.cycle.facts.take import Taken
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.tables.reader import Step
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor

MOST_KEPT: Final = 1_000  # findings with a row; the rest are counted


def upload_keep(*, file: UploadedFile[bytes], dataset: str, owner: User, actor: Actor) -> Upload:
    """Keep a file as it came; without a dataset its kind is guessed by its headers."""
    row = Upload(name=plain_name(file, "file.csv"), owner=owner, dataset=dataset)
    row.sha256 = bytes_keep(file, upload_path(row))
    if not dataset:
        seen = first_sight(upload_path(row), request_of(row).raw())
        row.dataset = likely_kind(seen.headers)
    with transaction.atomic():
        row.save(force_insert=True)
        told = {"name": row.name, "sha256": row.sha256}
        audit_record(actor=actor, action="upload.keep", subject=f"upload:{row.pk}", params=told)
    return row


def upload_drop(*, row: Upload) -> None:
    """Forget a file that nobody will take any more."""
    shutil.rmtree(upload_path(row).parent, ignore_errors=True)
    row.delete()


def upload_settle(*, row: Upload, dataset: str, reading: Mapping[str, Any]) -> None:
    """Note how the file is to be read; what was found by the old settings no longer holds."""
    row.dataset, row.reading = dataset, dict(reading)
    row.state, row.effect, row.findings = State.WAITS, {}, []
    row.save(update_fields=["dataset", "reading", "state", "effect", "findings"])


def upload_look(*, row: Upload, step: Step = silent) -> None:
    """Read and check the file, and note what it would do."""
    try:
        done = look(facts_shelf(), _read(row, step), step)
    except QuotaLoomError as refusal:
        _note(row, State.REFUSED, refusal.findings, {})
    else:
        state = State.NOTHING if done.effect.is_nothing else State.READY
        _note(row, state, done.findings, _effect(row.dataset, done), done.faults)


def upload_take(
    *,
    row: Upload,
    actor: Actor,
    step: Step = silent,
    also: Callable[[Entry, Sequence[Finding]], None] | None = None,
) -> Taken | None:
    """Commit the file as a batch; None where it is one already.

    Its row notes the batch in the transaction that makes it visible, and so does ``also``, which is
    told the faults of the rows that are left out, too. Raises what forbids it; then nothing is
    written.
    """
    row.refresh_from_db()
    if row.position is not None:
        return None
    ready = _read(row, step)

    def note(entry: Entry) -> None:
        row.position, row.state = entry.position, State.TAKEN
        row.save(update_fields=["position", "state"])
        if also is not None:
            also(entry, ready.faults)

    done = commit(writing_shelf(actor, note), ready, step)
    state = State.TAKEN if done.entry else State.NOTHING
    _note(row, state, done.findings, _effect(row.dataset, done), done.faults)
    return done


def _read(row: Upload, step: Step) -> Ready:
    return read_batch(
        facts_shelf().entries(),
        request_of(row),
        author=str(row.owner_id),
        known=known_members(),
        step=step,
    )


def batch_undo(*, position: int, user: User, actor: Actor) -> Entry:
    """Take a batch, or a resolution, back. Raises DataRefused where that cannot be."""
    return writing_shelf(actor).undo(position, author=str(user.pk), time=now())


def members_resolve(
    *, dataset: str, column: str, members: Mapping[str, str], user: User, actor: Actor
) -> Entry:
    """Say which members unknown texts are. Raises DataRefused naming those that are not unknown."""
    shelf = writing_shelf(actor)
    return shelf.resolve(dataset, column, members, author=str(user.pk), time=now())


def _effect(dataset: str, done: Taken) -> dict[str, Any]:
    effect = done.effect
    counts = {name: getattr(effect, name) for name in ("new", "changed", "same", "gone")}
    counts["left_out"] = len(places(done.faults))
    return counts | sample_of(KINDS[dataset], done.sample)


def _note(
    row: Upload,
    state: State,
    findings: Iterable[Finding],
    effect: Mapping[str, Any],
    faults: Iterable[Finding] = (),
) -> None:
    """Note what came of a look; the faults of rows that are left out are kept to the last."""
    row.state, row.effect = state, dict(effect)
    row.findings = plain([*faults, *list(findings)[:MOST_KEPT]])
    row.save(update_fields=["state", "effect", "findings"])
