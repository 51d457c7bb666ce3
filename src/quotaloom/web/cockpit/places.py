"""Where papers stand in the organisation as it is today, and which of its members somebody sees."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
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
from quotaloom.web.org.models import Axis, Kind, Member, MemberDetail, Placement
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
    seats, units, above, names = unchanged(_organisation, timezone.localdate())
    seen = _seen([one for one in scopes if not one.everything], above)
    rules = ruled(SEAT.zh)
    return Places(seats, units, above.parents, names, seen, rules.crediting, bool(rules.faults))


def _seen(scopes: list[Scope], above: Above) -> frozenset[str] | None:
    """The codes of the members that all scopes hold; None where nothing narrows them."""
    if not scopes:
        return None
    members = frozenset.intersection(*(one.members for one in scopes))
    codes = codes_within(Axis.ORG, Scope(everything=False, members=members))
    if not codes:
        raise Http404
    return codes | {one for one in above.ended if above.stood_below(one, codes)}


@dataclass(frozen=True, slots=True)
class Above:
    """The parents of members by code, today's; of those that ended (``ended``) their last."""

    parents: dict[str, str | None]
    ended: frozenset[str]

    def stood_below(self, ended: str, seen: frozenset[str]) -> bool:
        """Whether the first member above that stands, or an ended one before it, is seen."""
        path = [ended]
        while path[-1] in self.ended and (up := self.parents.get(path[-1])) and up not in path:
            path.append(up)
        return not seen.isdisjoint(path)


Organisation = tuple[dict[str, str], dict[str, str], Above, dict[str, str]]


@lru_cache(maxsize=8)
def _organisation(day: date, _state: int | None) -> Organisation:
    """Texts → seats, texts → units, parents and names of the members that stood by a day.

    A text is a code or a name; the names of the day win over what they are short for, those over
    names of before it, and all of them over what is said of members that stand no more.
    """
    began = Placement.objects.filter(
        tree__is_primary=True, tree__axis=Axis.ORG, valid_from__lte=day
    ).order_by("valid_from")
    last = dict(began.values_list("member_id", "parent_id"))
    standing = set(placements(day).filter(tree__axis=Axis.ORG).values_list("member_id", flat=True))
    members = Member.objects.filter(axis=Axis.ORG).values_list("id", "code", "kind")
    codes = {pk: code for pk, code, _ in members if pk in last}
    seats = {codes[pk] for pk, _, kind in members if pk in last and kind == Kind.SEAT}
    ended = {codes[pk] for pk in codes if pk not in standing}
    borne = MemberDetail.objects.filter(member__axis=Axis.ORG).values_list("member_id", "name")
    former = [(codes[pk], name) for pk, name in borne if pk in codes]
    names = {codes[pk]: name for pk, (name, _) in names_on(codes, day).items()}
    bare = [(code, short(name)) for code, name in names.items()]
    current = [*names.items(), *((code, code) for code in codes.values())]
    said = former, bare, current
    texts = [_texts(said, one, ended) for one in (seats, {*codes.values()} - seats)]
    above = Above({codes[pk]: codes.get(up) for pk, up in last.items()}, frozenset(ended))
    return texts[0], texts[1], above, _told_apart(names, ended)


def _texts(
    said: tuple[Iterable[tuple[str, str]], ...], among: set[str], ended: set[str]
) -> dict[str, str]:
    """What leads to each member; later ones of ``said`` win, and any that stands over who ended."""
    standing: dict[str, str] = {}
    past: dict[str, str] = {}
    for borne in said:
        standing |= _known(borne, among - ended)
        past |= _known(borne, among & ended)
    return {one: code for one, code in past.items() if short(one) not in standing} | standing


def _known(borne: Iterable[tuple[str, str]], among: set[str]) -> dict[str, str]:
    """Each text with the one member that bears it; one that several bear leads to none ("")."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, text in borne:
        if code in among and plain(text):
            found[plain(text)].add(code)
    return {text: next(iter(codes)) if len(codes) == 1 else "" for text, codes in found.items()}


def _told_apart(names: dict[str, str], ended: set[str]) -> dict[str, str]:
    """The names, with the code behind one that several bear; what ended takes none from others."""
    standing = Counter(name for code, name in names.items() if code not in ended)
    every = Counter(names.values())
    return {
        code: name if (every if code in ended else standing)[name] == 1 else f"{name} {code}"
        for code, name in names.items()
    }
