"""Contracts over several years: each year's part, by days, on its first day in that year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from quotaloom.core.numeric.apportion import apportion

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Ints

_FEN = 100
_MONEY = ("amount", "net_amount", "tax")


def parts_of_years(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines, those that run over several years as one row a year.

    The parts of an amount are whole 分 and sum to it. A line without both days stays whole.
    """
    runs = (pl.col("ends").dt.year() > pl.col("starts").dt.year()).fill_null(value=False)
    split = [
        row
        for line in lines.filter(runs).to_dicts()
        for row in _parts(line, line["starts"], line["ends"])
    ]
    return pl.concat([lines.filter(~runs), pl.DataFrame(split, schema=lines.schema)])


def _parts(line: dict[str, Any], first: date, past: date) -> list[dict[str, Any]]:
    edges = [first, *(date(year, 1, 1) for year in range(first.year + 1, past.year + 1)), past]
    days = np.diff([day.toordinal() for day in edges])
    amounts = {name: _shared(line[name], days) for name in _MONEY}
    return [
        {**line, "date": max(start, line["date"]), **{name: amounts[name][n] for name in _MONEY}}
        for n, start in enumerate(edges[:-1])
        if days[n]
    ]


def _shared(amount: int | None, days: Ints) -> list[int | None]:
    if amount is None:
        return [None] * len(days)
    shared: list[int | None] = (apportion([amount // _FEN], days, [0, len(days)]) * _FEN).tolist()
    return shared
