"""Reading the audit: filtered, newest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.models import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What rows are asked for; an empty text asks for all. ``until`` is included."""

    text: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Wanted:
        """From the words of an address; a day that is none is left out."""
        return cls(
            asked.get("text", "").strip()[:100],
            asked.get("actor", "").strip()[:150],
            _day(asked.get("since", "")),
            _day(asked.get("until", "")),
        )


def audit_rows(wanted: Wanted) -> QuerySet[AuditRow]:
    """The rows that are wanted, newest first."""
    rows = AuditRow.objects.order_by("-number")
    if wanted.text:
        rows = rows.filter(
            Q(action__icontains=wanted.text)
            | Q(subject__icontains=wanted.text)
            | Q(params__icontains=wanted.text)
        )
    if wanted.actor:
        rows = rows.filter(_acts(wanted.actor))
    if wanted.since:
        rows = rows.filter(at__gte=_begin(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_begin(wanted.until + timedelta(days=1)))
    return rows


def names_of(rows: Iterable[AuditRow]) -> dict[str, str]:
    """The accounts that the rows name, by id; what is no account stays as it is."""
    told = (text for row in rows for text in (row.actor, row.acting_for, row.subject))
    ids = {one for text in told if (one := _id(text.rpartition(":")[2]))}
    users = User.objects.filter(pk__in=ids)
    return {str(user.pk): f"{user.shown_name} ({user.username})" for user in users}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _acts(actor: str) -> Q:
    named = User.objects.filter(Q(username__icontains=actor) | Q(first_name__icontains=actor))
    ids = [str(pk) for pk in named.values_list("pk", flat=True)[:200]]
    return Q(actor__in=[*ids, actor]) | Q(acting_for__in=[*ids, actor])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
