"""The jobs of the first run's last step: put the demo company in, clear it again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotaloom.cycle.demo_company import build_company
from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.stage import LAST, STAGES
from quotaloom.web.org.demo_service import PARTS, company_clear, company_put_in, demo_company

if TYPE_CHECKING:
    from quotaloom.web.jobs.models import Job
    from quotaloom.web.jobs.registry import Progress

PUT_IN: Final = "sample.put_in"
CLEAR: Final = "sample.clear"
STAGES |= {
    "draw": _("Making the company up"),
    "settle": _("Writing its organisation, products and customers"),
    "clear": _("Taking the company out"),
}
LAST |= {"settle", "clear"}


def back() -> str:
    """The step that both were asked on."""
    return reverse("wizard_step", args=["sample"])


@kind(PUT_IN)
def put_in(job: Job, progress: Progress) -> dict[str, object]:
    """Draw the company, write it, then what other apps add; begun anew, it adds what lacks."""
    there = demo_company()
    if there is None or PARTS.keys() - there.parts.keys():
        with tempfile.TemporaryDirectory() as folder:
            _put_in(job, Path(folder), progress)
    return {"url": back()}


def _put_in(job: Job, folder: Path, progress: Progress) -> None:
    progress("draw", 0, 0)
    build_company(folder)
    progress("settle", 0, 0)
    row = company_put_in(job=job, folder=folder, actor=Actor(str(job.owner_id)))
    for part in PARTS.keys() - row.parts.keys():
        row.parts[part] = PARTS[part].put_in(job, folder, progress)
        row.save(update_fields=["parts"])


@kind(CLEAR)
def clear(job: Job, progress: Progress) -> dict[str, object]:
    """Take it out, where it is in."""
    progress("clear", 0, 0)
    with transaction.atomic():
        row = demo_company()
        if row is not None:
            company_clear(row=row, actor=Actor(str(job.owner_id)))
    return {"url": back()}
