"""Build the demo company: draw it, write its files, tell its sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.cycle.demo_company import organisation, trade
from quotaloom.cycle.demo_company.book import Book, draw_book
from quotaloom.cycle.demo_company.places import REGIONS
from quotaloom.cycle.demo_company.roster import people_roster, structure_roster
from quotaloom.cycle.demo_company.season import LAST, YEARS, dates
from quotaloom.cycle.demo_company.seats import sales_seats
from quotaloom.cycle.demo_company.summary import summary_rows, write_summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

SEED: Final = 2027
_TABLES: Final = {
    "订单明细.csv": trade.order_lines,
    "合同.csv": trade.contract_rows,
    "验收.csv": trade.acceptance_rows,
    "回款.csv": trade.receipt_rows,
    "组织.csv": organisation.seat_rows,
    "组织沿革.csv": organisation.placement_rows,
    "任职.csv": organisation.occupant_rows,
    "产品.csv": organisation.product_rows,
    "客户.csv": organisation.customer_rows,
}
_SUMMARY: Final = "三年订单.xlsx"
_PEOPLE, _STRUCTURE = "次年人员变动.csv", "次年岗位产品变动.csv"


@dataclass(frozen=True, slots=True)
class Company:
    """Where the files lie, by name, and sums to check any reading of them: counts, and 分.

    ``net_华东`` and its like follow the regions as they are on ``through``.
    """

    folder: Path
    through: date
    files: Mapping[str, Path]
    sums: Mapping[str, int]


def build_company(folder: Path, *, seed: int = SEED, through: date = LAST) -> Company:
    """Write the company as it is known at the end of ``through``; the folder is made.

    The same seed and day give the same csv bytes on every machine. Files of the same names are
    replaced. Raises UsageRefused for a day outside the three years.
    """
    book = draw_book(seed, through)
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / name for name in (*_TABLES, _SUMMARY, _PEOPLE, _STRUCTURE)}
    for name, rows in _TABLES.items():
        _write_csv(rows(book), files[name])
    _write_csv(people_roster(book, seed), files[_PEOPLE])
    _write_csv(structure_roster(book), files[_STRUCTURE])
    write_summary(summary_rows(book), files[_SUMMARY])
    return Company(folder, through, files, _sums(book))


def _write_csv(rows: pl.DataFrame, path: Path) -> None:
    """As a Chinese Excel opens it: UTF-8 with its mark; a blank is empty, not quoted."""
    rows.with_columns(pl.col(pl.String).replace("", None)).write_csv(path, include_bom=True)


def _sums(book: Book) -> dict[str, int]:
    lines, net = book.lines, book.lines.net
    year = np.array([one.year for one in dates()])[lines.day]
    regions = np.array([seat.province.region_on(book.through) for seat in sales_seats()])
    region = regions[book.contracts.seat[lines.contract]]
    return {
        "lines": len(net),
        "returns": int((lines.quantity < 0).sum()),
        "contracts": len(np.unique(lines.contract)),
        "gross": int(lines.gross.sum()),
        "net": int(net.sum()),
        "net_returned": int(net[lines.quantity < 0].sum()),
        **{f"net_{one}": int(net[year == one].sum()) for one in YEARS},
        **{f"net_{one}": int(net[region == one].sum()) for one in REGIONS},
        "accepted": int(book.accepted.amount.sum()),
        "collected": int(book.collected.amount.sum()),
    }
