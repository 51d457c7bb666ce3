"""What was done, in the shape of a plan: its measures, its periods, one of its trees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.allocation.journal.axis import undated
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.money import FACT_SCALE, MINOR
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Ints
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.periods import FiscalCalendar

COUNT: Final = 10**FACT_SCALE
"""Cells of what was done are in the facts' scale; so many are one piece."""
ASIDE: Final = "#" + UNASSIGNED


def done_plan(
    plan: Plan, axis: str, files: Mapping[str, Path], calendar: FiscalCalendar
) -> tuple[Plan, tuple[Finding, ...]]:
    """The facts of each measure along one axis and the plan's periods, and what is to be said.

    A fact of a member that the plan does not have counts in the whole alone. One of another year
    is left out. Cells are in the facts' scale, whatever they count. Raises UsageRefused for a
    measure that the plan does not have or that is not stored, DataRefused for unusable files.
    """
    tree = plan.axis(axis)
    _refuse_measures(plan, files)
    aside = tree.with_member(undated(ASIDE, "", UNASSIGNED))
    columns, said = {}, []
    for code, path in files.items():
        request = IntakeRequest(files=(path,), columns=tree.levels, calendar=calendar)
        facts = read_facts(request)
        places = _placed(facts.frame, aside)
        columns[code, plan.layers[0]], told = _column(places, plan, aside, path.name)
        said += [*facts.findings, *told]
    done = replace(
        plan,
        axes=(aside,),
        rows=np.arange(len(aside.members), dtype=np.int32)[:, None],
        columns=columns,
        measures={code: _in_parts(one) for code, one in plan.measures.items()},
        references={},
    )
    return done, tuple(said)


def _in_parts(measure: PlanMeasure) -> PlanMeasure:
    """The measure of such cells; a rate of money and pieces stays one of 分 and pieces."""
    return replace(measure, unit=MINOR if measure.is_money else 1)


def in_scale(measure: PlanMeasure) -> int:
    """How many parts of the facts' scale a unit of a measure is."""
    return measure.unit * (COUNT // MINOR if measure.is_money else COUNT)


def _refuse_measures(plan: Plan, files: Mapping[str, Path]) -> None:
    derived = [code for code in files if plan.measure(code).kind == "ratio"]
    if derived:
        raise UsageRefused([error("measure.ratio_given", "、".join(derived))])


def _placed(frame: pl.DataFrame, axis: Axis) -> pl.DataFrame:
    """The facts with the place of their member, added up by place and day."""
    levels = list(axis.levels)
    paths = frame.select(pl.col(levels).cast(pl.String)).unique()
    place = [_place(path, axis) for path in paths.iter_rows()]
    known = paths.with_columns(pl.Series("§place", place, pl.Int32))
    joined = frame.with_columns(pl.col(levels).cast(pl.String)).join(
        known, on=levels, nulls_equal=True
    )
    return joined.group_by("§place", "date").agg(pl.col("amount").sum(), pl.len())


def _place(path: Sequence[str | None], axis: Axis) -> int:
    """The member that a path of codes or names ends in; the one aside where there is none."""
    there = [one for one in path if one]
    for text in (there[-1] if there else "", ">".join(there)):
        ids = [text] if text in axis.places else axis.by_name.get(text, [])
        if len(ids) == 1:
            return axis.places[ids[0]]
    return axis.places[ASIDE]


def _column(facts: pl.DataFrame, plan: Plan, axis: Axis, file: str) -> tuple[Column, list[Finding]]:
    """The cells of one measure, a row a member."""
    values: Ints = np.zeros((len(axis.members), len(plan.periods)), np.int64)
    starts = np.array([one.start for one in plan.periods], "datetime64[D]")
    last = np.datetime64(plan.periods[-1].end, "D")
    days = facts["date"].to_numpy().astype("datetime64[D]")
    inside = (days >= starts[0]) & (days < last)
    place, amount = facts["§place"].to_numpy(), facts["amount"].to_numpy()
    period = np.searchsorted(starts, days, side="right") - 1
    np.add.at(values, (place[inside], period[inside]), amount[inside])
    count = facts["len"].to_numpy()
    told = {
        "score.other_year": int(count[~inside].sum()),
        "score.unknown_member": int(count[inside & (place == axis.places[ASIDE])].sum()),
    }
    return Column.of(values), [warning(code, file, count=n) for code, n in told.items() if n]
