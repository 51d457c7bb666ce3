"""Work of the exchange that lasts: hand out to many, collect from many."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.report.handout.review import Choice
from quotaloom.web.audit.services import Actor
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.exchange.models import Return, State
from quotaloom.web.exchange.send import Sending, handouts_send, living_hand
from quotaloom.web.exchange.take import return_look, return_take
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.stage import STAGES
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.jobs.models import Job
    from quotaloom.web.jobs.registry import Progress

HAND_OUT: Final = "exchange.hand_out"
COLLECT: Final = "exchange.collect"
STAGES["collect"] = _("Reading what came back")


@kind(HAND_OUT)
def hand_out(job: Job, progress: Progress) -> dict[str, object]:
    """One workbook for each member of a level; begun anew, they are made anew."""
    told = job.params
    plan = UUID(told["plan"])
    sending = Sending(
        level=told["level"],
        shows=tuple((code, told["layer"]) for code in told["measures"]),
        unit=UNITS[told["unit"]],
        due=date.fromisoformat(told["due"]) if told["due"] else None,
    )
    hand, actor = hand_of(job.owner, plan, sending.shows[0]), Actor(str(job.owner_id))
    with translation.override(told["lang"]):
        made = handouts_send(hand=hand, sending=sending, actor=actor, progress=progress)
    return {"url": reverse("exchange", args=[plan]), "count": len(made)}


@kind(COLLECT)
def collect(job: Job, progress: Progress) -> dict[str, object]:
    """Look at each file, and take it at once where nothing is in the way and that was asked.

    Begun anew after a crash, it leaves alone what was taken.
    """
    plan, numbers = UUID(job.params["plan"]), job.params["returns"]
    actor = Actor(str(job.owner_id))
    living_hand(hand_of(job.owner, plan), actor)
    for done, number in enumerate(numbers):
        progress("collect", done, len(numbers))
        row = Return.objects.get(pk=UUID(number))
        hand = hand_of(job.owner, plan)
        look = return_look(hand=hand, row=row) if row.state == State.WAITS else None
        if look is not None and row.state == State.READY and job.params["take"]:
            _take(hand, row, look.position, actor)
    return {"url": reverse("exchange", args=[plan]), "count": len(numbers)}


def _take(hand: Hand, row: Return, seen: int, actor: Actor) -> None:
    """Take a file that was clear a moment ago; where somebody came between, it waits again."""
    try:
        return_take(hand=hand, row=row, seen=seen, choice=Choice({}), actor=actor)
    except QuotaLoomError:
        return_look(hand=hand_of(hand.user, hand.seen.plan.pk), row=row)
