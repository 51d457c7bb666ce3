"""Wishes tied to the cells they speak of, so that they can be checked again from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from quotaloom.core.model.decomposition import Margin
    from quotaloom.report.cube import Cube, Ints
    from quotaloom.report.period_columns import Column

Kind = Literal["fix", "hold", "bound"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as written, its inclusive limits in 分, and the cells whose sum it is about.

    ``where`` are pairs of a column and a member, all of which hold; ``period`` is a label, "" for
    the whole time. ``is_found`` is False where the text could not be tied to cells.
    """

    text: str
    kind: Kind
    low: int | None
    high: int | None
    where: tuple[tuple[str, str], ...] = ()
    period: str = ""
    is_found: bool = True

    def admits(self, reached: int, scale: int = 1) -> bool:
        """Whether an amount, in ``1/scale`` 分, keeps the wish."""
        return (self.low is None or self.low * scale <= reached) and (
            self.high is None or reached <= self.high * scale
        )


def tied(margin: Margin, cube: Cube, columns: Sequence[Column]) -> Wish:
    """The wish with its cells: the members and the period that its text names.

    Only a reading whose sum is the amount that the margin reached is believed.
    """
    text = _bare(margin.text)
    where = tuple(
        (header, member)
        for header in cube.combos.columns
        if f"{header}=" in text and (member := _named(text, header, cube.combos[header]))
    )
    period = _period(text, columns)
    wish = Wish(margin.text, margin.kind, margin.low, margin.high, where, period)
    is_found = bool(where or period) and reached(wish, cube, columns) == margin.reached
    return wish if is_found else replace(wish, where=(), period="", is_found=False)


def reached(wish: Wish, cube: Cube, columns: Sequence[Column]) -> int | None:
    """The sum of the wish's cells; None where a column or a period is not there."""
    leaves = {column.label: column.leaves for column in columns} | {"": columns[0].leaves}
    known = wish.period in leaves and all(name in cube.combos.columns for name, _ in wish.where)
    if not known:
        return None
    rows: NDArray[np.bool_] = np.ones(len(cube), np.bool_)
    for header, member in wish.where:
        rows &= (cube.combos[header] == member).to_numpy()
    chosen: Ints = cube.quota[rows][:, list(leaves[wish.period])]
    return int(chosen.sum())


def _named(text: str, header: str, members: pl.Series) -> str:
    """The longest member of a column that the text names as ``header=member``."""
    found = [name for name in members.unique().to_list() if f"{header}={_bare(name)}" in text]
    return max(found, key=lambda name: (len(name), name), default="")


def _period(text: str, columns: Sequence[Column]) -> str:
    found = [column.label for column in columns if column.label and column.label in text]
    return max(found, key=len, default="")


def _bare(text: str) -> str:
    return text.translate({ord(sign): None for sign in "\"'\\“”‘’「」"})
