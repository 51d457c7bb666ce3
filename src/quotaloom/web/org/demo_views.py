"""The demo company on the last step of the first run: put in by one click, cleared by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.selectors import job_under_way
from quotaloom.web.jobs.services import job_start
from quotaloom.web.org.demo import counts
from quotaloom.web.org.demo_jobs import CLEAR, PUT_IN, back
from quotaloom.web.org.demo_service import demo_company, has_room
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request

KINDS: Final = (PUT_IN, CLEAR)


@policy("system.edit")
@require_POST
def demo_put_in(request: Request) -> HttpResponse:
    """Put the company in; while that is under way it is not begun again."""
    return _begun(request, PUT_IN)


@policy("system.edit")
@require_POST
def demo_clear(request: Request) -> HttpResponse:
    """Take it out again."""
    return _begun(request, CLEAR)


def _begun(request: Request, kind: str) -> HttpResponse:
    job = job_under_way(KINDS) or job_start(
        owner=request.user, kind=kind, params={"back": back()}, actor=actor_of(request)
    )
    return redirect("job", job_id=job.pk)


def demo_shown() -> dict[str, Any]:
    """What the step says of the company: whether it is in, may come in, or is on its way."""
    row = demo_company()
    return {
        "in": row,
        "counts": counts() if row else {},
        "room": row is None and has_room(),
        "job": job_under_way(KINDS),
    }
