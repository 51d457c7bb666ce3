"""Why sales of goods changed: volume, mix, price, and goods that came or went."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold of a good: pieces and what they brought, each in any one scale.

    ``uncounted`` is the part of the amount of which nobody says how many pieces it is.
    """

    quantity: int
    amount: int
    uncounted: int = 0

    @property
    def has_price(self) -> bool:
        """Whether some of it was sold, returns taken off."""
        return self.quantity > 0


@dataclass(frozen=True, slots=True)
class Effects:
    """The parts of a change in 分; they add up to it exactly.

    ``volume``: more or fewer pieces at the old mean price. ``mix``: dearer or cheaper goods among
    them, at old prices. ``price``: the goods' own prices. ``came`` and ``went``: goods without a
    price in the one period or the other. ``uncounted``: goods some of whose pieces nobody counted.
    """

    volume: int
    mix: int
    price: int
    came: int
    went: int
    uncounted: int = 0

    @property
    def change(self) -> int:
        """The whole change."""
        parts = (self.volume, self.mix, self.price, self.came, self.went, self.uncounted)
        return sum(parts)


def effects(goods: Iterable[tuple[Sold, Sold]], scale: int = 1) -> Effects:
    """The effects over goods, each told as (before, now); ``scale`` of their amounts are a 分.

    With Q, q the pieces of all and of one good, P, p their prices, before ₀ and now ₁, over the
    goods with a price in both periods: volume (Q₁ − Q₀) P₀, mix Σ q₁ p₀ − Q₁ P₀, price
    Σ q₁ (p₁ − p₀). The way from the old total to the new one is rounded after each effect,
    halves away from zero, so that the effects are the difference of the two rounded totals.
    """
    pairs = list(goods)
    counted = [(old, new) for old, new in pairs if not old.uncounted and not new.uncounted]
    both = [(old, new) for old, new in counted if old.has_price and new.has_price]
    came = [(old, new) for old, new in counted if not old.has_price]
    went = [(old, new) for old, new in counted if old.has_price and not new.has_price]
    old_pieces, new_pieces = (sum(pair[at].quantity for pair in both) for at in (0, 1))
    old_amount, new_amount = (sum(pair[at].amount for pair in both) for at in (0, 1))
    at_old_mean = Fraction(new_pieces * old_amount, old_pieces) if both else Fraction(0)
    at_old_prices = sum((Fraction(n.quantity * o.amount, o.quantity) for o, n in both), Fraction(0))
    rest = _change(pairs) - _change(counted)
    steps = (
        at_old_mean - old_amount,
        at_old_prices - at_old_mean,
        new_amount - at_old_prices,
        *(Fraction(one) for one in (_change(came), _change(went), rest)),
    )
    way = accumulate(steps, initial=Fraction(sum(old.amount for old, _new in pairs)))
    rounded = [half_up(total / scale) for total in way]
    return Effects(*(after - before for before, after in pairwise(rounded)))


def _change(pairs: Iterable[tuple[Sold, Sold]]) -> int:
    return sum(new.amount - old.amount for old, new in pairs)
