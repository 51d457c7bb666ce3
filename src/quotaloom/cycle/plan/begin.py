"""Begin a plan: from a decomposition, or from a plan of another year."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.journal.axis import Axis, Member, part_of, undated
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.hierarchies import OWN
from quotaloom.core.model.money import half_up
from quotaloom.core.numeric.apportion import apportion
from quotaloom.cycle.plan.catalogue import in_units, known
from quotaloom.planfile.definition import Definition, write_definition
from quotaloom.planfile.digest import digest
from quotaloom.planfile.figures import Figures, write_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    import polars as pl
    from numpy.typing import NDArray

    from quotaloom.core.allocation.journal.place import Key, Mask
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.core.model.periods import FiscalCalendar, Period

LAYERS: Final = ("issued", "submitted", "proposed", "agreed")
BASIS: Final = "basis"
Path = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Beginning:
    """A plan before its first edit: its definition, and the bytes of the cells that it names."""

    definition: Definition
    figures: bytes

    @property
    def text(self) -> str:
        """The definition as it is kept."""
        return write_definition(self.definition)


@dataclass(frozen=True, eq=False)
class Beside:
    """The measures of a plan, the first one's own too, and the columns of the others.

    ``given`` says which quotas of the first one are given, None for all. Rows lie as the leaves of
    the decomposition do.
    """

    measures: tuple[PlanMeasure, ...]
    columns: Mapping[Key, Column] = field(default_factory=dict)
    given: Mask | None = None


def from_decomposition(
    one: Decomposition,
    name: str,
    calendar: FiscalCalendar,
    *,
    measure: str = "booked",
    elapsed: int = 0,
    beside: Beside | None = None,
) -> Beginning:
    """A plan whose issued figures are the quotas of a decomposition, with its history beside them.

    Members are told apart by their code where that is theirs alone on the axis, else by their
    path. ``beside`` holds other measures of the same leaves, and which quotas were given.
    """
    span = len(one.periods)
    tuples = one.leaves.gather_every(span)
    axes, codes = [], []
    for _, levels in one.hierarchies:
        axis, places = _axis(tuples, levels, one.label_of)
        axes.append(axis)
        codes.append(places)
    quota = one.leaves["quota"].to_numpy().reshape(-1, span)
    more = beside or Beside((in_units(known(measure), one.unit),))
    figures = Figures(
        rows=np.stack(codes, axis=1).astype(np.int32),
        columns={(measure, LAYERS[0]): Column.of(quota // one.unit, more.given), **more.columns},
        references={BASIS: one.leaves[BASIS].to_numpy().reshape(-1, span)},
    )
    head = _head(name, one.periods[0], calendar, more.measures, tuple(axes))
    return begun(replace(head, elapsed=elapsed), figures)


def bounding_over(one: Beginning, over: Sequence[tuple[str, Fraction]]) -> Beginning:
    """The plan with the most 加码 that the members of some levels may give.

    Raises UsageRefused for a level that no axis has.
    """
    axes = one.definition.axes
    levels = [level for axis in axes for level in axis.levels]
    unknown = [level for level, _ in over if level not in levels]
    if unknown:
        shown = "、".join(levels)
        raise UsageRefused([error("edit.unknown_level", "、".join(unknown), levels=shown)])
    bounded = tuple(
        replace(axis, over=tuple(pair for pair in over if pair[0] in axis.levels)) for axis in axes
    )
    return replace(one, definition=replace(one.definition, axes=bounded))


def _head(
    name: str,
    period: Period,
    calendar: FiscalCalendar,
    measures: tuple[PlanMeasure, ...],
    axes: tuple[Axis, ...],
) -> Definition:
    """A definition that is not bound to figures yet."""
    return Definition(
        name=name,
        currency="CNY",
        year=period.year,
        kind=period.kind,
        calendar=calendar,
        measures=measures,
        layers=LAYERS,
        axes=axes,
        figures="",
        references=(BASIS,),
    )


def from_plan(plan: Plan, head: Definition, *, name: str, year: int, growth: Fraction) -> Beginning:
    """Next year's plan: the same members and rows, every total of a measure grown once.

    Each column is raised as a whole and shared out in proportion, so that its total is the old one
    times ``1 + growth`` to the unit. Last year's figures stay beside it as references.
    """
    columns, references = {}, {}
    for key, column in plan.columns.items():
        flat = np.where(column.given, column.values, 0).ravel()
        if (flat < 0).any():
            raise DataRefused([error("edit.copy_negative", key[0])])
        total = half_up(int(flat.sum()) * (1 + growth))
        grown = apportion([total], flat, [0, len(flat)], rank=_ranks(plan), on_zero="equal")
        columns[key] = Column.of(grown.reshape(plan.shape), column.given)
        references[f"{key[0]} {head.year} {key[1]}"] = column.values
    axes = tuple(plan.axes)
    next_head = replace(
        head,
        name=name,
        year=year,
        axes=axes,
        references=tuple(references),
        elapsed=0,
    )
    return begun(next_head, Figures(plan.rows, columns, references))


def begun(head: Definition, figures: Figures) -> Beginning:
    """The definition bound to the digest of its first figures."""
    content = write_figures(figures)
    return Beginning(replace(head, figures=digest(content)), content)


def _ranks(plan: Plan) -> NDArray[np.int64]:
    span = len(plan.periods)
    return (plan.rank[:, None] * span + np.arange(span)).ravel()


def _axis(
    tuples: pl.DataFrame, levels: Sequence[str], label_of: Mapping[str, str]
) -> tuple[Axis, NDArray[np.int32]]:
    """The members of a hierarchy, top first, and the place of each tuple's leaf.

    The axis bears the header of its top level.
    """
    columns = [tuples[level].to_list() for level in levels]
    paths = [
        tuple(code for code in path if code is not None) for path in zip(*columns, strict=True)
    ]
    names = _names(tuples, levels, label_of)
    every = sorted({path[:depth] for path in paths for depth in range(1, len(path) + 1)})
    ids = _ids(every)
    members = tuple(_member(path, ids, names) for path in every)
    place = {path: number for number, path in enumerate(every)}
    return Axis(levels[0], tuple(levels), members), np.array(
        [place[path] for path in paths], np.int32
    )


def _ids(paths: Sequence[Path]) -> dict[Path, str]:
    """The code of each path where only it has it; its whole path otherwise; 本级 by its parent."""
    count: dict[str, int] = {}
    for path in paths:
        count[path[-1]] = count.get(path[-1], 0) + 1
    found: dict[Path, str] = {}
    for path in paths:
        if path[-1] == OWN and len(path) > 1:
            found[path] = part_of(found[path[:-1]], "own").id
        else:
            found[path] = path[-1] if count[path[-1]] == 1 else ">".join(path)
    return found


def _member(path: Path, ids: Mapping[Path, str], names: Mapping[Path, str]) -> Member:
    parent = ids[path[:-1]] if len(path) > 1 else ""
    if path[-1] == OWN and parent:
        return part_of(parent, "own")
    return undated(ids[path], parent, names.get(path, path[-1]))


def _names(
    tuples: pl.DataFrame, levels: Sequence[str], label_of: Mapping[str, str]
) -> dict[Path, str]:
    """The display name of each path whose level has a column of names."""
    named = [
        tuples.select([*levels[: depth + 1], label_of[level]]).unique().iter_rows()
        for depth, level in enumerate(levels)
        if level in label_of
    ]
    return {
        tuple(one for one in path if one is not None): name
        for rows in named
        for *path, name in rows
        if path[-1] is not None and name
    }
