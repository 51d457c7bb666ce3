"""Writing uploads and plans."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.origin import input_files
from quotaloom.cycle.plan.potential import read_potential
from quotaloom.cycle.progress import silent
from quotaloom.cycle.sources import last_day, read_sources
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.models import Axis, Member
from quotaloom.web.plans.beginning import beginning
from quotaloom.web.plans.models import Plan, Upload
from quotaloom.web.plans.store import upload_path, write_cells
from quotaloom.web.ui.uploaded import bytes_keep, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.cycle.progress import Progress
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor

UNASSIGNED = "未归属"


def upload_keep(*, owner: User, file: UploadedFile[bytes], actor: Actor) -> Upload:
    """Keep a file as it came, under its name without folders."""
    name = plain_name(file, "file")
    upload = Upload(id=uuid.uuid4(), owner=owner, name=name, size=file.size or 0)
    upload.sha256 = bytes_keep(file, upload_path(upload))
    with transaction.atomic():
        upload.save(force_insert=True)
        told = {"name": name, "size": upload.size, "sha256": upload.sha256}
        audit_record(actor=actor, action="upload.keep", subject=f"upload:{upload.pk}", params=told)
    return upload


@dataclass(frozen=True, slots=True)
class Order:
    """What a plan is made of: name, request, how the form keeps it, the job that does it.

    ``potential`` is a file that says what members could take, None for none.
    """

    name: str
    request: DecomposeRequest
    asked: Mapping[str, object] = field(default_factory=dict)
    job: UUID | None = None
    potential: Path | None = None


def plan_create(*, owner: User, order: Order, actor: Actor, progress: Progress = silent) -> Plan:
    """Decompose, write the cells, then the row: a plan is there whole or not at all.

    Raises QuotaLoomError with every finding.
    """
    request = order.request
    made = decompose(request, progress=progress).trace
    done = replace(made, parameters=without_folders(made.parameters, input_files(request)))
    sources = read_sources(request)
    progress("keep", 0, 0)
    plan_id = order.job or uuid.uuid4()  # begun anew, a job writes where it wrote before
    newest = last_day(sources)
    plan = Plan(
        id=plan_id,
        name=order.name,
        year=request.year,
        measure=str(order.asked.get("measure", Plan.measure.field.default)),
        also=order.asked.get("also", []),
        owner=owner,
        total=done.total,
        unit=done.unit,
        leaf_count=done.leaves.height,
        org_header=seat_header(done),
        request=dict(order.asked),
        job=order.job,
        as_of=date.fromisoformat(newest) if newest else None,
    )
    given = read_potential(order.potential, beginning(plan, done)) if order.potential else None
    if given is not None:
        done = replace(done, findings=(*done.findings, *given.findings))
    plan.digest = write_cells(plan_id, done, sources, given)
    with transaction.atomic():
        plan.save(force_insert=True)
        told = {"name": order.name, "total": done.total, "digest": plan.digest}
        audit_record(actor=actor, action="plan.create", subject=f"plan:{plan_id}", params=told)
    return plan


def without_folders(told: Mapping[str, str], files: Iterable[Path]) -> dict[str, str]:
    """Parameters with the names of files in place of where this server keeps them."""
    plain = dict(told)
    for path in files:
        plain = {name: text.replace(str(path), path.name) for name, text in plain.items()}
    return plain


def seat_header(one: Decomposition) -> str:
    """The lowest level whose members are all known in the organisation, "" where there is none."""
    known = set(Member.objects.filter(axis=Axis.ORG).values_list("code", flat=True))
    for _, levels in one.hierarchies:
        codes = set(one.leaves[levels[-1]].drop_nulls()) - {"", UNASSIGNED}
        if codes and codes <= known:
            return levels[-1]
    return ""
