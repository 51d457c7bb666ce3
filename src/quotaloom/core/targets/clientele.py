"""A target between customers that are there and customers still to be won (F15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Clientele:
    """What existing customers carry, what new ones must bring, and how many new names that takes.

    Both amounts are in 分 and add up to the target; ``logos`` is 0 where nothing new is needed.
    """

    existing: int
    new: int
    logos: int


def clientele(
    target: int, base: int, retention: Fraction, expansion: Fraction, *, first_deal: int
) -> Clientele:
    """Existing = base × retention × (1 + expansion), rounded once; new = target − existing.

    ``base`` is last year's amount of today's customers and ``first_deal`` the average first deal,
    both in 分; the names are rounded up, because part of a customer signs nothing. Where existing
    customers alone reach the target they carry it and nothing new is needed. Raises DataRefused
    for a negative amount, a retention outside [0, 1], an expansion below −1, or no first deal.
    """
    refused = [
        error("clientele.out_of_range", name, value=str(value), allowed=allowed)
        for name, value, allowed, good in (
            ("target", target, "≥ 0", target >= 0),
            ("base", base, "≥ 0", base >= 0),
            ("retention", retention, "0–1", 0 <= retention <= 1),
            ("expansion", expansion, "≥ -1", expansion >= -1),
            ("first_deal", first_deal, "> 0", first_deal > 0),
        )
        if not good
    ]
    if refused:
        raise DataRefused(refused)
    existing = min(half_up(base * retention * (1 + expansion)), target)
    new = target - existing
    return Clientele(existing, new, -(-new // first_deal))
