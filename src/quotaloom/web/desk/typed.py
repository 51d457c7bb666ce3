"""What somebody types into a total: 350, 1.2亿, +10%, -5%, +200, =-3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import Method, Scale, Set, Spread, Wish
from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.core.allocation.journal.wished import figure
from quotaloom.core.model.amounts import parse_amount, parse_target
from quotaloom.core.model.money import MINOR, half_up, nearest_multiple, to_units
from quotaloom.core.model.names import half_width

if TYPE_CHECKING:
    from fractions import Fraction

    from quotaloom.core.allocation.journal.edit import Keep
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure

FILLS: Final = ("repeat", "straight_line", "growth")  # the figure is where they begin
_RATE: Final = re.compile(r"[-+].*%")
_MORE: Final = re.compile(r"[-+].*")
_USUAL: Final = Method()


@dataclass(frozen=True, slots=True)
class How:
    """How the total is to become cells, and whether its siblings absorb the difference.

    ``along`` names the axis of the siblings, "" the periods; cells of ``exclude`` keep out.
    """

    method: Method = _USUAL
    keep: Keep = "roll_up"
    along: str = ""
    exclude: tuple[Slice, ...] = ()

    @property
    def is_usual(self) -> bool:
        """Whether nothing was chosen."""
        return self == How()


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that was read: ``minor`` over ``step`` is how many units of the measure it is.

    ``is_bare`` where it is money whose unit was not said.
    """

    minor: Fraction | int
    step: int
    is_bare: bool


def edit_typed(plan: Plan, at: Slice, typed: str, size: int, how: How) -> Set | Scale | Spread:
    """The edit that a text means for a slice; ``size`` is the page's unit in 分.

    A bare number counts in the page's unit, one with a word (万, 亿) says its own; of a ratio it is
    a percentage. A sign before it adds or takes away, before a percentage it raises or lowers in
    proportion; after ``=`` it is the number itself. Where the method adds, takes away or begins
    with the figure, a sign is the number's own. Raises UsageRefused.
    """
    text = half_width(typed).strip()
    is_change = how.method.operation != "replace" or how.method.name in FILLS
    now = figure(plan, at) or 0
    if _RATE.fullmatch(text):
        rate = parse_target(text).value
        if how.is_usual:
            return Scale(at, rate)
        return _edit(at, half_up(now * (rate if is_change else 1 + rate)), how)
    read = read_typed(text.removeprefix("="), plan.measure(at.measure), size)
    if _MORE.fullmatch(text) and not is_change:
        return _edit(at, now + nearest_multiple(read.minor, read.step) // read.step, how)
    return _edit(at, to_units(read.minor, read.step), how)


def read_typed(text: str, measure: PlanMeasure, size: int) -> Typed:
    """A number as it counts for a measure; ``size`` is the page's unit in 分. Raises UsageRefused.

    Pieces are read as if they were 元, so that a refusal names them as they were typed.
    """
    if measure.kind == "ratio":
        percent = parse_amount(text.removesuffix("%")).value
        return Typed(half_up(percent * RATE / 100), 1, is_bare=False)
    amount = parse_amount(text)
    if not measure.is_money:
        return Typed(amount.value * MINOR, MINOR * measure.unit, is_bare=False)
    is_bare = not (amount.unit or amount.currency)
    return Typed(amount.value * (size if is_bare else MINOR), measure.unit, is_bare)


def edit_again(plan: Plan, at: Slice, how: How) -> Set | Spread:
    """The total of a slice as it is, shared out anew; or each cell as the method says."""
    if how.method.name == "percent":
        return Spread(at, how.method, exclude=how.exclude)
    return _set(at, figure(plan, at) or 0, how)


def _edit(at: Slice, amount: int, how: How) -> Set | Spread:
    if how.method.name in FILLS:
        return Spread(at, how.method, amount, how.exclude)
    return _set(at, amount, how)


def _set(at: Slice, amount: int, how: How) -> Set:
    return Set((Wish(at, amount),), how.method, how.keep, how.along, how.exclude)
