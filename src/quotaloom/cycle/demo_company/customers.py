"""The named accounts of the demo company, each with a seat that looks after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.cycle.demo_company.catalogue import CHANNELS, INDUSTRIES
from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.names import companies
from quotaloom.cycle.demo_company.seats import HEIRS, Seat, sales_seats, seat_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

OTHERS: Final = "其他"  # buyers without an account of their own
OTHERS_CODE: Final = "KH00000"
_KINDS: Final = ((2, "战略客户"), (6, "大客户"), (99, "中小客户"))  # by rank at the seat


@dataclass(frozen=True, slots=True)
class Customer:
    """A named account. ``origin`` and ``seat`` number the seats that had it first and have it."""

    code: str
    name: str
    kind: str
    city: str
    province: str
    industry: str
    channel: str
    origin: int
    seat: int


@dataclass(frozen=True, slots=True)
class Pools:
    """Each seat's slice of the accounts: where it starts, its own, and with what it inherits."""

    first: NDArray[np.int64]
    own: NDArray[np.int64]
    all: NDArray[np.int64]


def customers(seed: int) -> tuple[Customer, ...]:
    """All accounts, so ordered that a seat's own come first and then those it inherits."""
    dice, name = Dice(seed, "customers"), companies(Dice(seed, "companies"))
    found = [
        _draw(seat, rank, dice, name)
        for seat in sales_seats()
        for rank in range(int(dice.between(11, 20, 1)[0]))
    ]
    found.sort(key=lambda one: (one.seat, one.origin != one.seat))
    return tuple(replace(one, code=f"KH{10001 + number}") for number, one in enumerate(found))


def pools(everyone: tuple[Customer, ...]) -> Pools:
    """Where in ``everyone`` each seat finds its accounts, before and after it inherits some."""
    origins = np.array([one.origin for one in everyone])
    owners = np.array([one.seat for one in everyone])
    count = len(sales_seats())
    first = np.array([int(np.flatnonzero(origins == seat)[0]) for seat in range(count)])
    own = np.bincount(origins, minlength=count)
    return Pools(first, own, np.bincount(owners, minlength=count))


def _draw(seat: Seat, rank: int, dice: Dice, name: Callable[[str, str], str]) -> Customer:
    cities, industries = seat.province.cities, tuple(INDUSTRIES)
    city = cities[int(dice.skewed(len(cities), 1)[0])]
    industry = industries[int(dice.below(len(industries), 1)[0])]
    numbers = seat_numbers()
    return Customer(
        code="",
        name=name(city, industry),
        kind=next(kind for past, kind in _KINDS if rank < past),
        city=city,
        province=seat.province.name,
        industry=industry,
        channel=CHANNELS[int(dice.pick((56, 31, 13), 1)[0])],
        origin=numbers[seat.place],
        seat=numbers[HEIRS.get(seat.place, seat.place)],
    )
