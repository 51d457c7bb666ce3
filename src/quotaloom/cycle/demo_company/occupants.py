"""Who sits on the seats of the demo company: hires, leavers, vacancies, one transfer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.names import people
from quotaloom.cycle.demo_company.season import DAYS, FIRST, day_number
from quotaloom.cycle.demo_company.seats import (
    CLOSED,
    NEVER,
    Place,
    Seat,
    head_seats,
    sales_seats,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRADES: Final = ("P4", "P5", "P6", "P7")
TRANSFERS: Final[dict[Place, Place]] = {("山东", 5): ("辽宁", 2)}  # the new seat: whose it was
LEFT_OPEN: Final[dict[Place, date]] = {("浙江", 3): date(2026, 11, 16)}  # nobody is found yet
LEAVING: Final[dict[Place, date]] = {("广东", 2): date(2027, 1, 1)}  # known before the year ends


@dataclass(frozen=True, slots=True)
class Occupant:
    """A person on a seat for ``[start, end)``; ``end`` is ``NEVER`` while nobody knows it."""

    seat: str
    person: str
    name: str
    grade: str
    start: date
    end: date


class _Hiring:
    """Hands out people: a number, a name and a grade, each once."""

    def __init__(self, seed: int) -> None:
        self._dice, self._names = Dice(seed, "hiring"), people(Dice(seed, "names"))
        self._last = 1000

    def __call__(self, seat: str, start: date, end: date) -> Occupant:
        self._last += 1
        grade = GRADES[int(self._dice.pick((30, 40, 22, 8), 1)[0])]
        return Occupant(seat, f"E{self._last}", next(self._names), grade, start, end)


def occupants(seed: int) -> tuple[Occupant, ...]:
    """Who sat where and when, by seat and start; between two of them the seat was vacant."""
    dice, hire = Dice(seed, "tenures"), _Hiring(seed)
    heads = [
        replace(hire(code, date(2022, 1, 1), NEVER), grade="P8") for code in head_seats().values()
    ]
    found = {
        seat.place: [hire(seat.code, start, end) for start, end in _tenures(seat, dice)]
        for seat in sales_seats()
    }
    for place, origin in TRANSFERS.items():
        moved, seat = found[origin][-1], found[place][0]
        found[place][0] = replace(moved, seat=seat.seat, start=seat.start, end=seat.end)
    return tuple(heads + [one for tenures in found.values() for one in tenures])


def occupant_by_day(everyone: tuple[Occupant, ...]) -> NDArray[np.int64]:
    """Seat × day → the occupant's place in ``everyone``, -1 where the seat is vacant."""
    numbers = {seat.code: number for number, seat in enumerate(sales_seats())}
    table = np.full((len(numbers), DAYS), -1, dtype=np.int64)
    for index, one in enumerate(everyone):
        if one.seat in numbers:
            first = max(day_number(one.start), 0)
            past = DAYS if one.end > FIRST + timedelta(DAYS) else day_number(one.end)
            table[numbers[one.seat], first:past] = index
    return table


def _tenures(seat: Seat, dice: Dice) -> list[tuple[date, date]]:
    """The spans on which the seat was taken."""
    before = FIRST - timedelta(int(dice.between(40, 1000, 1)[0]))
    start = seat.opened if seat.opened > FIRST else before
    spans = []
    for leave, vacant in _departures(dice):
        day = FIRST + timedelta(leave)
        if start + timedelta(200) < day < seat.closed - timedelta(200):
            spans.append((start, day))
            start = day + timedelta(vacant)
    end = LEFT_OPEN.get(seat.place) or LEAVING.get(seat.place) or CLOSED.get(seat.place, NEVER)
    return [*spans, (start, end)]


def _departures(dice: Dice) -> list[tuple[int, int]]:
    """Days of leaving and how long the seat stays vacant; the draws are the same for each seat."""
    count = int(dice.pick((58, 32, 10), 1)[0])
    days, vacancies = np.sort(dice.between(50, DAYS - 150, 2)), dice.between(14, 100, 2)
    return list(zip(days.tolist(), vacancies.tolist(), strict=True))[:count]
