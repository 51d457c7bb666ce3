"""The seats of the demo company: ids that never change, opened and closed on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from quotaloom.cycle.demo_company.places import PROVINCES, REGIONS, REORGANISED

if TYPE_CHECKING:
    from quotaloom.cycle.demo_company.places import Province

Place = tuple[str, int]  # a province and the number of the seat there
NEVER: Final = date.max
_OPENED: Final[dict[Place, date]] = {
    ("江苏", 5): date(2025, 1, 1),
    ("广东", 6): date(2025, 7, 1),
    ("四川", 4): REORGANISED,
    ("山东", 5): REORGANISED,
}
CLOSED: Final[dict[Place, date]] = {("辽宁", 2): REORGANISED}
HEIRS: Final[dict[Place, Place]] = {("辽宁", 2): ("辽宁", 1)}  # who takes a closed seat's customers


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat 岗位 that sells; it exists on ``[opened, closed)``."""

    code: str
    province: Province
    number: int
    opened: date
    closed: date

    @property
    def title(self) -> str:
        """Its name for people."""
        return f"{self.province.name}客户经理{self.number}"

    @property
    def place(self) -> Place:
        """Province and number, by which the company's events name it."""
        return (self.province.name, self.number)


@cache
def sales_seats() -> tuple[Seat, ...]:
    """The seats that sell, in the order of their ids."""
    places = [(province, number + 1) for province in PROVINCES for number in range(province.seats)]
    return tuple(
        Seat(
            f"GW{101 + index}",
            province,
            number,
            _OPENED.get((province.name, number), date(2021, 1, 1)),
            CLOSED.get((province.name, number), NEVER),
        )
        for index, (province, number) in enumerate(places)
    )


@cache
def head_seats() -> dict[str, str]:
    """Region → the id of its head's seat. Heads manage and do not sell."""
    return {region: f"GW{number:03d}" for number, region in enumerate(REGIONS, start=1)}


@cache
def seat_numbers() -> dict[Place, int]:
    """Where each seat stands in ``sales_seats``."""
    return {seat.place: number for number, seat in enumerate(sales_seats())}
