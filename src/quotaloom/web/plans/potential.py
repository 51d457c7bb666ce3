"""The potential behind a plan: that of a file beside the history, or the weights it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from quotaloom.cycle.plan.potential import SCALE
from quotaloom.web.plans.store import potential_lines

if TYPE_CHECKING:
    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.report.pivot import Mask
    from quotaloom.web.plans.cut import Cut
    from quotaloom.web.plans.selectors import Seen

MOST: Final = 50  # rows of the file in a panel
TOLD: Final = ("amount", "file", "row")


@dataclass(frozen=True, slots=True)
class Given:
    """The potential of a node in ten-thousandths, and the newest rows of the file behind it.

    ``is_shared`` where some of them are of a branch around it, of which it has a part.
    """

    amount: int
    rows: tuple[dict[str, Any], ...]
    count: int
    is_shared: bool


def potential_size(seen: Seen, one: Decomposition) -> int | None:
    """How many parts of a row's potential are 1 of its file; None where there is none.

    None too for a measure of which the weights of a decomposition say nothing.
    """
    if seen.pivot.potential is not None:
        return SCALE
    is_given = bool(one.parameters.get("weights")) and seen.figures.key[0] == seen.plan.measure
    return 10**one.basis_scale if is_given else None


def potential_told(seen: Seen, cut: Cut) -> Given | None:
    """Where the potential of a node comes from; None where none was given beside the history.

    Rows that speak of seats that are not seen, too, are left out.
    """
    lines = potential_lines(seen.plan)
    node = seen.pivot.node(cut.rows, cut.path, seen.sight.mask)
    if lines is None or node.potential is None:
        return None
    inside = seen.pivot.inside(cut.rows, cut.path, seen.sight.mask)
    keys = [one for one in lines.columns if one not in TOLD]
    lines = lines.with_columns(pl.col(keys).fill_null(""))
    mine = lines.join(_members(seen, keys, inside), on=keys, how="semi")
    told = mine.join(_members(seen, keys, ~seen.sight.mask), on=keys, how="anti")
    whole = told.join(_members(seen, keys, ~inside), on=keys, how="anti")
    rows = tuple(told.head(MOST).iter_rows(named=True))
    return Given(node.potential, rows, told.height, whole.height < mine.height)


def _members(seen: Seen, keys: list[str], among: Mask) -> pl.DataFrame:
    """The members of some tuples at the levels that the file names."""
    places = np.flatnonzero(among)
    levels = [seen.pivot.levels[key] for key in keys]
    told = {one.header: [one.texts[code] for code in one.codes[places].tolist()] for one in levels}
    return pl.DataFrame(told, schema=dict.fromkeys(keys, pl.String)).unique()
