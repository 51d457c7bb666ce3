"""Why sales of goods changed: volume, mix, price, and goods that came or went."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold of a good: pieces in any one scale, and what they brought in 分."""

    quantity: int
    amount: int

    @property
    def is_there(self) -> bool:
        """Whether the good has a price: some of it was sold, returns taken off."""
        return self.quantity > 0


@dataclass(frozen=True, slots=True)
class Effects:
    """The parts of a change in 分; they add up to it exactly.

    ``volume``: more or fewer pieces at the old mean price. ``mix``: dearer or cheaper goods among
    them, at old prices. ``price``: the goods' own prices. ``came`` and ``went``: goods without a
    price in the one period or the other.
    """

    volume: int
    mix: int
    price: int
    came: int
    went: int

    @property
    def change(self) -> int:
        """The whole change."""
        return self.volume + self.mix + self.price + self.came + self.went


def effects(goods: Iterable[tuple[Sold, Sold]]) -> Effects:
    """The effects over goods, each told as (before, now).

    With Q, q the pieces of all and of one good, P, p their prices, before ₀ and now ₁, over the
    goods of both periods: volume (Q₁ − Q₀) P₀, mix Σ q₁ p₀ − Q₁ P₀, price Σ q₁ (p₁ − p₀). The two
    running sums are rounded once each, halves away from zero, so that no 分 is lost between them.
    """
    pairs = list(goods)
    both = [(old, new) for old, new in pairs if old.is_there and new.is_there]
    old_pieces, new_pieces = (sum(pair[at].quantity for pair in both) for at in (0, 1))
    old_amount, new_amount = (sum(pair[at].amount for pair in both) for at in (0, 1))
    at_old_mean = half_up(Fraction(new_pieces * old_amount, old_pieces)) if both else 0
    at_old_prices = half_up(
        sum((Fraction(new.quantity * old.amount, old.quantity) for old, new in both), Fraction(0))
    )
    return Effects(
        volume=at_old_mean - old_amount,
        mix=at_old_prices - at_old_mean,
        price=new_amount - at_old_prices,
        came=sum(n.amount - o.amount for o, n in pairs if not o.is_there),
        went=sum(n.amount - o.amount for o, n in pairs if o.is_there and not n.is_there),
    )
