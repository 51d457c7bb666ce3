"""The three-year summary that an analyst keeps: month × seller × product line, as a workbook."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
import xlsxwriter

from quotaloom.cycle.demo_company.book import Book, seats_on
from quotaloom.cycle.demo_company.catalogue import LINES, PRODUCTS
from quotaloom.cycle.demo_company.season import MONTHS, dates, day_number, month_of_day
from quotaloom.cycle.demo_company.seats import sales_seats
from quotaloom.cycle.demo_company.settlement import sums
from quotaloom.cycle.demo_company.trade import sitting

if TYPE_CHECKING:
    from pathlib import Path

SHEET: Final = "三年订单"
HEADERS: Final = ("订单月份", "大区", "省份", "客户经理", "产品线", "不含税金额")
_MADE: Final = datetime(2027, 1, 4, 9, 0)  # noqa: DTZ001  a workbook's time has no zone

Row = tuple[date, str, str, str, str, int]


def summary_rows(book: Book) -> list[Row]:
    """Net amounts in 分 by month, today's region, province, seller of that day, product line.

    What a closed seat sold stands with the seat that has its customers now.
    """
    lines, line_names = book.lines, [one.line for one in PRODUCTS]
    seat = seats_on(book, day_number(book.through))
    seller = sitting(book, seat, lines.day)[1].to_numpy()
    names, who = np.unique(seller.astype(str), return_inverse=True)
    month = month_of_day()[lines.day]
    family = np.array([LINES.index(name) for name in line_names])[lines.product]
    keys = np.stack((month, seat, who, family))
    groups, group = np.unique(keys, axis=1, return_inverse=True)
    amounts = sums(lines.net, group.ravel(), groups.shape[1])
    days = [dates()[index] for index in np.searchsorted(month_of_day(), np.arange(MONTHS)).tolist()]
    found = []
    for (m, s, w, f), amount in zip(groups.T.tolist(), amounts.tolist(), strict=True):
        province = sales_seats()[s].province
        region = province.region_on(book.through)
        found.append((days[m], region, province.name, str(names[w]), LINES[f], amount))
    return found


def write_summary(rows: list[Row], path: Path) -> None:
    """Write the rows as a plain table with a frozen header, amounts in 元."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": _MADE, "title": SHEET})
        sheet = workbook.add_worksheet(SHEET)
        month = workbook.add_format({"num_format": "yyyy-mm"})
        money = workbook.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, HEADERS, workbook.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(HEADERS) - 1, 14)
        for number, (first, *names, amount) in enumerate(rows, start=1):
            sheet.write_datetime(number, 0, first, month)
            sheet.write_row(number, 1, names)
            sheet.write_number(number, len(names) + 1, amount / 100, money)  # a cell is a double
