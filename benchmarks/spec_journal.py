"""Edits of a living plan: one total typed over many leaves, and a long journal opened."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.measure import side_by_side, timed
from benchmarks.registry import Line, Spec
from quotaloom.core.allocation.journal.apply import apply
from quotaloom.core.allocation.journal.axis import Axis, undated
from quotaloom.core.allocation.journal.edit import Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Column, Plan, PlanMeasure
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.core.numeric import fast
from quotaloom.cycle.plan.begin import begun
from quotaloom.cycle.plan.desk import create, first, open_plan, save_checkpoint
from quotaloom.planfile.definition import Definition
from quotaloom.planfile.figures import Figures
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.journal import Author, Journal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.random import Generator
    from numpy.typing import NDArray

    from quotaloom.cycle.plan.begin import Beginning

    Ints = NDArray[np.int64]

KEY = ("booked", "issued")
REGIONS = 50
LONG, BATCH = 50_000, 100


def plan_of(seats: int, products: int) -> Plan:
    """Seats under fifty regions × products × twelve months."""
    calendar = FiscalCalendar()
    tops = [undated(f"R{number:02}", "", "") for number in range(REGIONS)]
    below = [undated(f"S{number:05}", f"R{number % REGIONS:02}", "") for number in range(seats)]
    region = Axis("region", ("region", "seat"), tuple(tops + below))
    goods = tuple(undated(f"P{number:03}", "", "") for number in range(products))
    grid = np.indices((seats, products)).reshape(2, -1).T
    rows = (grid + np.array([REGIONS, 0])).astype(np.int32)
    values = np.random.default_rng(1).integers(1, 100_000, (len(rows), 12))
    return Plan(
        axes=(region, Axis("product", ("product",), goods)),
        periods=calendar.periods(2027, "month"),
        rollups=rollups(calendar, 2027, "month"),
        measures={"booked": PlanMeasure("booked")},
        layers=("issued",),
        rows=rows,
        columns={KEY: Column.of(values)},
    )


def wish(amount: int, period: str = "", **members: str) -> Set:
    """A total typed into the plan."""
    return Set((Wish(Slice.of(period=period, measure=KEY[0], layer=KEY[1], **members), amount),))


def frame_of(plan: Plan) -> pd.DataFrame:
    """The same leaves as a person with pandas keeps them: a row a cell, with its coordinates."""
    seats, products = plan.rows.T
    regions = (seats - REGIONS) % REGIONS
    months = np.arange(12)
    return pd.DataFrame(
        {
            "region": np.repeat(regions, 12),
            "seat": np.repeat(seats, 12),
            "product": np.repeat(products, 12),
            "month": np.tile(months, len(seats)),
            "quarter": np.tile(months // 3, len(seats)),
            "value": plan.columns[KEY].values.ravel(),
        }
    )


def by_hand(frame: pd.DataFrame, goal: int) -> list[pd.Series]:
    """The total typed, to the unit, and every ancestor summed and compared with it."""
    share = frame["value"] * (goal / frame["value"].sum())
    whole = np.floor(share).astype(np.int64)
    short = goal - int(whole.sum())
    whole.iloc[(share - whole).nlargest(short).index] += 1
    after = frame.assign(value=whole)
    sums = [
        after.groupby(keys)["value"].sum()
        for axis in ("region", "seat", "product")
        for keys in ([axis], [axis, "quarter"], [axis, "month"])
    ]
    if (whole < 0).any() or any(int(one.sum()) != goal for one in sums):
        raise ValueError("the sums are off")
    return sums


def ancestors(plan: Plan) -> list[Ints]:
    """Every node of each axis × month, quarter and year."""
    values = plan.columns[KEY].values
    seats, products = plan.rows.T
    found = []
    for codes in ((seats - REGIONS) % REGIONS, seats - REGIONS, products):
        months = np.zeros((int(codes.max()) + 1, 12), np.int64)
        np.add.at(months, codes, values)
        quarters = months.reshape(len(months), 4, 3).sum(axis=2)
        found += [months, quarters, quarters.sum(axis=1)]
    return found


def beside_pandas(seats: int, products: int, limit: float) -> Iterable[Line]:
    """A top total over all leaves, written as one record: the whole server time of the edit."""
    plan = plan_of(seats, products)
    leaves = f"{seats * products * 12 / 1e6:.1f}M leaves"
    total = int(plan.columns[KEY].values.sum())
    amounts = cycle((total + 12_345, total + 54_321))
    frame = frame_of(plan)
    with TemporaryDirectory() as home:
        store = create(Path(home) / "top.plan", beginning(plan))
        journal = Journal(store, plan, lambda: datetime.now(UTC))

        def ours() -> None:
            journal.write(wish(next(amounts)), Author("bench"))
            ancestors(journal.plan)

        written, peer = side_by_side(ours, lambda: by_hand(frame, next(amounts)), repeats=3)
        rows = store.head().position
    note = f"{rows} edits, {rows} records"
    yield Line(f"one top total typed over {leaves}, on the disk", written, limit, note=note)
    yield Line(f"the same beside pandas, {leaves}", written, 1 / 2, "pandas", peer)


def small_edit() -> Line:
    """A region's quarter in a plan of two thousand rows."""
    plan = plan_of(40, 50)
    amounts = cycle((5_000_000, 6_000_000))
    (ours,) = side_by_side(
        lambda: apply(plan, wish(next(amounts), "2027Q2", region="R01")), repeats=50
    )
    return Line("a region's quarter, 2,000 rows", ours, 0.02)


def beginning(plan: Plan) -> Beginning:
    """The plan as a folder keeps it before its first edit."""
    head = Definition(
        name="bench",
        currency="CNY",
        year=2027,
        kind="month",
        calendar=FiscalCalendar(),
        measures=tuple(plan.measures.values()),
        layers=plan.layers,
        axes=plan.axes,
        figures="",
    )
    return begun(head, Figures(plan.rows, plan.columns))


def long_journal() -> Iterable[Line]:
    """Fifty thousand edits: opened from a checkpoint, and replayed from the first."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "long.plan"
        store = create(folder, beginning(plan_of(40, 50)))
        written = timed(lambda: _write(store))
        save_checkpoint(open_plan(store))
        opened, _ = side_by_side(lambda: open_plan(FolderStore(folder)), lambda: None)
        cold = timed(lambda: Journal(store, first(store), open_plan(store).clock))
    note = f"replayed from the first in {cold:.0f} s, written in {written:.0f} s"
    yield Line(f"{LONG:,} edits opened from a checkpoint", opened, 1.0, note=note)


def _write(store: FolderStore) -> None:
    journal, rng = open_plan(store), np.random.default_rng(3)
    for _ in range(LONG // BATCH):
        journal.write_all([_random_edit(rng) for _ in range(BATCH)], Author("bench"))


def _random_edit(rng: Generator) -> Set:
    seat, month = rng.integers(0, 40), rng.integers(1, 13)
    return wish(int(rng.integers(1, 9_999)), f"2027-{month:02}", region=f"S{seat:05}")


def measure() -> Iterable[Line]:
    """All lines of the journal."""
    fast.compiled()
    yield small_edit()
    yield from beside_pandas(1_667, 50, 1.0)
    yield from beside_pandas(5_000, 100, 3.0)
    yield from long_journal()


SPEC = Spec("journal", measure)
