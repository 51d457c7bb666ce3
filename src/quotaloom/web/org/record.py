"""One member with its history: names, parents in every tree, holders and vacancies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.web.org.forest import names_on
from quotaloom.web.org.models import Kind
from quotaloom.web.org.span import Span, gaps

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.web.org.access import Scope
    from quotaloom.web.org.models import Member


@dataclass(frozen=True)
class Line:
    """A row of a history: what held from a day on; ``is_now`` on the day looked at."""

    text: str
    more: str
    start: date
    end: date | None
    is_now: bool
    is_gap: bool = False


@dataclass(frozen=True)
class Record:
    """What the panel of a member shows. ``holders`` is None where the user may not know."""

    member: Member
    name: str
    grade: str
    is_open: bool
    names: list[Line]
    parents: list[tuple[str, list[Line]]]
    holders: list[Line] | None


def record(member: Member, day: date, scope: Scope, *, people: bool) -> Record:
    """The history of a member; parents beyond the scope are not named."""
    name, grade = names_on([member.pk], day).get(member.pk, (member.code, ""))
    life = Span(member.opened_on, member.closed_on)
    return Record(
        member=member,
        name=name,
        grade=grade,
        is_open=life.holds(day),
        names=[
            _line(one.name, one.grade, Span(one.valid_from, one.valid_to), day)
            for one in member.details.all()
        ],
        parents=_parents(member, day, scope),
        holders=_holders(member, day, life) if people and member.kind == Kind.SEAT else None,
    )


def _line(text: str, more: str, span: Span, day: date, *, is_gap: bool = False) -> Line:
    return Line(text, more, span.start, span.end, span.holds(day), is_gap)


def _parents(member: Member, day: date, scope: Scope) -> list[tuple[str, list[Line]]]:
    rows = list(member.placements.select_related("tree", "parent").order_by("tree__code"))
    rows.sort(key=lambda row: (not row.tree.is_primary, row.tree.code, row.valid_from))
    seen = [row.parent_id for row in rows if row.parent_id and scope.holds(row.parent_id)]
    names = names_on(seen, timezone.localdate())
    found: dict[str, list[Line]] = {}
    for row in rows:
        span = Span(row.valid_from, row.valid_to)
        if row.parent is None:
            text, code = "", ""
        elif row.parent_id in names:
            text, code = names[row.parent_id][0], row.parent.code
        else:
            text, code = "🔒", ""
        found.setdefault(str(row.tree), []).append(_line(text, code, span, day))
    return list(found.items())


def _holders(member: Member, day: date, life: Span) -> list[Line]:
    rows = list(member.occupancies.select_related("person"))
    spans = [Span(row.valid_from, row.valid_to) for row in rows]
    lines = [
        _line(row.person.name, f"{row.person.staff_no or ''} · {row.share * 100:.0f}%", span, day)
        for row, span in zip(rows, spans, strict=True)
    ]
    lines += [_line("", "", gap, day, is_gap=True) for gap in gaps(life, spans)]
    return sorted(lines, key=lambda one: (one.start, one.text))
