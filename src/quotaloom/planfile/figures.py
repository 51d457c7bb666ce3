"""The cells of a plan as arrays: the leaf table, its columns, and the read-only references."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from quotaloom.core.allocation.journal.plan import Column, Plan
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.periods import rollups
from quotaloom.planfile.pack import UNREADABLE, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from quotaloom.core.allocation.journal.place import Ints, Key
    from quotaloom.core.allocation.journal.plan import Codes
    from quotaloom.planfile.definition import Definition
    from quotaloom.planfile.pack import Arrays


@dataclass(frozen=True, eq=False)
class Figures:
    """What a plan's cells hold; as in Plan."""

    rows: Codes
    columns: Mapping[Key, Column]
    references: Mapping[str, Ints] = field(default_factory=dict)

    def laid(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """The head and the arrays of a pack, the same however the mappings are ordered."""
        keys, names = sorted(self.columns), sorted(self.references)
        arrays: dict[str, NDArray[Any]] = {"rows": self.rows}
        for place, key in enumerate(keys):
            column = self.columns[key]
            arrays[f"values {place}"] = column.values
            arrays[f"given {place}"] = column.given
            if column.writer.any():
                arrays[f"writer {place}"] = column.writer
        arrays |= {f"reference {place}": self.references[one] for place, one in enumerate(names)}
        return {"columns": [list(key) for key in keys], "references": names}, arrays

    @classmethod
    def taken(cls, head: Mapping[str, Any], arrays: Arrays) -> Figures:
        """The figures of a pack."""
        columns = {}
        for place, (measure, layer) in enumerate(head["columns"]):
            values, given = arrays[f"values {place}"], arrays[f"given {place}"]
            nobody = arrays.get(f"writer {place}")
            writer = np.zeros(values.shape, np.int32) if nobody is None else nobody
            columns[measure, layer] = Column(values, given, writer)
        names = enumerate(head["references"])
        return cls(arrays["rows"], columns, {one: arrays[f"reference {n}"] for n, one in names})


def write_figures(figures: Figures) -> bytes:
    """The bytes of the figures, the same wherever they are written."""
    return pack(*figures.laid())


def read_figures(content: bytes) -> Figures:
    """The figures of their bytes."""
    head, arrays = unpack(content)
    try:
        return Figures.taken(head, arrays)
    except UNREADABLE as cause:
        raise DataRefused([error("planfile.cells_unreadable")]) from cause


def first_plan(definition: Definition, figures: Figures) -> Plan:
    """The plan before its first edit. DataRefused where the figures are of another plan."""
    periods = definition.calendar.periods(definition.year, definition.kind)
    plan = Plan(
        axes=definition.axes,
        periods=periods,
        rollups=rollups(definition.calendar, definition.year, definition.kind),
        measures={measure.code: measure for measure in definition.measures},
        layers=definition.layers,
        rows=figures.rows,
        columns=figures.columns,
        references=figures.references,
        elapsed=definition.elapsed,
    )
    if not _fits(plan, definition):
        raise DataRefused([error("planfile.figures_differ", definition.name)])
    return plan


def _fits(plan: Plan, definition: Definition) -> bool:
    """Whether the arrays have the shapes, members, measures and layers of the definition."""
    sizes = [len(axis.members) for axis in plan.axes]
    return (
        plan.rows.ndim == 2
        and plan.rows.shape[1] == len(sizes)
        and bool(((plan.rows >= 0) & (plan.rows < np.array(sizes, np.int64))).all())
        and all(column.values.shape == plan.shape for column in plan.columns.values())
        and {key[0] for key in plan.columns} <= set(plan.measures)
        and {key[1] for key in plan.columns} <= set(plan.layers)
        and set(plan.references) == set(definition.references)
    )
