"""How a whole is spread over few or many: ranks, gaps, the largest ones together, HHI."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE: Final = Fraction(100)  # shares are percentages


@dataclass(frozen=True, slots=True)
class Spread:
    """Named shares in percent, the largest first, and the ``others`` that nobody named."""

    shares: tuple[Fraction, ...]

    @property
    def named(self) -> Fraction:
        """The sum of the named ones."""
        return sum(self.shares, Fraction(0))

    @property
    def others(self) -> Fraction:
        """What is left of the whole."""
        return WHOLE - self.named

    @property
    def least(self) -> Fraction:
        """HHI (0 to 10,000) where the others are many and tiny: the named ones alone."""
        return sum((share * share for share in self.shares), Fraction(0))

    @property
    def most(self) -> Fraction:
        """HHI where the others are one."""
        return self.least + self.others**2

    def largest(self, count: int) -> Fraction:
        """CRn: the sum of the ``count`` largest ones."""
        return sum(self.shares[:count], Fraction(0))

    def rank(self, share: Fraction) -> int:
        """From 1; equal shares have the same rank."""
        return 1 + sum(one > share for one in self.shares)

    def gap(self, share: Fraction) -> Fraction:
        """How many points the leader is ahead."""
        return self.shares[0] - share

    def relative(self, share: Fraction) -> Fraction | None:
        """Share ÷ that of the leader, of the leader ÷ that of the next; None without a rival."""
        rivals = list(self.shares)
        rivals.remove(share)
        return share / rivals[0] if rivals and rivals[0] else None


def spread(shares: Sequence[Fraction]) -> Spread:
    """The shares ordered. ValueError for one that is negative, or more than 100 % together."""
    found = Spread(tuple(sorted(shares, reverse=True)))
    if any(share < 0 for share in shares) or found.named > WHOLE:
        raise ValueError("shares are 0 to 100 percent together")
    return found
