"""The demo company's running year: the target that is in force, and the orders known so far."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.demo_company.season import FIRST
from quotaloom.cycle.demo_company.target import demo_request
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.plan.begin import Beside, from_decomposition
from quotaloom.cycle.plan.catalogue import in_units, known
from quotaloom.cycle.plan.desk import create, open_plan
from quotaloom.cycle.plan.edition import Release, release

if TYPE_CHECKING:
    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.warehouse.batches.shelf import Shelf

YEAR: Final = 2026
TOTAL: Final = "+33%"
CHALLENGE: Final = 110  # per cent of the base
KNOWN_UNTIL: Final = date(2026, 11, 20)
PLAN: Final = "2026 年度销售目标"
EDITION: Final = "2026 年度目标（下达）"
LINES: Final = f"订单明细_{FIRST.year}至{KNOWN_UNTIL}.csv"
_ORDERS, _DAY = "订单明细.csv", "订单日期"


def release_year(home: Path, editions: Path, *, author: str) -> None:
    """Decompose this year's target from the years before, and release it; once and no more."""
    folder = editions / str(YEAR)
    if folder.exists():
        return
    before = f"{_DAY} < {YEAR}-01-01"
    request = replace(demo_request(home), year=YEAR, total=TOTAL, roster=None, where=(before,))
    made = decompose(request).trace
    begun = from_decomposition(made, PLAN, FiscalCalendar(), beside=challenged(made))
    with tempfile.TemporaryDirectory() as place:
        journal = open_plan(create(Path(place, "plan"), begun))
        wish = Release(EDITION, f"{YEAR}-01", author)
        release(journal, folder, PLAN, wish)


def challenged(one: Decomposition) -> Beside:
    """The base target, and a challenge CHALLENGE per cent of it in the plan's unit, halves up."""
    base = one.leaves["quota"].to_numpy().reshape(-1, len(one.periods)) // one.unit
    higher = Column.of((base * CHALLENGE + 50) // 100)
    measures = tuple(in_units(known(code), one.unit) for code in ("booked", "stretch"))
    return Beside(measures, {("stretch", "issued"): higher})


def import_year(home: Path, shelf: Shelf, *, author: str) -> None:
    """Import the order lines of all years, as known on the evening of KNOWN_UNTIL.

    With one year less, every customer of the last year would be a new one.
    """
    path = home / LINES
    rows = pl.read_csv(home / _ORDERS, infer_schema=False)
    known_then = pl.col(_DAY) <= pl.lit(str(KNOWN_UNTIL))
    rows.filter(known_then).write_csv(path, include_bom=True)
    asked = ImportRequest(files=(path,), into="order_lines", append=True, map=("岗位编码=seat",))
    take(shelf, asked, author=author)
