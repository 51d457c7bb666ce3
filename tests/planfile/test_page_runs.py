"""Every example of the reference page of the plan file does what it says to a plan."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from quotaloom.core.allocation.journal.axis import Axis, undated
from quotaloom.core.allocation.journal.edit import HoldEdit, Note, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Column, Plan, PlanMeasure
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.cycle.plan.typed import measures, typed_edits
from quotaloom.planfile.grammar import read_edits
from tests.core.allocation.journal.plans import History
from tests.planfile.test_page import shown

SEATS = {"S-1": "EAST", "S-2": "EAST", "S-7": "EAST", "S-3": "WEST", "S-8": "NORTH"}
PRODUCTS = ("P1", "P2", "P9")
LAYERS = ("下达", "上报", "折中")
WHERE = Slice.of(组织="EAST", period="2027Q1", measure="booked", layer="下达")
EXAMPLES = [block for block in shown("edits") if block.note != "by hand"]


def plan():
    """Three regions with seats × products × twelve months, of which every cell is given."""
    tops = [undated(region, "", "") for region in dict.fromkeys(SEATS.values())]
    seats = [undated(seat, region, "") for seat, region in SEATS.items()]
    goods = tuple(undated(product, "", "") for product in PRODUCTS)
    grid = np.indices((len(seats), len(goods))).reshape(2, -1).T
    rows = (grid + np.array([len(tops), 0])).astype(np.int32)
    values = 400_000 + np.arange(len(rows) * 12).reshape(-1, 12)
    calendar = FiscalCalendar()
    return Plan(
        axes=(Axis("组织", ("大区", "岗位"), (*tops, *seats)), Axis("产品", ("产品",), goods)),
        periods=calendar.periods(2027, "month"),
        rollups=rollups(calendar, 2027, "month"),
        measures={"booked": PlanMeasure("booked", unit=50)},
        layers=LAYERS,
        rows=rows,
        columns={
            ("booked", layer): Column.of(values[::step])
            for layer, step in zip(LAYERS, (1, -1, 1), strict=True)
        },
        references={"last_year": values[::-1]},
    )


@pytest.fixture
def history():
    """The plan after twelve edits, of which the twelfth is a hold."""
    found = History(plan())
    for _ in range(11):
        found.add(Note(WHERE, "ab" * 32))
    found.add(
        HoldEdit(
            Slice.of(产品="P9", measure="booked", layer="折中"), "total", "p-1", date(2027, 3, 1)
        )
    )
    return found


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"line {block.line}")
def test_an_example_is_taken_by_a_plan(history, block):
    is_typed = not block.body.startswith("edition")  # that one is written by a release alone
    read = typed_edits if is_typed else read_edits
    edits = read(block.body, history.now if is_typed else measures(history.now))
    assert edits
    for edit in edits:
        before = history.now
        history.add(edit)
        assert history.now is not before
        method = getattr(edit, "method", None)
        if method is None or method.operation == "replace":
            for wish in getattr(edit, "wishes", ()):
                assert isinstance(wish, Wish)
                assert history.now.total(wish.at) == wish.amount
