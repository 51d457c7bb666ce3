"""The demo company put into a house that is still empty, and cleared out of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.consequence import weighed
from quotaloom.web.org.demo import counts, write_company
from quotaloom.web.org.models import Axis, DemoCompany, Kind, Member, Person, Tree
from quotaloom.web.org.register import book_of
from quotaloom.web.org.retract import retract
from quotaloom.web.org.written import as_json, from_json, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.jobs.models import Job
    from quotaloom.web.jobs.registry import Progress


@dataclass(frozen=True, slots=True)
class Part:
    """What another app puts in: it answers its id, by which it is cleared; both are safe anew."""

    put_in: Callable[[Job, Path, Progress], str]
    clear: Callable[[str, Actor], None]


PARTS: Final[dict[str, Part]] = {}


def demo_company() -> DemoCompany | None:
    """The one that is in the house now."""
    return DemoCompany.objects.filter(cleared_at=None).select_related("job").first()


def has_room() -> bool:
    """Whether nobody is in the house yet, but for the top unit that the first run may have made."""
    members = Member.objects.all()
    others = members.exclude(axis=Axis.ORG, kind=Kind.UNIT)
    trees = Tree.objects.exclude(axis=Axis.ORG, code="org")
    return members.count() <= 1 and not others.exists() and not trees.exists()


def company_put_in(*, job: Job, folder: Path, actor: Actor) -> DemoCompany:
    """Write the company of ``folder`` into all axes; one that is in already is left alone.

    Raises DataRefused where somebody is in the house.
    """
    with transaction.atomic():
        list(Tree.objects.select_for_update())
        there = demo_company()
        if there is not None:
            return there
        if not has_room():
            raise DataRefused([error("demo.no_room", count=Member.objects.count())])
        before = {axis: book_of(axis) for axis in Axis}
        people = set(Person.objects.values_list("pk", flat=True))
        trees = set(Tree.objects.values_list("axis", "code"))
        write_company(folder, Member.objects.first())
        fresh = [str(pk) for pk in Person.objects.values_list("pk", flat=True) if pk not in people]
        told = {
            axis.value: as_json(
                written(weighed(book, book_of(axis)), fresh if axis == Axis.ORG else ())
            )
            for axis, book in before.items()
        }
        made = sorted(set(Tree.objects.values_list("axis", "code")) - trees)
        row = DemoCompany.objects.create(job=job, written=told, trees=made)
        audit_record(actor=actor, action="sample.put_in", subject="demo", params=counts())
    return row


def company_clear(*, row: DemoCompany, actor: Actor) -> None:
    """Take everything out again, the parts of other apps first.

    Raises DataRefused naming all that was changed since; then nothing is taken out.
    """
    with transaction.atomic():
        list(Tree.objects.select_for_update())
        row = DemoCompany.objects.select_for_update().get(pk=row.pk)
        if row.cleared_at:
            return
        for name, key in row.parts.items():
            PARTS[name].clear(key, actor)
        _take_out(row)
        for axis, code in row.trees:
            Tree.objects.filter(axis=axis, code=code, placements=None).delete()
        row.cleared_at = timezone.now()
        row.save(update_fields=["cleared_at"])
        audit_record(actor=actor, action="sample.clear", subject="demo", params=counts())


def _take_out(row: DemoCompany) -> None:
    found: list[Finding] = []
    for axis, told in row.written.items():
        try:
            retract(Axis(axis), from_json(told))
        except DataRefused as refusal:
            found += refusal.findings
    if found:
        raise DataRefused(found)
