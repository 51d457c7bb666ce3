"""A potential beside a plan: what a file says of members, shared out to the leaves as a reference.

The file names members of any levels of the plan; what it says of a branch is shared out to its
leaves by past figures, evenly where there are none, and to periods by the season of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.numeric.apportion import apportion
from quotaloom.cycle.plan.begin import BASIS, begun
from quotaloom.planfile.figures import first_plan, read_figures
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Ints
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.plan.begin import Beginning

POTENTIAL: Final = "potential"
"""The name of the reference."""
SCALE: Final = 10_000
"""How many of a reference's units are 1 of the file."""
FEW: Final = 5  # names in a finding
TOLD: Final = ("amount", "file", "row")


@dataclass(frozen=True, eq=False)
class Potential:
    """What a file says: its levels as the plan has them, codes of members, and where it says so.

    ``lines`` has a column for each level that the file names, then ``amount`` in ten-thousandths,
    ``file`` and ``row``.
    """

    lines: pl.DataFrame
    findings: tuple[Finding, ...] = ()

    @property
    def levels(self) -> list[str]:
        """The levels that the file names."""
        return [one for one in self.lines.columns if one not in TOLD]


def read_potential(path: Path, one: Beginning) -> Potential:
    """The potential in a file for a plan that begins so.

    The columns that are called like levels name the members, by code or by name; the amount is
    found as that of weights. Raises DataRefused for a file without such a column or without one
    amount, for a negative one, and for a member that is not there.
    """
    plan = _first(one)
    headers = [level for axis in plan.axes for level in axis.levels]
    there = open_file(path, RawOptions()).headers
    named = tuple(header for header in headers if header in there)
    if not named:
        shown = "、".join(headers)
        raise DataRefused([error("potential.no_level", file=path.name, levels=shown)])
    request = IntakeRequest(files=(path,), columns=named, dated=False, traced=True)
    facts = read_facts(request)
    lines = facts.frame.select(*named, "amount", file=pl.col("§file"), row=pl.col("§row"))
    coded = lines.with_columns(_coded(plan, header, lines[header]) for header in named)
    known = _frame(plan, named).unique()
    strange = coded.join(known, on=named, how="anti", nulls_equal=True)
    if strange.height:
        names = "、".join(" ".join(one) for one in strange.select(named).head(FEW).iter_rows())
        first, count = int(strange["row"][0]), strange.height
        told = error("potential.unknown_member", names, file=path.name, count=count, row=first)
        raise DataRefused([told])
    bare = known.join(coded, on=named, how="anti", nulls_equal=True).height
    told_bare = (warning("potential.none_given", count=bare, file=path.name),) if bare else ()
    return Potential(coded, (*facts.findings, *told_bare))


def with_potential(one: Beginning, potential: Potential) -> Beginning:
    """The plan with the potential as a reference that a figure may be spread by."""
    figures, head = read_figures(one.figures), one.definition
    shared = shared_out(potential, _first(one))
    return begun(
        replace(head, references=(*head.references, POTENTIAL)),
        replace(figures, references={**figures.references, POTENTIAL: shared}),
    )


def shared_out(potential: Potential, plan: Plan) -> Ints:
    """The potential of each row and period, in ten-thousandths; what a line says is kept whole."""
    basis = plan.references.get(BASIS, np.zeros(plan.shape, np.int64))
    keys = potential.levels
    sums = potential.lines.group_by(keys).agg(pl.col("amount").sum())
    rows = _frame(plan, keys).with_row_index("place").join(sums, on=keys, nulls_equal=True)
    rows = rows.sort(*keys, "place")
    places, shared = rows["place"].to_numpy(), np.zeros(len(plan.rows), np.int64)
    firsts = rows.select(pl.struct(keys).rle_id()).to_series().to_numpy()
    starts = np.flatnonzero(np.diff(firsts, prepend=-1))
    totals = rows["amount"].to_numpy()[starts]
    weights = np.maximum(basis.sum(axis=1)[places], 0)
    ends = [*starts.tolist(), len(places)]
    ranks = plan.rank[places]
    shared[places] = apportion(totals, weights, ends, rank=ranks, on_zero="equal")
    season = np.tile(np.maximum(basis.sum(axis=0), 0), len(shared))
    span = len(plan.periods)
    cells = apportion(shared, season, np.arange(0, len(season) + 1, span), on_zero="equal")
    return cells.reshape(plan.shape)


def _first(one: Beginning) -> Plan:
    return first_plan(one.definition, read_figures(one.figures))


def _frame(plan: Plan, headers: list[str] | tuple[str, ...]) -> pl.DataFrame:
    """The codes of the members of each row, a column a level, null where it has none."""
    told = {}
    for header in headers:
        place, axis = _axis(plan, header)
        codes = [code for code, _name in _members(axis, header, plan)]
        told[header] = [codes[at] for at in plan.rows[:, place].tolist()]
    return pl.DataFrame(told, schema=dict.fromkeys(headers, pl.String))


def _coded(plan: Plan, header: str, texts: pl.Series) -> pl.Series:
    """Members as the plan knows them: a code, or the name of exactly one; else as they are."""
    _, axis = _axis(plan, header)
    pairs = {(code, name) for code, name in _members(axis, header, plan) if code is not None}
    codes = {code for code, _ in pairs}
    named: dict[str, list[str]] = {}
    for code, name in sorted(pairs):
        named.setdefault(name, []).append(code)
    alone = {name: found[0] for name, found in named.items() if len(found) == 1}
    told = [one if one in codes else alone.get(one, one) for one in texts.to_list()]
    return pl.Series(header, told, pl.String)


def _axis(plan: Plan, header: str) -> tuple[int, Axis]:
    return next((at, axis) for at, axis in enumerate(plan.axes) if header in axis.levels)


def _members(axis: Axis, header: str, plan: Plan) -> list[tuple[str | None, str]]:
    """Code and name at a level above each member of an axis; None where its branch has none."""
    day, depth = plan.periods[-1].start, axis.levels.index(header)
    is_last = depth == len(axis.levels) - 1
    found: list[tuple[str | None, str]] = []
    for member in axis.members:
        path = axis.path(member.id, day)
        if len(path) <= depth:
            found.append((None, ""))
            continue
        one = axis.members[axis.places[path[-1 if is_last else depth]]]
        found.append((one.id.rpartition(">")[2], one.name(day)))
    return found
