"""The board: whose workbook is out, came back, was taken, is late."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotaloom.cycle.plan.begin import LAYERS
from quotaloom.cycle.plan.catalogue import known
from quotaloom.web.exchange.models import Handout, Return, State
from quotaloom.web.exchange.take import sees_handout
from quotaloom.web.plans.counted import named

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

    from quotaloom.web.desk.hand import Hand

MOST_RETURNS: Final = 200
DONE: Final = (State.TAKEN, State.NOTHING, State.AGAIN)
STATUS: Final[dict[str, tuple[str, str, Promise]]] = {  # shape, tone and word
    "taken": ("●", "good", _("Taken")),
    "returned": ("▲", "wait", _("Returned, not taken")),
    "late": ("■", "bad", _("Late")),
    "waiting": ("○", "", _("Not back yet")),
}
FATE: Final[dict[str, tuple[str, str, Promise]]] = {
    State.TAKEN: ("●", "good", _("Taken")),
    State.READY: ("▲", "wait", _("Ready to be taken")),
    State.UNDECIDED: ("▲", "wait", _("Waits for your choice")),
    State.REFUSED: ("■", "bad", _("Refused")),
    State.NOTHING: ("○", "", _("No change")),
    State.AGAIN: ("○", "", _("The same file again")),
    State.UNDONE: ("○", "", _("Taken back")),
    State.WAITS: ("○", "", _("Not read yet")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A handout with how it stands, and the last file that came back of it."""

    handout: Handout
    status: str
    last: Return | None
    measures: list[str]

    @property
    def shown(self) -> tuple[str, str, Promise]:
        """Shape, tone and word of how it stands."""
        return STATUS[self.status]


def board(hand: Hand) -> list[Row]:
    """The newest handout of each branch that the user sees, by name."""
    rows = Handout.objects.filter(plan=hand.seen.plan, is_screen=False)
    rows = rows.select_related("plan", "made_by").prefetch_related("returns")
    newest: dict[str, Handout] = {}
    for one in rows.order_by("-made_at"):
        newest.setdefault(one.scope, one)
    seen = [one for _scope, one in sorted(newest.items()) if sees_handout(hand, one)]
    return [_row(one) for one in seen]


def counted(rows: list[Row]) -> list[tuple[Promise, int, str]]:
    """How many stand how: word, count and tone."""
    counts = Counter(row.status for row in rows)
    return [(word, counts[status], tone) for status, (_shape, tone, word) in STATUS.items()]


def returns_seen(hand: Hand) -> list[Return]:
    """The files that came back, newest first: her own, and those of branches that she sees."""
    rows = Return.objects.filter(plan=hand.seen.plan).select_related("handout", "brought_by")
    newest = rows.defer("figures", "handout__content")[:MOST_RETURNS]
    return [one for one in newest if may_see(hand, one)]


def may_see(hand: Hand, row: Return) -> bool:
    """Whether a return is the user's own, or of a handout that she sees."""
    if row.brought_by_id == hand.user.pk or hand.seen.sight.is_whole:
        return True
    return row.handout is not None and sees_handout(hand, row.handout)


def _row(one: Handout) -> Row:
    returns = sorted(one.returns.all(), key=lambda row: row.brought_at)
    states = {row.state for row in returns}
    if states & set(DONE):
        status = "taken"
    elif states:
        status = "returned"
    else:
        late = one.due is not None and one.due < timezone.localdate()
        status = "late" if late else "waiting"
    taken = [row for row in returns if row.state == State.TAKEN]
    return Row(one, status, next(reversed(taken or returns), None), _measures(one))


def _measures(one: Handout) -> list[str]:
    """What its sheets are called."""
    keys = one.shows or [(one.plan.measure, LAYERS[0])]
    return [named(known(code), layer, LAYERS[0]) for code, layer in keys]
