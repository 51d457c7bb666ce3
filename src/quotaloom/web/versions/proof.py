"""Editions held against the audit: the row, the files, and what was recorded at the release."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan.edition import refuse_other
from quotaloom.warehouse.edition import folder_of
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.versions.models import Edition, told
from quotaloom.web.versions.shelf import shelf_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.model.findings import Finding

ACTION = "plan.release"


def editions_altered() -> Iterator[Finding]:
    """Every edition that is not what the audit recorded, or that only the audit still knows."""
    there = {(str(one.plan_id), one.number): one for one in Edition.objects.all()}
    for row in AuditRow.objects.filter(action=ACTION).order_by("number"):
        recorded = json.loads(row.params)
        key = row.subject.removeprefix("plan:"), int(recorded.get("number", 0))
        found = there.pop(key, None)
        if found is None or told(found) != {name: recorded.get(name) for name in told(found)}:
            yield error("edition.row_changed", str(key[1]))
        else:
            yield from _files(found)
    for one in there.values():
        yield error("edition.row_changed", str(one.number))


def _files(edition: Edition) -> Iterator[Finding]:
    try:
        refuse_other(folder_of(shelf_of(edition.plan_id), edition.number), edition.digest)
    except QuotaLoomError as refusal:
        yield from refusal.findings
