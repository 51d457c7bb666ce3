"""What the page asks when an edit met others: the figures of both, and of what keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.desk.ask import Wanted, was_asked
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.desk.merge import compared
from quotaloom.web.desk.refusal import refusal_seen
from quotaloom.web.desk.words import refusal_words
from quotaloom.web.plans.counted import unit_of
from quotaloom.web.plans.cut import shows_asked
from quotaloom.web.plans.grid import period_words
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.unit import UNITS, shown

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.merge import Line
    from quotaloom.web.ui.unit import Unit


@policy("plans.write")
@require_POST
def desk_compare(request: Request, plan_id: UUID) -> HttpResponse:
    """A conflict in figures: as it was seen, theirs, mine over theirs, and what keeps both."""
    hand = hand_of(request.user, plan_id, shows_asked(request.POST))
    try:
        found = compared(hand, Wanted(request, hand).on, was_asked(request))
    except QuotaLoomError as refusal:
        told = refusal_seen(hand, refusal)
        return JsonResponse({"findings": refusal_words(told.findings)})
    page = UNITS[chosen_unit(request)]
    lines = [_line(found.plan, one, page) for one in found.lines]
    return JsonResponse({"position": hand.seen.position, "ways": found.ways, "lines": lines})


def slice_words(plan: Plan, at: Slice) -> str:
    """A slice for people: 华东 · Q2."""
    day = plan.periods[-1].start
    axes = [plan.axis(name) for name, _ in at.members]
    named = zip(axes, at.members, strict=True)
    members = [axis.members[axis.place(one)] for axis, (_, one) in named]
    names = [one.name(day) or one.id.rpartition(">")[2] for one in members]
    return " · ".join([*(names or [_("Total")]), str(period_words(at.period or ""))])


def _line(plan: Plan, line: Line, page: Unit) -> dict[str, Any]:
    unit = unit_of(plan.measure(line.at.measure), page)
    told = {"was": line.was, "theirs": line.now, **line.after}
    return {"name": slice_words(plan, line.at)} | {
        name: shown(amount, unit) for name, amount in told.items()
    }
