"""A conflict of two edits: what each did, and what can be kept of both, before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.apply import apply
from quotaloom.core.allocation.journal.rival import on_top, where_untouched
from quotaloom.core.allocation.journal.wished import figure
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.journal import Author
from quotaloom.web.desk.guard import is_covered, refuse_beyond, slices
from quotaloom.web.desk.uneven import refuse_uneven
from quotaloom.web.journals.opened import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.desk.hand import Hand

    Mine = Callable[[Plan], Sequence[Edit]]

MINE, ADD, REST = "mine", "add", "rest"
WAYS: Final = (ADD, REST)
MOST: Final = 12  # figures that are compared


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: as it was, as it is now, and as each way would leave it.

    In 分, or as its measure is kept.
    """

    at: Slice
    was: int
    now: int
    after: dict[str, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of a conflict; ``ways`` are those that are open, mine first."""

    plan: Plan
    ways: tuple[str, ...]
    lines: tuple[Line, ...]


def compared(hand: Hand, mine: Mine, was: int) -> Compared:
    """What was seen at ``was``, what is now, and what would be in each way that is open.

    A way that would be refused, and one that leaves the same figures as another, is left out.
    Raises UsageRefused where nobody has edited the plan yet.
    """
    if hand.seen.figures.living is None:
        raise UsageRefused([error("edit.not_merged")])
    with reading(hand.seen.plan.pk) as journal:
        then, now = journal.at(was), journal.plan
        plans = dict(_outcomes(hand, journal, mine, was))
        told = _slices(hand, journal, mine(now), was)
    plans = _distinct(plans, told)
    lines = tuple(_line(at, then, now, plans) for at in told)
    return Compared(now, tuple(plans), lines)


def merged(hand: Hand, journal: Journal, mine: Mine, *, way: str, was: int) -> list[Edit]:
    """The edits that keep of both what the way says. UsageRefused where nothing can be kept."""
    then, now = journal.at(was), journal.plan
    others = _named(hand, journal, was)
    found: list[Edit] = []
    for edit in mine(then):
        one = on_top(then, now, edit) if way == ADD else where_untouched(then, now, edit, others)
        if one is None:
            raise UsageRefused([error("edit.not_merged")])
        then, now = apply(then, edit).plan, apply(now, one).plan
        found.append(one)
    return found


def _outcomes(hand: Hand, journal: Journal, mine: Mine, was: int) -> Iterator[tuple[str, Plan]]:
    """The plan after each way; none for a way that would be refused."""
    ways: dict[str, Callable[[], Sequence[Edit]]] = {
        MINE: lambda: mine(journal.plan),
        ADD: lambda: merged(hand, journal, mine, way=ADD, was=was),
        REST: lambda: merged(hand, journal, mine, way=REST, was=was),
    }
    for way, edits in ways.items():
        try:
            yield way, _after(hand, journal, edits())
        except QuotaLoomError:
            continue


def _after(hand: Hand, journal: Journal, edits: Sequence[Edit]) -> Plan:
    for edit in edits:
        refuse_beyond(hand, journal, edit)
        refuse_uneven(journal.plan, edit)
    author = Author(str(hand.user.pk), hand.allowed)
    staged = journal.stage(enumerate(edits, journal.plan.position + 1), author)
    return staged.applied[-1].plan


def _distinct(plans: dict[str, Plan], told: Sequence[Slice]) -> dict[str, Plan]:
    """The first of those that leave the same figures."""
    found: dict[tuple[int, ...], str] = {}
    for way, plan in plans.items():
        found.setdefault(tuple(_minor(plan, at) for at in told), way)
    return {way: plans[way] for way in found.values()}


def _slices(hand: Hand, journal: Journal, mine: Iterable[Edit], was: int) -> tuple[Slice, ...]:
    """The figures that are worth comparing: those of one's own edits, then those of the others."""
    own = (at for edit in mine for at in slices(edit))
    return tuple(dict.fromkeys([*own, *_named(hand, journal, was)]))[:MOST]


def _named(hand: Hand, journal: Journal, was: int) -> list[Slice]:
    """The slices that the edits since a position name, as far as they are seen."""
    records = (journal.record(seq) for seq in range(was + 1, journal.plan.position + 1))
    named = (at for record in records for at in slices(record.edit))
    return [at for at in named if is_covered(journal.plan, at, hand.seen.sight)]


def _line(at: Slice, then: Plan, now: Plan, plans: dict[str, Plan]) -> Line:
    after = {way: _minor(plan, at) for way, plan in plans.items()}
    return Line(at, _minor(then, at), _minor(now, at), after)


def _minor(plan: Plan, at: Slice) -> int:
    """What a slice shows in 分, or as its measure is kept; 0 where it shows nothing."""
    measure = plan.measure(at.measure)
    return (figure(plan, at) or 0) * (1 if measure.kind == "ratio" else measure.unit)
