"""What a spread is given: the cells, and the wish for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.numeric.groups import Groups, whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.apportion import OnZero
    from quotaloom.core.numeric.groups import Ints, Mask

Operation = Literal["replace", "add", "subtract"]
Scope = Literal["all", "populated"]
Rate = Fraction | Decimal | int


@dataclass(frozen=True, slots=True)
class Column:
    """One whole number a cell; ``given`` is False where there is none yet (which is not 0)."""

    values: Ints
    given: Mask

    @classmethod
    def of(cls, values: ArrayLike, given: ArrayLike | None = None) -> Column:
        """A column; what is not given reads 0."""
        numbers = whole(values)
        there = np.ones(len(numbers), np.bool_) if given is None else np.asarray(given, np.bool_)
        return cls(np.where(there, numbers, 0), there)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a spread, group by group in the order of time or of members.

    A ``fixed`` cell (held, excluded, not writable) keeps its value, which counts inside the total
    of its group, and leaves the denominator. ``rank`` breaks ties, the lower one first.
    """

    now: Column
    groups: Groups
    fixed: Mask
    rank: Ints | None = None

    @classmethod
    def of(
        cls,
        now: Column,
        starts: ArrayLike,
        *,
        fixed: ArrayLike | None = None,
        rank: ArrayLike | None = None,
    ) -> Cells:
        """Cells of which group g owns [starts[g], starts[g + 1])."""
        size = len(now.values)
        held = np.zeros(size, np.bool_) if fixed is None else np.asarray(fixed, np.bool_)
        return cls(now, Groups.of(starts, size), held, None if rank is None else whole(rank))


@dataclass(frozen=True, slots=True)
class Wish:
    """One spread. ``method`` is an identifier; each reads what it needs of the rest.

    ``amounts``: one a group: the total, the value to repeat, or where a series starts.
    ``drivers``: other columns over the same cells, one for ``by_reference``, ``by_weights`` and
    (if it is not of the cells themselves) ``percent``, several for ``blend`` with their ``mix``.
    ``rate``: 1/10 is ten percent. ``ends``: where a straight line ends. ``pattern``: weights by
    position, again and again, or "first" or "last".
    """

    method: str
    amounts: Ints | None = None
    operation: Operation = "replace"
    scope: Scope = "all"
    on_zero: OnZero = "equal"
    drivers: tuple[Column, ...] = ()
    mix: tuple[Rate, ...] = ()
    rate: Rate = 0
    ends: Ints | None = None
    pattern: tuple[int, ...] | Literal["first", "last"] = ()


@dataclass(frozen=True, slots=True)
class Spreading:
    """The cells after a spread, and what is to be said about it."""

    now: Column
    findings: tuple[Finding, ...]
