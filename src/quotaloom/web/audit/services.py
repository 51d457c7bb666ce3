"""Writing the audit: one row inside the transaction of the action itself."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from quotaloom.web.accounts.address import address_of
from quotaloom.web.audit.chain import ALGORITHM, START, digest
from quotaloom.web.audit.models import AuditHead, AuditRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

SYSTEM = "system"
PLAN = "plan."  # what the actions begin with that change a plan and nothing else


class _Written(threading.local):
    """How much this thread has written."""

    beyond_plans = 0


_WRITTEN = _Written()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from where, and in whose view."""

    id: str = SYSTEM
    address: str = ""
    acting_for: str = ""


def actor_of(request: HttpRequest) -> Actor:
    """The one who sent the request; in a borrowed view, also whose view it is."""
    user = getattr(request, "real_user", request.user)
    return Actor(
        str(user.pk) if user.is_authenticated else "anonymous",
        address_of(request),
        str(getattr(request, "acting_for", "") or ""),
    )


def audit_record(
    *, actor: Actor, action: str, subject: str, params: Mapping[str, object] | None = None
) -> AuditRow:
    """Append one row. Call it inside the transaction that makes the change."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{action} is audited outside the transaction that makes the change")
    head = _locked_head()
    row = AuditRow(
        number=head.number + 1,
        at=timezone.now().astimezone(UTC),
        actor=actor.id,
        acting_for=actor.acting_for,
        action=action,
        subject=subject[:200],
        params=json.dumps(params or {}, sort_keys=True, ensure_ascii=False, default=str),
        address=actor.address,
        algorithm=ALGORITHM,
        previous=head.hash,
    )
    row.hash = digest(row.hashed(), row.previous)
    row.save(force_insert=True)
    moved = {"number": row.number, "hash": row.hash}
    if not action.startswith(PLAN):
        moved["beyond_plans"] = row.number
        _WRITTEN.beyond_plans += 1
    AuditHead.objects.filter(pk=head.pk).update(**moved)
    return row


def rows_beyond_plans() -> int:
    """How many rows this thread has written of actions that are not a plan's own."""
    return _WRITTEN.beyond_plans


def _locked_head() -> AuditHead:
    rows = AuditHead.objects.select_for_update().filter(pk=1)
    if not rows:
        AuditHead.objects.get_or_create(pk=1, defaults={"number": 0, "hash": START})
        rows = rows.all()
    return rows[0]
