"""What a figure counts: money of a tax basis and a stage, pieces, days, points, or a share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Literal["money", "count", "day", "point", "share"]
Tax = Literal["", "included", "excluded"]
Stage = Literal[
    "", "booked", "shipped", "accepted", "invoiced", "recognised", "collected", "returned"
]
STORED: Final[Mapping[Unit, int]] = {
    "money": 10**4,
    "count": 10**4,
    "point": 10**4,
    "share": 10**6,
    "day": 1,
}
"""Of how many stored whole numbers a unit of a column's facts consists."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A unit; for money also whether tax is in it, and which stage of the sale it is taken at.

    An empty stage belongs to no sale: a market, a budget, an expectation.
    """

    unit: Unit
    tax: Tax = ""
    stage: Stage = ""

    def plus(self, other: Quantity) -> Quantity | None:
        """What a sum counts; None where unlike things would be added."""
        return self if self == other else None

    def less_later(self, later: Quantity) -> Quantity | None:
        """What one stage is ahead of a later one; None where units or taxes differ."""
        alike = (self.unit, self.tax) == (later.unit, later.tax)
        return Quantity(self.unit, self.tax) if alike else None

    def over(self, other: Quantity) -> Quantity | None:
        """What a quotient counts: a share of its like, or so much a piece; None for nonsense.

        Stages may differ (what is collected of the invoiced), taxes may not.
        """
        if other.unit in ("count", "share") and self.unit != other.unit:
            return self
        alike = (self.unit, self.tax) == (other.unit, other.tax)
        return Quantity("share") if alike else None
