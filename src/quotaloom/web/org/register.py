"""The database as a book, and a planned change written back row by row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from quotaloom.web.org.book import HOLDER, NAME, PARENT, Book, Life, Spell
from quotaloom.web.org.bulk import BATCH, members_drop
from quotaloom.web.org.models import Member, MemberDetail, Occupancy, Person, Placement, Tree
from quotaloom.web.org.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import Model, QuerySet

    from quotaloom.web.org.book import Key
    from quotaloom.web.org.consequence import Change, Consequence
    from quotaloom.web.org.models import Axis

DAYS = ("valid_from", "valid_to")


def book_of(axis: Axis) -> Book:
    """All rows of an axis; a person is named by the text of her id."""
    lives = {
        code: Life(kind, Span(opened, closed))
        for code, kind, opened, closed in Member.objects.filter(axis=axis).values_list(
            "code", "kind", "opened_on", "closed_on"
        )
    }
    lines: dict[Key, list[Spell]] = defaultdict(list)
    for key, spell in _rows(axis):
        lines[key].append(spell)
    held = Occupancy.objects.filter(seat__axis=axis)
    people = {str(pk): name for pk, name in held.values_list("person_id", "person__name")}
    return Book(lives, {key: tuple(spells) for key, spells in lines.items()}, people)


def _rows(axis: Axis) -> Iterator[tuple[Key, Spell]]:
    """Every dated row, by its first day."""
    named = MemberDetail.objects.filter(member__axis=axis).order_by("valid_from")
    for code, name, grade, *days in named.values_list("member__code", "name", "grade", *DAYS):
        yield (NAME, code), Spell(Span(*days), (name, grade))
    placed = Placement.objects.filter(tree__axis=axis).order_by("valid_from")
    columns = ("tree__code", "member__code", "parent__code")
    for tree, code, parent, *days in placed.values_list(*columns, *DAYS):
        yield (PARENT, tree, code), Spell(Span(*days), parent)
    held = Occupancy.objects.filter(seat__axis=axis).order_by("valid_from")
    for seat, person, share, *days in held.values_list("seat__code", "person_id", "share", *DAYS):
        yield (HOLDER, seat, str(person)), Spell(Span(*days), share)


def book_write(axis: Axis, done: Consequence) -> None:
    """Write what differs. Call it inside a transaction, on the book that was read there."""
    gone = done.before.lives.keys() - done.after.lives.keys()
    members_drop(axis, gone)
    _write_lives(axis, done)
    ids = dict(Member.objects.filter(axis=axis).values_list("code", "id"))
    trees = dict(Tree.objects.filter(axis=axis).values_list("code", "id"))
    fresh: dict[type[Model], list[Model]] = defaultdict(list)
    for change in done.changes:
        if change.member in gone:
            continue
        rows, own = _line(change.key, ids, trees)
        old, new = change.before, change.after
        if old is not None:
            _rewrite(rows.filter(**own, valid_from=old.span.start), change, ids)
        elif new is not None:
            days = {"valid_from": new.span.start, "valid_to": new.span.end}
            fresh[rows.model].append(rows.model(**own, **_values(change.key, new, ids), **days))
    for model, made in fresh.items():
        model._default_manager.bulk_create(made, batch_size=BATCH)  # noqa: SLF001 - Django's word


def _write_lives(axis: Axis, done: Consequence) -> None:
    fresh = []
    for code in sorted(done.touched & done.after.lives.keys()):
        old, new = done.before.lives.get(code), done.after.lives[code]
        dates = {"opened_on": new.span.start, "closed_on": new.span.end}
        if old is None:
            fresh.append(Member(axis=axis, kind=new.kind, code=code, **dates))
        elif old != new:
            Member.objects.filter(axis=axis, code=code).update(**dates)
    Member.objects.bulk_create(fresh, batch_size=BATCH)


def _rewrite(at: QuerySet[Model], change: Change, ids: dict[str, UUID]) -> None:
    """The row as it is from now on; what it says is only written where it says something else."""
    old, new = change.before, change.after
    if new is None:
        at.delete()
    elif old is not None:
        values = {} if new.value == old.value else _values(change.key, new, ids)
        at.update(**values, valid_to=new.span.end)


def _line(
    key: Key, ids: dict[str, UUID], trees: dict[str, UUID]
) -> tuple[QuerySet[Model], dict[str, UUID]]:
    """The table of a line and what names the line there."""
    if key[0] == NAME:
        return MemberDetail.objects.all(), {"member_id": ids[key[1]]}
    if key[0] == PARENT:
        return Placement.objects.all(), {"tree_id": trees[key[1]], "member_id": ids[key[2]]}
    return Occupancy.objects.all(), {"seat_id": ids[key[1]], "person_id": UUID(key[2])}


def _values(key: Key, spell: Spell, ids: dict[str, UUID]) -> dict[str, object]:
    if key[0] == PARENT:
        return {"parent_id": None if spell.value is None else ids[str(spell.value)]}
    if isinstance(spell.value, tuple):
        return {"name": spell.value[0], "grade": spell.value[1]}
    return {"share": spell.value}


def people_add(people: Mapping[str, tuple[str, str]]) -> None:
    """Write those who are not there yet: id to name and staff number."""
    known = {str(pk) for pk in Person.objects.values_list("id", flat=True)}
    fresh = [
        Person(pk=UUID(pk), name=name, staff_no=number or None)
        for pk, (name, number) in people.items()
        if pk not in known
    ]
    Person.objects.bulk_create(fresh, batch_size=BATCH)
