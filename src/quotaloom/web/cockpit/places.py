"""Where papers stand in the organisation of today, and which of its members somebody sees."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils import timezone

from quotaloom.cycle.books.places import Places, short
from quotaloom.warehouse.intake.aliases import plain
from quotaloom.warehouse.tables.shared import SEAT
from quotaloom.web.cockpit.ruled import ruled
from quotaloom.web.org.access import Scope, scope_of
from quotaloom.web.org.branches import placements, unchanged
from quotaloom.web.org.forest import names_on
from quotaloom.web.org.models import Axis, Kind, Member, MemberDetail
from quotaloom.web.org.sight import codes_within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from quotaloom.web.accounts.models import User

MEASURES: Final = ("booked", "recognised", "invoiced", "collected")  # that a bridge tells


def places_of(user: User, *permissions: str) -> Places:
    """The organisation with what the user sees of it by all of the permissions.

    Who may not see one of the measures of the bridge in a branch does not see the branch here.
    Raises Http404 for who sees no branch at all.
    """
    scopes = [scope_of(user, one, measure=told) for one in permissions for told in MEASURES]
    seats, units, parents, names = unchanged(_organisation, timezone.localdate())
    seen = _seen([one for one in scopes if not one.everything])
    rules = ruled(SEAT.zh)
    is_unruled = bool(rules.faults)
    return Places(seats, units, parents, names, seen, rules.crediting, is_unruled)


def _seen(scopes: list[Scope]) -> frozenset[str] | None:
    """The codes of the members that all scopes hold; None where nothing narrows them."""
    if not scopes:
        return None
    members = frozenset.intersection(*(one.members for one in scopes))
    codes = codes_within(Axis.ORG, Scope(everything=False, members=members))
    if not codes:
        raise Http404
    return codes


Organisation = tuple[dict[str, str], dict[str, str], dict[str, str | None], dict[str, str]]


@lru_cache(maxsize=8)
def _organisation(day: date, _state: int | None) -> Organisation:
    """Texts → seats, texts → units, parents and names of the members that stand on a day.

    A text is a code or a name; the names of the day win over what they are short for, and those
    over names of before it.
    """
    placed = placements(day).filter(tree__axis=Axis.ORG)
    above = dict(placed.values_list("member_id", "parent_id"))
    members = Member.objects.filter(axis=Axis.ORG).values_list("id", "code", "kind")
    codes = {pk: code for pk, code, _ in members if pk in above}
    seats = {codes[pk] for pk, _, kind in members if pk in above and kind == Kind.SEAT}
    borne = MemberDetail.objects.filter(member__axis=Axis.ORG).values_list("member_id", "name")
    former = [(codes[pk], name) for pk, name in borne if pk in codes]
    names = {codes[pk]: name for pk, (name, _) in names_on(codes, day).items()}
    bare = [(code, short(name)) for code, name in names.items()]
    current = [*names.items(), *((code, code) for code in codes.values())]
    units = {*codes.values()} - seats
    texts = [
        _known(former, among) | _known(bare, among) | _known(current, among)
        for among in (seats, units)
    ]
    parents = {codes[pk]: codes.get(up) for pk, up in above.items()}
    return texts[0], texts[1], parents, _told_apart(names)


def _known(borne: Iterable[tuple[str, str]], among: set[str]) -> dict[str, str]:
    """Each text with the one member that bears it; one that several bear leads to none ("")."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, text in borne:
        if code in among and plain(text):
            found[plain(text)].add(code)
    return {text: next(iter(codes)) if len(codes) == 1 else "" for text, codes in found.items()}


def _told_apart(names: dict[str, str]) -> dict[str, str]:
    """The names, with the code behind one that several members bear."""
    counts: dict[str, int] = defaultdict(int)
    for name in names.values():
        counts[name] += 1
    return {code: name if counts[name] == 1 else f"{name} {code}" for code, name in names.items()}
