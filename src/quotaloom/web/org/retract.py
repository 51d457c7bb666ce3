"""Taking back in the database what was written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.org.bulk import parted
from quotaloom.web.org.models import Grant, Occupancy, Person
from quotaloom.web.org.register import book_of, book_write
from quotaloom.web.org.written import taken_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.consequence import Consequence
    from quotaloom.web.org.models import Axis
    from quotaloom.web.org.written import Written


def retract(axis: Axis, told: Written) -> Consequence:
    """Put everything back as it was before. Call it inside a transaction, the axis locked.

    Raises DataRefused naming what was changed since, what stands on it, and who is tied to it.
    """
    book = book_of(axis)
    tied = [*_granted(axis, told), *_with_account(told)]
    try:
        done = taken_back(book, told)
    except DataRefused as refusal:
        raise DataRefused([*refusal.findings, *tied]) from refusal
    if tied:
        raise DataRefused(tied)
    book_write(axis, done)
    seated = Occupancy.objects.values("person")
    for part in parted(sorted(told.people)):
        Person.objects.filter(pk__in=part).exclude(pk__in=seated).delete()
    return done


def _granted(axis: Axis, told: Written) -> Iterator[Finding]:
    """Roles that were given on a branch which would be gone."""
    held = Grant.objects.filter(scope__axis=axis).order_by("scope__code")
    for code, user in held.values_list("scope__code", "user__username"):
        if code in told.opened:
            yield error("retract.granted", code, account=user)


def _with_account(told: Written) -> Iterator[Finding]:
    """People who would be gone and can sign in by now."""
    rows = Person.objects.filter(account__isnull=False).order_by("name")
    for pk, name, user in rows.values_list("pk", "name", "account__username"):
        if str(pk) in told.people:
            yield error("retract.has_account", name, account=user)
