"""Where files and cells lie in the data folder, and the plans that are kept in memory."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl
from django.conf import settings

from quotaloom.cycle.plan.begin import LAYERS
from quotaloom.cycle.plan.catalogue import in_units, known
from quotaloom.cycle.plan.potential import POTENTIAL, Potential, with_potential
from quotaloom.planfile.figures import first_plan, read_figures
from quotaloom.report.handout.issue import HANDED_OUT
from quotaloom.report.living import living_levels, living_pivot, without_history
from quotaloom.report.pivot import Pivot, pivot_of
from quotaloom.warehouse.plan_folder import load_plan, save_plan
from quotaloom.web.journals.opened import plan_now
from quotaloom.web.plans.beginning import beginning
from quotaloom.web.plans.kept import kept

if TYPE_CHECKING:
    from uuid import UUID

    from quotaloom.core.allocation.journal.axis import Member
    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.cycle.plan.begin import Beginning
    from quotaloom.web.plans.models import Plan, Upload

SOURCES = "sources.parquet"
POTENTIAL_LINES: Final = "potential.parquet"
KEPT = 8  # plans in memory, each process
NEWEST = 8  # columns of living plans ready to be cut, each process
OWN: Final = ("", "")  # the plan's own measure, in its first layer


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """A plan's pivot, and the living plan behind it where it was ever edited.

    ``key`` names the measure and the layer of its figures, as ``measure`` describes it. ``shape``
    is another text where members are other ones, in every process alike. They are the plan's
    ``own`` figures where they are of its own measure, as issued: these have a history.
    """

    pivot: Pivot
    key: Key
    measure: PlanMeasure
    living: LivingPlan | None = None
    shape: str = ""
    is_own: bool = True

    @property
    def takes_workbooks(self) -> bool:
        """Whether a workbook of it can come back: what adds up, and rates of that."""
        return self.measure.kind in HANDED_OUT


def upload_path(upload: Upload) -> Path:
    """The file of an upload, under its own name."""
    return Path(settings.HOME, "uploads", str(upload.pk), upload.name)


def plan_folder(plan_id: UUID) -> Path:
    """The folder of a plan."""
    return Path(settings.HOME, "plans", str(plan_id))


def parts_path(job_id: UUID) -> Path:
    """The zip of workbooks that a job made."""
    return Path(settings.HOME, "parts", f"{job_id}.zip")


def write_cells(
    plan_id: UUID, one: Decomposition, sources: pl.DataFrame, potential: Potential | None = None
) -> str:
    """Write a plan's folder whole or not at all; answers the digest of the cells."""
    folder = plan_folder(plan_id)
    half = folder.with_name(f".{folder.name}")
    shutil.rmtree(half, ignore_errors=True)  # what a killed worker left
    half.parent.mkdir(parents=True, exist_ok=True)
    digest = save_plan(one, half)
    sources.write_parquet(half / SOURCES)
    if potential is not None:
        potential.lines.write_parquet(half / POTENTIAL_LINES)
    shutil.rmtree(folder, ignore_errors=True)  # whole, and yet killed before its row was written
    half.rename(folder)
    return digest


def decomposition_of(plan: Plan) -> Decomposition:
    """The plan as it was decomposed."""
    return _loaded(plan.pk, plan.digest)[0]


def figures(plan: Plan, shows: Key = OWN) -> Figures:
    """The plan ready to be cut: as it was decomposed, or as it stands after its last edit.

    ``shows`` names the measure and the layer, "" for the plan's own. Raises UsageRefused for one
    that the plan has not.
    """
    base = _history(plan)
    living = plan_now(plan.pk)
    if living is not None:
        return _living(base, living, column_of(plan, living, shows), plan.measure)
    key = (shows[0] or plan.measure, shows[1] or LAYERS[0])
    if key == (plan.measure, LAYERS[0]):
        return Figures(base, key, in_units(known(plan.measure), plan.unit))
    return replace(_living(base, plan_first(plan), key, plan.measure), living=None)


