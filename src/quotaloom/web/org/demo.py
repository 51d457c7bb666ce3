"""The demo company in the database: all axes, people and seats, with their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org import demo_files as files
from quotaloom.web.org.bulk import members_write, occupancies_write, people_write
from quotaloom.web.org.models import Axis, Member, Occupancy, Person, Tree

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.web.audit.services import Actor
    from quotaloom.web.org.draft import Draft

TREES: Final = {  # axis: code, name zh, name en; the first is the axis' own
    Axis.ORG: (("org", "销售组织", "Sales organisation"),),
    Axis.PRODUCT: (
        ("product", "产品线", "Product lines"),
        ("revenue", "收入类型", "Revenue types"),
    ),
    Axis.TERRITORY: (("territory", "省份城市", "Provinces and cities"),),
    Axis.CUSTOMER: (
        ("customer", "客户类型", "Customer classes"),
        ("by_industry", "客户按行业", "Customers by industry"),
    ),
    Axis.CHANNEL: (("channel", "渠道", "Channels"),),
    Axis.INDUSTRY: (("industry", "行业", "Industries"),),
}


def load(folder: Path, actor: Actor) -> dict[str, int]:
    """Write the company that ``build_company`` wrote to ``folder``; answers how many of what.

    Where there are members already nothing is written: the answer counts what is there. Units of
    the organisation are HQ, EAST, SOUTH, NORTH, SOUTHWEST and SQ-<province>, seats GW001…, and
    people are known by their staff number (E1001…).
    """
    with transaction.atomic():
        if not Member.objects.exists():
            write_company(folder)
            audit_record(actor=actor, action="org.load", subject="demo", params=counts())
    return counts()


def write_company(folder: Path, top: Member | None = None) -> None:
    """Write all axes; ``top`` stands for the company's own head, and opens as early as it did.

    Raises DataRefused where the code of ``top`` is that of another member of the company.
    """
    drafts = _drafts(folder)
    if top is not None:
        drafts[Axis.ORG] = [one for one in drafts[Axis.ORG] if one.code != files.HEAD]
        if top.code in {one.code for one in drafts[Axis.ORG]}:
            raise DataRefused([error("arrange.code_taken", top.code)])
        _open_since_ever(top)
    heads = {Axis.ORG: {files.HEAD: top}} if top else {}
    seats = {axis: _axis(axis, rows, heads.get(axis, {})) for axis, rows in drafts.items()}
    _people(folder, seats[Axis.ORG])


def _open_since_ever(top: Member) -> None:
    begin = min(top.opened_on, files.BEGIN)
    for rows in (top.details, top.placements):
        rows.filter(valid_from=top.opened_on).update(valid_from=begin)
    Member.objects.filter(pk=top.pk).update(opened_on=begin)


def counts() -> dict[str, int]:
    """How many members an axis has, and how many people and holdings there are."""
    found = {str(axis): Member.objects.filter(axis=axis).count() for axis in Axis}
    return {**found, "people": Person.objects.count(), "occupancies": Occupancy.objects.count()}


def _drafts(folder: Path) -> dict[Axis, list[Draft]]:
    return {
        Axis.ORG: files.organisation(folder),
        Axis.PRODUCT: files.products(folder),
        Axis.TERRITORY: files.territories(folder),
        Axis.CUSTOMER: files.customers(folder),
        Axis.CHANNEL: files.flat(folder, "渠道", "channel"),
        Axis.INDUSTRY: files.flat(folder, "行业", "industry"),
    }


def _axis(axis: Axis, drafts: list[Draft], known: dict[str, Member]) -> dict[str, Member]:
    trees = {}
    for at, (code, zh, en) in enumerate(TREES[axis]):
        names = {"name_zh": zh, "name_en": en}
        trees[code], _ = Tree.objects.get_or_create(
            axis=axis, code=code, defaults={**names, "is_primary": at == 0}
        )
    return members_write(axis, drafts, trees, known)


def _people(folder: Path, seats: dict[str, Member]) -> None:
    rows = files.rows_of(folder, "任职.csv")
    held = [(row["岗位"], row["工号"], files.span_of(row, "任职开始", "任职结束")) for row in rows]
    known = set(Person.objects.values_list("staff_no", flat=True))
    last = {staff_no: span.end for _, staff_no, span in sorted(held, key=lambda one: one[2].start)}
    people_write(
        Person(staff_no=number, name=name, left_on=last[number])
        for number, name in {row["工号"]: row["姓名"] for row in rows}.items()
        if number not in known
    )
    occupancies_write(held, seats, {one.staff_no or "": one for one in Person.objects.all()})
