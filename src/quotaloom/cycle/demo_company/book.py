"""The demo company as arrays: everything drawn, and what of it is known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.demo_company.contracts import Contracts, sign_contracts
from quotaloom.cycle.demo_company.customers import Customer, customers
from quotaloom.cycle.demo_company.lines import Lines, only, sell
from quotaloom.cycle.demo_company.occupants import Occupant, occupant_by_day, occupants
from quotaloom.cycle.demo_company.season import LAST, day_number
from quotaloom.cycle.demo_company.seats import CLOSED, HEIRS, seat_numbers
from quotaloom.cycle.demo_company.settlement import Stages, accept, collect, until

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EARLIEST: Final = date(2024, 2, 1)


@dataclass(frozen=True, slots=True)
class Book:
    """What is known at the end of ``through``. Lines are by day, order and place in the order.

    ``seated`` is seat × day → the occupant's place in ``occupants``, -1 where vacant.
    """

    through: date
    occupants: tuple[Occupant, ...]
    seated: NDArray[np.int64]
    customers: tuple[Customer, ...]
    contracts: Contracts
    lines: Lines
    accepted: Stages
    collected: Stages


def draw_book(seed: int, through: date = LAST) -> Book:
    """Draw three years and keep what is known on ``through``: an earlier day knows a part of it.

    Raises UsageRefused for a day outside ``[2024-02-01, 2026-12-31]`` or a negative seed.
    """
    if seed < 0 or not _EARLIEST <= through <= LAST:
        first, last = str(_EARLIEST), str(LAST)
        raise UsageRefused(
            [error("demo.out_of_range", seed=seed, through=str(through), first=first, last=last)]
        )
    everyone = occupants(seed)
    seated = occupant_by_day(everyone)
    accounts = customers(seed)
    contracts = sign_contracts(seed, accounts, seated)
    lines = sell(seed, contracts)
    count, day = len(contracts.day), day_number(through)
    accepted = accept(seed, lines, count)
    collected = collect(seed, lines, count, accepted)
    known = np.flatnonzero(lines.day <= day)
    known = known[np.lexsort((known, lines.order[known], lines.day[known]))]
    return Book(
        through,
        everyone,
        seated,
        accounts,
        contracts,
        only(lines, known),
        until(accepted, day),
        until(collected, day),
    )


def seats_on(book: Book, days: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """The seat of each line as on a day: from its closing on, a seat's lines are its heir's."""
    numbers = seat_numbers()
    seat = book.contracts.seat[book.lines.contract]
    for place, heir in HEIRS.items():
        is_over = (seat == numbers[place]) & (days >= day_number(CLOSED[place]))
        seat = np.where(is_over, numbers[heir], seat)
    return seat
