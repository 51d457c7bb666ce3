"""What somebody types into a total: 350, 1.2亿, +10%, -5%, +200, =-3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import Method, Scale, Set, Wish
from quotaloom.core.model.amounts import parse_amount, parse_target
from quotaloom.core.model.money import MINOR, half_up, nearest_multiple, to_units
from quotaloom.core.model.names import half_width

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.edit import Keep
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan

METHODS: Final = ("proportional", "equal")
_RATE: Final = re.compile(r"[-+].*%")
_MORE: Final = re.compile(r"[-+].*")


@dataclass(frozen=True, slots=True)
class How:
    """How the total is to become cells, and whether its siblings absorb the difference.

    ``along`` names the axis of the siblings, "" the periods.
    """

    method: str = METHODS[0]
    keep: Keep = "roll_up"
    along: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether nothing was chosen."""
        return self == How()


def edit_typed(plan: Plan, at: Slice, typed: str, size: int, how: How) -> Set | Scale:
    """The edit that a text means for a slice; ``size`` is the page's unit in 分.

    A bare number counts in the page's unit, one with a word (万, 亿) says its own. A sign before it
    adds or takes away; after ``=`` it is the number itself. Raises UsageRefused.
    """
    text = half_width(typed).strip()
    if _RATE.fullmatch(text):
        rate = parse_target(text).value
        if how.is_usual:
            return Scale(at, rate)
        return _set(at, half_up(plan.total(at) * (1 + rate)), how)
    unit = plan.measure(at.measure).unit
    amount = parse_amount(text.removeprefix("="))
    minor = amount.value * (MINOR if amount.unit or amount.currency else size)
    if _MORE.fullmatch(text):
        return _set(at, plan.total(at) + nearest_multiple(minor, unit) // unit, how)
    return _set(at, to_units(minor, unit), how)


def _set(at: Slice, amount: int, how: How) -> Set:
    return Set((Wish(at, amount),), Method(how.method), how.keep, how.along)