def figures_then(plan: Plan, living: LivingPlan, shows: Key = OWN) -> Figures:
    """The plan as it stood at some position, ready to be cut. Raises as ``figures``."""
    return _living(_history(plan), living, column_of(plan, living, shows), plan.measure)


@lru_cache(maxsize=KEPT)
def _history(plan: Plan) -> Pivot:
    """The plan as it was decomposed, with the potential that was given beside it."""
    base = _loaded(plan.pk, plan.digest)[1]
    if potential_lines(plan) is None:
        return base
    return replace(base, potential=plan_first(plan).references[POTENTIAL].sum(axis=1))


@lru_cache(maxsize=KEPT)
def plan_first(plan: Plan) -> LivingPlan:
    """What a plan that was never edited would begin with; nothing is kept."""
    begun = begun_of(plan)
    return first_plan(begun.definition, read_figures(begun.figures))


def begun_of(plan: Plan) -> Beginning:
    """What a plan begins with when it becomes a living one."""
    begun, given = beginning(plan, decomposition_of(plan)), potential_lines(plan)
    return begun if given is None else with_potential(begun, Potential(given))


def potential_lines(plan: Plan) -> pl.DataFrame | None:
    """The potential that was given with a plan, a row each with file and row; None for none."""
    path = plan_folder(plan.pk) / POTENTIAL_LINES
    return pl.read_parquet(path) if path.is_file() else None


def link_cells(source: UUID, target: UUID) -> None:
    """Give another plan the same cells, which never change."""
    shutil.copytree(plan_folder(source), plan_folder(target), copy_function=os.link)


def total_now(plan: Plan) -> int:
    """The whole of a plan in 分, after its last edit."""
    living = plan_now(plan.pk)
    if living is None:
        return plan.total
    key = column_of(plan, living)
    return int(living.column(key).values.sum()) * living.measure(key[0]).unit


def column_of(plan: Plan, living: LivingPlan, shows: Key = OWN) -> Key:
    """The measure and the layer of a living plan that pages show: the plan's own unless said."""
    return shows[0] or plan.measure, shows[1] or living.layers[0]


@lru_cache(maxsize=NEWEST)
def _living(base: Pivot, living: LivingPlan, key: Key, own: str) -> Figures:
    """The figures of now, the same for every request until the next edit.

    Levels are made again only where members changed. The history is that of the plan's ``own``
    measure.
    """
    living.column(key)  # refuses what the plan has not
    shape = (living.axes, len(living.rows))
    mark, levels = kept(("levels", *shape), lambda: (_mark(living), living_levels(living)))
    past = base if key[0] == own else without_history(base)
    pivot = living_pivot(past, living, key, levels)
    is_own = key == (own, living.layers[0])
    return Figures(pivot, key, living.measure(key[0]), living, mark, is_own)


def _mark(living: LivingPlan) -> str:
    """What tells the members of a plan and their days apart from others."""
    told = hashlib.blake2b(living.rows.tobytes(), digest_size=8)
    for axis in living.axes:
        told.update("\x1d".join(map(_line, axis.members)).encode())
    return told.hexdigest()


def _line(one: Member) -> str:
    """A member; whoever never turned is told without its days, which would take long."""
    turns = [dated[0][1] if len(dated) == 1 else dated for dated in (one.parents, one.names)]
    return f"{one.id}\x1e{turns}\x1e{one.opened}\x1e{one.closed}"


@lru_cache(maxsize=KEPT)
def _loaded(plan_id: UUID, digest: str) -> tuple[Decomposition, Pivot]:
    folder = plan_folder(plan_id)
    one = load_plan(folder)
    if not digest:
        raise ValueError(f"the plan {plan_id} was never finished")
    return one, pivot_of(one)


def source_lines(plan: Plan) -> pl.LazyFrame:
    """The facts behind a plan, a row each with file and row; no columns where there are none."""
    return pl.scan_parquet(plan_folder(plan.pk) / SOURCES)
