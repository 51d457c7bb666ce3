"""Writing many members at once: the rows of a whole axis in five statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from quotaloom.web.org.models import Member, MemberDetail, Occupancy, Person, Placement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from quotaloom.web.org.draft import Draft
    from quotaloom.web.org.models import Axis, Tree
    from quotaloom.web.org.span import Span

T = TypeVar("T")
BATCH = 500  # rows a statement: SQLite's variables are counted
Held = tuple[str, str, "Span"]  # code of the seat, staff number, days


def members_write(
    axis: Axis, drafts: Sequence[Draft], trees: Mapping[str, Tree], known: Mapping[str, Member]
) -> dict[str, Member]:
    """Write members that are not there yet; answers all members by code, ``known`` ones too.

    Call it inside a transaction, after the drafts were checked: nothing is checked here.
    """
    made = {
        one.code: Member(
            axis=axis,
            kind=one.kind,
            code=one.code,
            opened_on=one.span.start,
            closed_on=one.span.end,
        )
        for one in drafts
    }
    Member.objects.bulk_create(made.values(), batch_size=BATCH)
    members = {**known, **made}
    MemberDetail.objects.bulk_create(_details(drafts, members), batch_size=BATCH)
    Placement.objects.bulk_create(_placements(drafts, members, trees), batch_size=BATCH)
    return members


def _details(drafts: Iterable[Draft], members: Mapping[str, Member]) -> Iterable[MemberDetail]:
    for one in drafts:
        for name, grade, span in one.names:
            dates = {"valid_from": span.start, "valid_to": span.end}
            yield MemberDetail(member=members[one.code], name=name, grade=grade, **dates)


def _placements(
    drafts: Iterable[Draft], members: Mapping[str, Member], trees: Mapping[str, Tree]
) -> Iterable[Placement]:
    rows = [
        (one.code, tree, parent, span)
        for one in drafts
        for tree, placed in one.parents.items()
        for parent, span in placed
    ]
    for code, tree, parent, span in rows:
        above = None if parent is None else members[parent]
        dates = {"valid_from": span.start, "valid_to": span.end}
        yield Placement(tree=trees[tree], member=members[code], parent=above, **dates)


def people_write(people: Iterable[Person]) -> None:
    """Write people that are not there yet."""
    Person.objects.bulk_create(people, batch_size=BATCH)


def occupancies_write(
    held: Iterable[Held], seats: Mapping[str, Member], people: Mapping[str, Person]
) -> None:
    """Write who holds which seat, whole."""
    rows = [
        Occupancy(
            seat=seats[seat], person=people[staff_no], valid_from=span.start, valid_to=span.end
        )
        for seat, staff_no, span in held
    ]
    Occupancy.objects.bulk_create(rows, batch_size=BATCH)


def members_drop(axis: Axis, codes: Collection[str]) -> None:
    """Remove members with all their rows; nothing that stays may stand under them."""
    rows = Member.objects.filter(axis=axis).values_list("pk", "code")
    gone = sorted(pk for pk, code in rows if code in codes)
    for part in parted(gone):
        Placement.objects.filter(member__in=part).delete()
    for part in parted(gone):
        Member.objects.filter(pk__in=part).delete()


def parted(ids: Sequence[T]) -> list[Sequence[T]]:
    """As many at once as a statement takes."""
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
