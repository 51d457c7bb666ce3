"""The rosters of next year: who has gone, who takes over, who and what is new."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.cycle.demo_company.book import Book, seats_on
from quotaloom.cycle.demo_company.catalogue import PRODUCTS, TAKEN_OVER
from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.names import people
from quotaloom.cycle.demo_company.occupants import LEAVING
from quotaloom.cycle.demo_company.season import day_number
from quotaloom.cycle.demo_company.seats import CLOSED, HEIRS, sales_seats, seat_numbers
from quotaloom.cycle.demo_company.trade import holders, sitting

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADERS: Final = ("维度", "成员", "动作", "接替人", "参照", "爬坡", "开始日期", "备注")
_RAMP: Final = "20%;40%;60%;80%;100%"
_LIKE: Final = ("重庆", 1)  # a new person there is like the holder of this seat
_NOTICE: Final = timedelta(92)  # how long before somebody leaves it is known
_NEW_PRODUCT: Final = ("织云智能体订阅", "织云平台旗舰版订阅")


def people_roster(book: Book, seed: int) -> pl.DataFrame:
    """Changes among sellers, for a history that names people (客户经理)."""
    year, names = book.through.year + 1, _newcomers(book, seed)
    now = holders(book)
    rows = [
        ("客户经理", name, "接替", now[seat], "", "", f"{year}-01-01", "已离岗")
        for seat, name in _sellers(book)
        if name not in now
    ]
    numbers = seat_numbers()
    for place, day in LEAVING.items():
        if day - book.through > _NOTICE:
            continue
        leaver = now[numbers[place]]
        rows.append(("客户经理", leaver, "接替", next(names), "", "", str(day), "已提离职"))
    model = now[numbers[_LIKE]]
    rows.append(("客户经理", next(names), "新增", "", model, _RAMP, f"{year}-03-01", "增编"))
    return pl.DataFrame(rows, schema=_HEADERS, orient="row")


def structure_roster(book: Book) -> pl.DataFrame:
    """Changes among seats and products, for a history that names those (岗位, 产品)."""
    year, numbers, seats = book.through.year + 1, seat_numbers(), sales_seats()
    rows = [
        ("岗位", seats[numbers[old]].code, "接替", seats[numbers[HEIRS[old]]].code, "", "", "撤岗")
        for old, closed in CLOSED.items()
        if closed <= book.through
    ]
    rows += [
        ("产品", old, "接替", new, "", "", "停售")
        for old, new in TAKEN_OVER.items()
        if next(one for one in PRODUCTS if one.name == old).discontinued <= book.through
    ]
    rows.append(("产品", _NEW_PRODUCT[0], "新增", "", _NEW_PRODUCT[1], _RAMP, "新品上市"))
    dated = [(*row[:-1], f"{year}-01-01", row[-1]) for row in rows]
    return pl.DataFrame(dated, schema=_HEADERS, orient="row")


def _sellers(book: Book) -> list[tuple[int, str]]:
    """Seat and name of everybody in the summary, by seat and name."""
    seat = seats_on(book, day_number(book.through))
    names = sitting(book, seat, book.lines.day)[1].to_list()
    return sorted(set(zip(seat.tolist(), names, strict=True)))


def _newcomers(book: Book, seed: int) -> Iterator[str]:
    """Names that nobody has yet."""
    taken = {one.name for one in book.occupants}
    return (name for name in people(Dice(seed, "newcomers")) if name not in taken)
