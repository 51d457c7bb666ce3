"""Two people at one record: changes of different fields meet, of the same one they clash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.web.registers.field import plain
from quotaloom.web.registers.models import Change

if TYPE_CHECKING:
    from quotaloom.web.registers.field import Values
    from quotaloom.web.registers.models import Opportunity


@dataclass(frozen=True, slots=True)
class Seen:
    """The position at which the author read the record.

    Of the fields ``chosen`` she knows what others wrote up to ``known``, and wants her own.
    """

    position: int
    known: int = 0
    chosen: frozenset[str] = frozenset()


class Clash(Exception):
    """Others changed fields since they were seen: ``fields`` by name; the rest of a wish is fine.

    ``record`` is as it stands now, ``wishes`` are what this author changes.
    """

    def __init__(self, record: Opportunity, fields: list[str], wishes: Values) -> None:
        super().__init__(", ".join(fields))
        self.record, self.fields, self.wishes = record, fields, wishes


def meet(record: Opportunity, seen: Seen, wishes: Values) -> Values:
    """The fields that the author changed and that still differ. Raises Clash.

    What she left as she saw it is no wish, so that it never undoes what somebody else wrote.
    """
    now = plain(record)
    moved, later = (_moved_since(record, one) for one in (seen.position, seen.known))
    mine = {name: new for name, new in wishes.items() if new != moved.get(name, now[name])}
    clashing = [
        name
        for name, new in mine.items()
        if name in (later if name in seen.chosen else moved) and new != now[name]
    ]
    if clashing:
        raise Clash(record, clashing, mine)
    return {name: new for name, new in mine.items() if new != now[name]}


def _moved_since(record: Opportunity, seen: int) -> Values:
    """The fields that were changed after a position, with what they held there."""
    rows = Change.objects.filter(update__record=record, update__position__gt=seen)
    newest_first = rows.order_by("-update__position").values_list("field", "old")
    return dict(newest_first)
