"""Of which seats somebody may read a measure of the dictionary, by what the grants name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.core.model.measures.expression import Aggregate, Column, columns, walk
from quotaloom.web.cockpit.selectors import codes_of
from quotaloom.web.org.roles import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.web.accounts.models import User

MARGIN: Final = "margin"
COSTS: Final = frozenset(Column(one, "cost") for one in ("order_lines", "contract_lines"))


def reach_of(user: User, dictionary: Dictionary, codes: Iterable[str]) -> frozenset[str] | None:
    """The seats of which the user may read all of the measures; None for all seats.

    A measure that holds a sum of one that grants may name is read by those grants alone, one that
    reads the costs by those of the margin. Raises UsageRefused for a code that is no measure.
    """
    asked = frozenset[Aggregate | str]().union(*(_sums(dictionary, code) for code in codes))
    named = [one for one in _grantable(dictionary) if asked & _sums(dictionary, one)]
    narrow = [seats for one in named if (seats := codes_of(user, one)) is not None]
    return frozenset.intersection(*narrow) if narrow else None


def unseen_of(user: User, dictionary: Dictionary, members: Iterable[str] | None) -> frozenset[str]:
    """The codes that the user may not read of all of some seats (None: of every seat)."""
    seats = None if members is None else frozenset(members)
    shut = [one for one in _grantable(dictionary) if not _covers(codes_of(user, one), seats)]
    sums = frozenset[Aggregate | str]().union(*(_sums(dictionary, one) for one in shut))
    told = (one for one in dictionary.definitions.values() if one.group != "any")
    return frozenset(one.code for one in told if sums and sums & _sums(dictionary, one.code))


def _grantable(dictionary: Dictionary) -> list[str]:
    """The measures that grants may name, as far as the dictionary tells them."""
    return [one for one in MEASURES if one in dictionary.definitions]


def _covers(reach: frozenset[str] | None, seats: frozenset[str] | None) -> bool:
    return reach is None or (seats is not None and seats <= reach)


def _sums(dictionary: Dictionary, code: str) -> frozenset[Aggregate | str]:
    """What a measure is made of, those that it names written out.

    ``margin`` stands for every figure of costs: sales are open, so who reads costs reads margins.
    """
    formula = dictionary.written_out(dictionary.find(code))
    sums = frozenset(one for one in walk(formula) if isinstance(one, Aggregate))
    is_guarded = code == MARGIN or not COSTS.isdisjoint(columns(formula))
    return sums | {MARGIN} if is_guarded else sums
