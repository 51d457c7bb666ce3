"""Comments on figures: said, settled and opened again by whoever sees all of the figure."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.web.audit.services import audit_record
from quotaloom.web.colleagues.models import Comment, Thread
from quotaloom.web.colleagues.place import Place, is_seen, members_of, place_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.plans.selectors import Seen

LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure that is spoken of: so many comments in threads that are open."""

    place: Place
    count: int


def threads_at(seen: Seen, place: Place) -> list[Thread]:
    """What was said about a figure, the open threads first; the place must be a seen one."""
    members = [list(one) for one in place.members]
    found = Thread.objects.filter(plan=seen.plan, members=members, period=place.period)
    found = found.select_related("resolved_by").prefetch_related("comments__author")
    return sorted(found, key=lambda one: one.resolved_at is not None)


def threads_asked(asked: Mapping[str, str], seen: Seen) -> list[Thread]:
    """The threads about the figure of a form; none where it is not wholly seen."""
    with suppress(UsageRefused):
        return threads_at(seen, place_asked(asked, seen))
    return []


def marks(seen: Seen) -> list[Mark]:
    """The figures with open threads, of those that are wholly seen."""
    threads = Thread.objects.filter(plan=seen.plan, resolved_at=None).annotate(n=Count("comments"))
    counts: dict[Place, int] = {}
    for one in threads:
        place = place_of(one)
        if is_seen(seen, place.members):
            counts[place] = counts.get(place, 0) + one.n
    return [Mark(place, count) for place, count in counts.items()]


def thread_seen(seen: Seen, number: str) -> Thread:
    """A thread of the plan. UsageRefused where it is not there or not seen, both alike."""
    one = None
    with suppress(ValueError):
        one = Thread.objects.filter(plan=seen.plan, pk=UUID(number)).first()
    if one is None or not is_seen(seen, members_of(one.members)):
        raise UsageRefused([error("edit.outside_scope")])
    return one


def comment_add(
    *, user: User, about: Thread | tuple[Plan, Place], text: str, actor: Actor
) -> Comment:
    """Say something, as an answer in a thread or about a figure, where it begins a thread."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise UsageRefused([error("comment.length", str(len(said)), most=LONGEST)])
    with transaction.atomic():
        thread = about if isinstance(about, Thread) else _thread(*about)
        comment = Comment.objects.create(thread=thread, author=user, text=said)
        _record(actor, "plan.comment", thread)
    return comment


def thread_settle(*, user: User, thread: Thread, actor: Actor) -> None:
    """Note that nothing is left to be said; once and no more."""
    with transaction.atomic():
        left = Thread.objects.filter(pk=thread.pk, resolved_at=None)
        if left.update(resolved_at=timezone.now(), resolved_by=user):
            _record(actor, "plan.comment_settle", thread)


def thread_reopen(*, thread: Thread, actor: Actor) -> None:
    """Take up a settled thread again."""
    with transaction.atomic():
        settled = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False)
        if settled.update(resolved_at=None, resolved_by=None):
            _record(actor, "plan.comment_reopen", thread)


def place_of(thread: Thread) -> Place:
    """The figure that a thread is about."""
    return Place(members_of(thread.members), thread.period)


def _thread(plan: Plan, place: Place) -> Thread:
    members = [list(one) for one in place.members]
    return Thread.objects.create(plan=plan, members=members, period=place.period)


def _record(actor: Actor, action: str, thread: Thread) -> None:
    told = {"thread": str(thread.pk)}
    audit_record(actor=actor, action=action, subject=f"plan:{thread.plan_id}", params=told)
