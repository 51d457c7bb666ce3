"""The contracts of the demo company: when, on which seat, with whom, how large."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.cycle.demo_company.catalogue import CHANNELS, INDUSTRIES
from quotaloom.cycle.demo_company.customers import Customer, pools
from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.places import REORGANISED
from quotaloom.cycle.demo_company.season import (
    MONTHS,
    compounded,
    day_number,
    day_table,
    day_weights,
    month_of_day,
    month_weights,
)
from quotaloom.cycle.demo_company.seats import sales_seats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

CONTRACTS: Final = 32_500
_SIZES: Final = (  # per 10,000 contracts → per cent of a product's usual quantity: a long tail
    (0, 30), (3000, 60), (5000, 90), (8000, 180), (9300, 420), (9850, 1100), (9980, 3200),
    (10000, 9000),
)  # fmt: skip
_STRAY: Final = 9  # per cent of contracts with buyers that have no account; they are small
_STRAY_SIZE: Final = 40
_VACANT: Final = 45  # per cent of a seat's sales that come in while nobody sits on it


@dataclass(frozen=True, slots=True)
class Contracts:
    """One entry a contract, by day of signing. ``customer`` is -1 for those without an account."""

    day: Ints
    seat: Ints
    customer: Ints
    industry: Ints
    channel: Ints
    size: Ints


def sign_contracts(seed: int, everyone: tuple[Customer, ...], seated: Ints) -> Contracts:
    """The contracts of three years. ``seated`` is seat × day → occupant, -1 where vacant."""
    dice = Dice(seed, "contracts")
    strength = _strength(seated)
    month, seat = np.divmod(dice.pick(strength.ravel(), CONTRACTS), strength.shape[1])
    day = dice.pick_by_row(day_table(), month)
    customer = _buyers(dice, everyone, seat, day)
    known = np.array([tuple(INDUSTRIES).index(one.industry) for one in everyone])
    channels = np.array([CHANNELS.index(one.channel) for one in everyone])
    stray = customer < 0
    found = Contracts(
        day=day,
        seat=seat,
        customer=customer,
        industry=np.where(stray, dice.below(len(INDUSTRIES), CONTRACTS), known[customer]),
        channel=np.where(stray, CHANNELS.index("经销"), channels[customer]),
        size=np.where(stray, _STRAY_SIZE, dice.curve(_SIZES, CONTRACTS)),
    )
    order = np.argsort(day, kind="stable")
    return Contracts(*(getattr(found, one.name)[order] for one in fields(found)))


def _buyers(dice: Dice, everyone: tuple[Customer, ...], seat: Ints, day: Ints) -> Ints:
    """Accounts of the seat that has them on that day, the first ones more often; -1 for none."""
    slices = pools(everyone)
    sizes = np.where(day < day_number(REORGANISED), slices.own[seat], slices.all[seat])
    chosen = slices.first[seat] + dice.skewed(sizes, len(seat))
    return np.where(dice.below(100, len(seat)) < _STRAY, -1, chosen)


def _strength(seated: Ints) -> Ints:
    """Month × seat: how many contracts come: season, growth, vacancies, opening and closing."""
    provinces = [seat.province for seat in sales_seats()]
    growing = np.array(
        [[compounded(p.strength, p.growth, year) for p in provinces] for year in range(3)]
    )
    present = np.array(
        [[_presence(seated, seat, month) for seat in range(len(seated))] for month in range(MONTHS)]
    )
    strength: Ints = growing.repeat(12, axis=0) * month_weights()[:, None] * present // 100
    return strength


def _presence(seated: Ints, number: int, month: int) -> int:
    """Per cent of a full month that the seat works, vacant days counting for less."""
    seat, days = sales_seats()[number], np.flatnonzero(month_of_day() == month)
    opened, closed = day_number(seat.opened), day_number(seat.closed)
    weights = day_weights()[days]
    there = np.where(seated[number, days] >= 0, 100, _VACANT) * ((days >= opened) & (days < closed))
    return int((weights * there).sum() // weights.sum())
