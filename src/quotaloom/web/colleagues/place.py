"""A figure of a plan that people are at or speak of: its node and its period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.web.plans.cut import cut_asked
from quotaloom.web.plans.grid import period_words
from quotaloom.web.plans.kept import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.web.plans.selectors import Seen

    Members = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A code for each level that is named, by header in order, and a period ("": all of them)."""

    members: Members
    period: str = ""


def place_asked(asked: Mapping[str, str], seen: Seen) -> Place:
    """The node and the period of a form, however its rows are ordered.

    Raises UsageRefused where any of its cells are not seen, and for what is not there.
    """
    cut = cut_asked(asked, seen.pivot)
    pairs = zip(cut.rows, cut.path, strict=False)
    members = tuple(sorted((header, code) for header, code in pairs if code))
    first, *rest = (column.label for column in seen.pivot.columns)
    period = asked.get("period", "")
    period = "" if period == first else period
    if period not in {"", *rest} or not is_seen(seen, members):
        raise UsageRefused([error("edit.outside_scope")])
    return Place(members, period)


def members_of(told: Iterable[Iterable[str]]) -> Members:
    """The members as the database keeps them."""
    return tuple((header, code) for header, code in told)


def is_seen(seen: Seen, members: Members) -> bool:
    """Whether there is such a node and every cell of it is seen."""
    if seen.sight.is_whole and not members:
        return True
    state = (seen.plan.pk, seen.plan.digest, seen.figures.shape, seen.sight.key)
    return kept(("place", *state, members), lambda: _is_seen(seen, members))


def words_of(seen: Seen, place: Place) -> str:
    """A place for people: 华东 · Q2."""
    levels = seen.pivot.levels
    order = {header: number for number, header in enumerate(levels)}
    named = sorted(place.members, key=lambda one: order.get(one[0], 0))
    names = [_name(seen, *one) for one in named] or [_("Total")]
    return " · ".join([*names, str(period_words(place.period))] if place.period else names)


def _is_seen(seen: Seen, members: Members) -> bool:
    pivot = seen.pivot
    if any(header not in pivot.levels for header, _ in members):
        return False
    headers, codes = [one for one, _ in members], tuple(one for _, one in members)
    inside = pivot.inside(headers, codes, pivot.everything)
    return bool(inside.any()) and bool(seen.sight.mask[inside].all())


def _name(seen: Seen, header: str, code: str) -> str:
    level = seen.pivot.levels[header]
    return level.names[level.texts.index(code)]
