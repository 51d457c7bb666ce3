"""Formulas over sums: exact arithmetic on the board, and figures seen from other periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.measures.expression import (
    Aggregate,
    Arithmetic,
    Between,
    Number,
    Viewed,
)
from quotaloom.core.numeric.quotient import WIDE, Quotients
from quotaloom.warehouse.measures.query import PERIOD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.expression import Node
    from quotaloom.warehouse.measures.board import Board


@dataclass(frozen=True, eq=False)
class Scene:
    """What formulas stand on: the sums of their aggregates, and what lies around the periods.

    ``year_ago`` maps the number of a period to that of the same one a year before; ``elapsed`` is
    the share of its working days over; ``quota`` holds the quota of each row, null where none.
    """

    board: Board
    sums: Mapping[Aggregate, Quotients]
    year_ago: Mapping[int, int]
    elapsed: Quotients | None = None
    quota: Quotients | None = None


def figure(node: Node, scene: Scene) -> Quotients:
    """The figure of a formula that is written out, one value a row of the board."""
    if isinstance(node, Number):
        return Quotients.number(node.value)
    if isinstance(node, Aggregate):
        return scene.sums[node]
    if isinstance(node, Viewed):
        return _viewed(node, scene)
    if isinstance(node, Between):
        return figure(node.earlier, scene).plus(figure(node.later, scene), -1)
    if not isinstance(node, Arithmetic):
        raise TypeError(node)
    left, right = figure(node.left, scene), figure(node.right, scene)
    if node.sign == "/":
        return left.over(right)
    return (
        left.times(right) if node.sign == "*" else left.plus(right, 1 if node.sign == "+" else -1)
    )


def _viewed(node: Viewed, scene: Scene) -> Quotients:
    if node.view in ("quota", "elapsed"):
        return (scene.quota if node.view == "quota" else scene.elapsed) or _nothing(scene)
    if node.figure is None:
        raise TypeError(node)
    seen = _whole_rows(figure(node.figure, scene), scene)
    if node.view == "to_date":
        return _summed_up(seen, scene)
    if node.view == "whole":
        return _over_groups(seen, scene)
    return _moved(seen, _origins(node, scene))


def _nothing(scene: Scene) -> Quotients:
    return Quotients.of(pl.repeat(None, scene.board.rows.height, dtype=WIDE, eager=True))


def _whole_rows(seen: Quotients, scene: Scene) -> Quotients:
    """The figure with a value above for every row, also where it is one number."""
    height = scene.board.rows.height
    above = seen.above.new_from_index(0, height) if len(seen.above) == 1 else seen.above
    return Quotients(above, seen.below)


def _origins(node: Viewed, scene: Scene) -> pl.Series:
    """Of each row the row of the same group in the period that is looked at; null for none."""
    board = scene.board
    numbers = range(board.first, board.first + board.periods)
    seen = [one - 1 if node.view == "previous" else scene.year_ago.get(one) for one in numbers]
    steps = [
        None if other is None or other < max(board.first, 0) else other - one
        for one, other in zip(numbers, seen, strict=True)
    ]
    groups = board.rows.height // max(board.periods, 1)
    step = pl.Series(steps * groups, dtype=pl.Int64)
    return pl.int_range(board.rows.height, eager=True) + step


def _moved(seen: Quotients, origins: pl.Series) -> Quotients:
    below = seen.below if len(seen.below) == 1 else _gathered(seen.below, origins).fill_null(1)
    return Quotients(_gathered(seen.above, origins), below)


def _gathered(values: pl.Series, origins: pl.Series) -> pl.Series:
    return pl.DataFrame({"v": values}).select(pl.col("v").gather(origins))["v"]


def _summed_up(seen: Quotients, scene: Scene) -> Quotients:
    """The sums up to each period within each group."""
    group = pl.int_range(scene.board.rows.height, eager=True) // max(scene.board.periods, 1)
    frame = pl.DataFrame({"v": seen.above, "g": group})
    return Quotients(frame.select(pl.col("v").cum_sum().over("g"))["v"].cast(WIDE), seen.below)


def _over_groups(seen: Quotients, scene: Scene) -> Quotients:
    """The sums over all groups of each period."""
    frame = pl.DataFrame({"v": seen.above, "p": scene.board.rows[PERIOD]})
    return Quotients(frame.select(pl.col("v").sum().over("p"))["v"].cast(WIDE), seen.below)
