"""A small company with a released plan of 2026, and its sales of two years."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.plan.begin import from_decomposition
from quotaloom.cycle.plan.desk import create, open_plan
from quotaloom.cycle.plan.edition import Release, release
from quotaloom.cycle.request import DecomposeRequest

if TYPE_CHECKING:
    from pathlib import Path

SEATS = {"E1": ("华东", "江苏"), "E2": ("华东", "浙江"), "N1": ("华北", "北京")}
MONTHS = tuple(range(1, 13))


def orders_file(folder: Path, seats=None) -> Path:
    """A line a month, seat and product of 2025: 平台 weighs twice what 终端 does."""
    lines = ["订单日期,大区,省份,岗位,产品,金额"]
    for month in MONTHS:
        for seat, place in (seats or SEATS).items():
            for weight, product in enumerate(("终端", "平台"), 1):
                told = (f"2025-{month:02d}-15", *place, seat, product, str(1000 * weight))
                lines.append(",".join(told))
    path = folder / "订单.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def released(
    folder: Path, total: str = "360000", seats=None, period: str = "2026-01", *, beside=None
) -> Path:
    """The folder with the edition of a plan of 2026 over months, equal from month to month.

    ``beside`` makes further measures of the decomposition.
    """
    facts = (orders_file(folder, seats),)
    request = DecomposeRequest(
        facts,
        total,
        2026,
        by=("大区>省份>岗位", "产品"),
        date="订单日期",
        amount="金额",
    )
    made = decompose(request).trace
    more = beside(made) if beside else None
    begun = from_decomposition(made, "2026", FiscalCalendar(), beside=more)
    where = folder / f"{period}.plan"
    journal = open_plan(create(where, begun))
    release(journal, folder / "editions", "2026", Release(f"自 {period}", period, "me"))
    return folder / "editions"


def sold(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    """Order lines of day, seat, product and amount in 元; the seats stand where they stood."""
    told = [
        (
            date.fromisoformat(day),
            *SEATS.get(seat, ("华南", None)),
            seat,
            product,
            int(float(amount) * 10**4),
        )
        for day, seat, product, amount in rows
    ]
    names = {"date": pl.Date, "region": pl.String, "province": pl.String, "seat": pl.String}
    names |= {"product": pl.String, "net_amount": pl.Int64}
    frame = pl.DataFrame(told, schema=names, orient="row")
    return frame.with_columns(pl.int_range(pl.len()).alias("§row") + 2)
