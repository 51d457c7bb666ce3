"""The demo company's leads, and what its people did to sell: visits, calls, proposals, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.cycle.demo_company.book import draw_book
from quotaloom.cycle.demo_company.build import SEED
from quotaloom.cycle.demo_company.column import day, named, numbered
from quotaloom.cycle.demo_company.customers import pools
from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.season import MONTHS, dates, day_number, day_table
from quotaloom.cycle.demo_company.seats import sales_seats
from quotaloom.cycle.demo_company.trade import region_names, sitting
from quotaloom.cycle.demo_company.year import KNOWN_UNTIL
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from quotaloom.cycle.demo_company.book import Book
    from quotaloom.warehouse.batches.shelf import Shelf

    Ints = NDArray[np.int64]

_FIRST_MONTH: Final = 12  # what came before 2025 was not kept
_LEADS, _ACTIVITIES = (3, 6), (5, 9)  # of a seat in a month, at least and at most
_SOURCES: Final = ("官网", "市场活动", "客户转介", "渠道推荐", "主动拓展")
_FOLLOWED: Final = np.array([0, 1, 2, 3, 6, -1])  # days until the first call; -1: nobody called
_TYPES: Final = ("拜访", "电话", "提案", "报价")
_RESULTS: Final = ("已约下次", "待跟进", "无进展", "成交")
_OF_QUOTES, _OF_OTHERS = (30, 28, 14, 28), (50, 35, 15, 0)


def import_prospecting(home: Path, shelf: Shelf, *, author: str) -> None:
    """Write and import the leads and activities as known on the evening of KNOWN_UNTIL."""
    for kind, rows in prospecting(SEED, KNOWN_UNTIL).items():
        path = home / f"{KINDS[kind].zh}_2025至{KNOWN_UNTIL}.csv"
        rows.with_columns(pl.col(pl.String).replace("", None)).write_csv(path, include_bom=True)
        take(shelf, ImportRequest(files=(path,), into=kind), author=author)


def prospecting(seed: int, through: date) -> dict[str, pl.DataFrame]:
    """The rows of both kinds of facts, as known at the end of ``through``; always the same."""
    book = draw_book(seed, through)
    return {
        "leads": _leads(book, Dice(seed, "leads")),
        "activities": _activities(book, Dice(seed, "activities")),
    }


def _leads(book: Book, dice: Dice) -> pl.DataFrame:
    seat, days = _in_each_month(dice, _LEADS, day_number(book.through))
    count = len(seat)
    delay = _FOLLOWED[dice.pick((52, 22, 9, 6, 5, 6), count)]
    followed = np.where(delay < 0, -1, days + delay)
    return pl.DataFrame(
        {
            "线索日期": day(days),
            "线索编号": numbered("XS-{}", np.arange(count), 5),
            "线索来源": named(_SOURCES, dice.pick((26, 24, 18, 14, 18), count)),
            "首次跟进日期": _known(followed, day_number(book.through)),
            **_who(book, seat, days),
        }
    )


def _activities(book: Book, dice: Dice) -> pl.DataFrame:
    seat, days = _in_each_month(dice, _ACTIVITIES, day_number(book.through))
    count = len(seat)
    kind = dice.pick((38, 34, 12, 16), count)
    results = np.array([_OF_QUOTES if one == "报价" else _OF_OTHERS for one in _TYPES])
    pool = pools(book.customers)
    account = pool.first[seat] + dice.skewed(pool.own[seat], count)
    return pl.DataFrame(
        {
            "活动日期": day(days),
            "活动编号": numbered("HD-{}", np.arange(count), 6),
            "活动类型": named(_TYPES, kind),
            "时长": dice.between(2, 18, count) * 10,
            "活动结果": named(_RESULTS, dice.pick_by_row(results, kind)),
            "客户": named([one.name for one in book.customers], account),
            **_who(book, seat, days),
        }
    )


def _in_each_month(dice: Dice, span: tuple[int, int], last: int) -> tuple[Ints, Ints]:
    """Seat and day of what every seat does some times a month, by day."""
    seats = sales_seats()
    months = np.arange(_FIRST_MONTH, MONTHS)
    pairs = np.array(np.meshgrid(months, np.arange(len(seats)), indexing="ij")).reshape(2, -1)
    month, seat = np.repeat(pairs, dice.between(*span, pairs.shape[1]), axis=1)
    days = dice.pick_by_row(day_table(), month)
    opened, closed = (
        np.array([day_number(edge) for edge in edges])[seat]
        for edges in ([one.opened for one in seats], [one.closed for one in seats])
    )
    there = np.flatnonzero((opened <= days) & (days < closed) & (days <= last))
    order = there[np.lexsort((seat[there], days[there]))]
    return seat[order], days[order]


def _who(book: Book, seat: Ints, days: Ints) -> dict[str, pl.Series]:
    """Where a seat stood on a day, and who sat on it."""
    seats = sales_seats()
    return {
        "大区": region_names(seat, days),
        "省份": named([one.province.name for one in seats], seat),
        "岗位": named([one.code for one in seats], seat),
        "客户经理": sitting(book, seat, days)[1],
    }


def _known(days: Ints, last: int) -> pl.Series:
    """Days as texts, blank for none and for what is not known yet."""
    return named(["", *map(str, dates())], np.where(days > last, 0, days + 1))
