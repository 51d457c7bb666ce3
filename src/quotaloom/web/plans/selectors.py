"""Reading plans: each user sees the plans, and of them the branches, that are hers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl
from django.db.models import Q
from django.http import Http404

from quotaloom.core.model.errors import UsageRefused
from quotaloom.web.org.access import scope_of
from quotaloom.web.org.roles import MEASURES
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.sight import READ, Sight, position_seen, scopes_of, sight_of
from quotaloom.web.plans.standing import Standing, standing
from quotaloom.web.plans.store import OWN, Figures, figures, source_lines, total_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.report.pivot import Path, Pivot
    from quotaloom.web.accounts.models import User

MOST_LINES = 50


@dataclass(frozen=True, eq=False)
class Seen:
    """A plan with what one user sees of it."""

    plan: Plan
    figures: Figures
    sight: Sight

    @property
    def pivot(self) -> Pivot:
        """The plan ready to be cut."""
        return self.figures.pivot

    @cached_property
    def position(self) -> int:
        """The last edit that changed anything of what is seen, 0 for none."""
        living = self.figures.living
        return 0 if living is None else position_seen(living, self.sight)

    @property
    def is_edited(self) -> bool:
        """Whether anything of what is seen is not as it was decomposed."""
        return self.position > 0

    @property
    def key(self) -> tuple[object, ...]:
        """What answers about it may be kept under: the cells and what is seen of them."""
        state = (self.plan.digest, self.figures.shape, self.figures.key, self.position)
        return str(self.plan.pk), *state, self.sight.key


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list: a plan, and of what one user sees of it the sum, in 分, and the state."""

    plan: Plan
    total: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Lines:
    """The newest source rows of a node, and how many and how much there are in all."""

    rows: tuple[dict[str, object], ...]
    count: int
    amount: int  # ten-thousandths of a yuan


def plans_for_user(user: User) -> QuerySet[Plan]:
    """All plans of the measures that one sees everywhere; of the rest those tied to seats, her own.

    What of the latter somebody sees, if anything, her sight of each tells.
    """
    reaches = {one: scope_of(user, READ, measure=one) for one in MEASURES}
    whole = Q(measure__in=[one for one, scope in reaches.items() if scope.everything])
    part = Q(measure__in=[one for one, scope in reaches.items() if not scope.is_empty])
    found = Plan.objects.filter(whole | part & (Q(owner=user) | ~Q(org_header="")))
    return found.select_related("owner")


def plans_shown(user: User, year: int | None = None) -> list[Shown]:
    """The plans of which the user sees anything, newest first, with the sum of what she sees.

    Their scenarios are listed with their versions.
    """
    plans = plans_for_user(user).filter(root=None)
    plans = plans if year is None else plans.filter(year=year)
    return [shown for plan in plans if (shown := _shown(user, plan))]


def sees_any(user: User, plan: Plan) -> bool:
    """Whether the user sees anything of one of ``plans_for_user``."""
    return _shown(user, plan) is not None


def plan_seen(user: User, plan_id: UUID, permission: str = READ, *, shows: Key = OWN) -> Seen:
    """The plan as the user sees it, as far as the permission reaches as well.

    ``shows`` names the measure and the layer of its figures. Raises Http404 where that is nothing.
    """
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None or scope_of(user, READ, measure=plan.measure).is_empty:
        raise Http404
    return seen_now(user, plan, permission, shows=shows)


def seen_now(user: User, plan: Plan, permission: str = READ, *, shows: Key = OWN) -> Seen:
    """A plan that was read already, with its figures of now; Http404 as ``plan_seen``."""
    try:
        found = figures(plan, shows)
    except UsageRefused as cause:
        raise Http404 from cause
    return seen_with(user, plan, found, permission)


def seen_with(user: User, plan: Plan, found: Figures, permission: str = READ) -> Seen:
    """A plan with figures that were read already; Http404 where none of them is seen."""
    sight = sight_of(user, plan, found.pivot, permission, found.key[0])
    if sight is None:
        raise Http404
    return Seen(plan, found, sight)


def narrowed(user: User, seen: Seen, permission: str) -> Sight | None:
    """What the user sees of a plan that she has, as far as another permission reaches as well."""
    plan, shown = seen.plan, seen.figures.key[0]
    every = {plan.measure, *plan.also, shown}
    same = all(
        scopes_of(user, plan, one, permission) == scopes_of(user, plan, one, READ) for one in every
    )
    return seen.sight if same else sight_of(user, plan, seen.pivot, permission, shown)


def _shown(user: User, plan: Plan) -> Shown | None:
    """The plan's line of the list; its cells are looked at only where a part of it is seen."""
    if scope_of(user, READ, measure=plan.measure).everything:
        return Shown(plan, total_now(plan), standing(plan))
    now = figures(plan)
    sight = sight_of(user, plan, now.pivot)
    if sight is None:
        return None
    position = position_seen(now.living, sight) if now.living else 0
    told = standing(plan, now.living, position)
    return Shown(plan, int(now.pivot.quota[sight.mask].sum()), told)


def node_lines(seen: Seen, rows: Sequence[str], path: Path) -> Lines:
    """The source rows of the members of a node; those of other seats stay unseen."""
    named = tuple((header, text) for header, text in zip(rows, path, strict=False) if text)
    return kept(("lines", *seen.key, named), lambda: _lines(seen, named))


def _lines(seen: Seen, named: tuple[tuple[str, str], ...]) -> Lines:
    lines = source_lines(seen.plan)
    known = lines.collect_schema().names()
    if "row" not in known:
        return Lines((), 0, 0)
    wanted = [pl.col(header) == text for header, text in named if header in known]
    if not seen.sight.has_every_row:
        level = seen.pivot.levels[seen.plan.org_header]
        mine = {level.texts[code] for code in set(level.codes[seen.sight.mask].tolist())}
        wanted.append(pl.col(level.header).is_in(list(mine)))
    found = lines.filter(wanted) if wanted else lines
    totals = found.select(pl.len(), pl.col("amount").sum()).collect()
    newest = found.sort("date", "file", "row", descending=[True, False, False]).head(MOST_LINES)
    count, amount = totals.row(0)
    return Lines(tuple(newest.collect().iter_rows(named=True)), count, amount or 0)
