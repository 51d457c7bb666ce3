"""Small plans to edit: two regions with seats, products, twelve months."""

from __future__ import annotations

import numpy as np

from quotaloom.core.allocation.journal.apply import Context, apply
from quotaloom.core.allocation.journal.axis import Axis, undated
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Column, Plan, PlanMeasure
from quotaloom.core.model.periods import FiscalCalendar, rollups

KEY = ("booked", "issued")
SEATS = {"S1": "R1", "S2": "R1", "S3": "R1", "S4": "R2", "S5": "R2"}
PRODUCTS = ("P1", "P2")


def at(period="", *, measure="booked", **members):
    """A slice of the issued layer."""
    return Slice.of(period=period, measure=measure, layer="issued", **members)


def axes(seats=None, products=PRODUCTS):
    """Region > seat and product."""
    people = SEATS if seats is None else seats
    regions = [undated(one, "", "") for one in dict.fromkeys(people.values())]
    below = [undated(seat, region, "") for seat, region in people.items()]
    goods = tuple(undated(one, "", "") for one in products)
    return (
        Axis("region", ("region", "seat"), tuple(regions + below)),
        Axis("product", ("product",), goods),
    )


def plan_of(values, given=None, *, kind="quarter", measures=None, seats=None, products=PRODUCTS):
    """A plan of 2027 whose rows are every seat × product, in that order."""
    calendar = FiscalCalendar()
    both = axes(seats, products)
    people = [place for place, one in enumerate(both[0].members) if one.parent(_DAY)]
    rows = [(seat, product) for seat in people for product in range(len(products))]
    figures = np.array(values, np.int64).reshape(len(rows), -1)
    return Plan(
        axes=both,
        periods=calendar.periods(2027, kind),
        rollups=rollups(calendar, 2027, kind),
        measures=measures or {"booked": PlanMeasure("booked")},
        layers=("issued", "submitted"),
        rows=np.array(rows, np.int32),
        columns={KEY: Column.of(figures, None if given is None else np.array(given, bool))},
    )


class History:
    """A plan and all the plans before it, so that any edit can be taken back."""

    def __init__(self, plan: Plan) -> None:
        self.plans = [plan]
        self.edits = []

    @property
    def now(self) -> Plan:
        """The last plan."""
        return self.plans[-1]

    def add(self, edit, **context):
        """Apply an edit; a refusal leaves everything as it was."""
        done = apply(self.now, edit, Context(around=self.around, **context))
        self.plans.append(done.plan)
        self.edits.append(edit)
        return done

    def around(self, seq):
        """The plans before and after an edit."""
        return self.plans[seq - 1], self.plans[seq]


_DAY = FiscalCalendar().periods(2027, "month")[0].start
