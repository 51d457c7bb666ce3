"""Small cubes from texts, for tests that need one without reading files."""

from __future__ import annotations

import numpy as np
import polars as pl

from quotaloom.core.allocation.cube import Cube
from quotaloom.core.model.hierarchy_build import from_levels
from quotaloom.core.model.periods import FiscalCalendar, rollups

NATURAL = FiscalCalendar()


def cube_of(
    table, *hierarchies, kind="quarter", calendar=NATURAL, year=2027, profile=None, **names
):
    """A cube from a text table whose last column is the basis; hierarchies like ``地区>省``.

    ``names`` maps a level's header to the header of its display names.
    """
    header, *lines = [line.split() for line in table.strip().splitlines()]
    frame = pl.DataFrame(lines, schema=dict.fromkeys(header, pl.String), orient="row")
    periods = calendar.periods(year, kind)
    built, members = [], []
    for name in sorted(hierarchies):
        levels = name.split(">")
        mine = {level: names[level] for level in levels if level in names}
        one = from_levels(name, levels, frame.select(*levels, *mine.values()), mine or None)
        leaves = one.leaf_frame().with_row_index("§leaf")
        places = frame.select(levels).join(leaves, on=levels, how="left", maintain_order="left")
        built.append(one)
        members.append(places["§leaf"].cast(pl.Int32).to_numpy())
    order = np.lexsort(members[::-1])
    count = len(frame)
    return Cube(
        tuple(built),
        tuple(place[order] for place in members),
        periods,
        dict(rollups(calendar, year, kind)),
        frame[header[-1]].cast(pl.Int64).to_numpy()[order],
        np.zeros(count, np.int32),
        np.array([profile or [1] * len(periods)], np.int64),
    )
