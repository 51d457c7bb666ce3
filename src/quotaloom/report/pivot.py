"""A plan seen from any side: rows by any order of its levels, columns by periods.

Codes are whole numbers behind the scenes, so that a page of a large plan costs milliseconds.
Every figure is a sum of leaves; nothing is stored for a total.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.period_columns import Column, columns_of, summed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

    from quotaloom.core.model.decomposition import Decomposition

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Path = tuple[str, ...]

MOST_NODES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Level:
    """One level column: its texts in tree order, each tuple's place in them, and their names."""

    header: str
    texts: tuple[str, ...]
    codes: NDArray[np.int32]
    names: tuple[str, ...]

    @property
    def blank(self) -> int:
        """The place of the blank text, -1 where every tuple has a member here."""
        return 0 if self.texts and not self.texts[0] else -1


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One row: its path of codes, its name, and its sums.

    ``values`` has a figure a column, in 分; ``last_year`` is None where history has no dates.
    ``potential`` is in ten-thousandths, None where none was given beside the history.
    ``known`` marks the columns that have a figure, None where all have. ``adds`` says whether the
    figures of siblings add up to those of their parent.
    """

    path: Path
    header: str
    name: str
    values: Ints
    basis: int
    last_year: int | None
    tuples: int
    has_children: bool
    known: Mask | None = None
    adds: bool = True
    potential: int | None = None

    @property
    def behind(self) -> int:
        """Its potential; the basis where none was given beside the history."""
        return self.basis if self.potential is None else self.potential

    @property
    def figures(self) -> list[int | None]:
        """A figure a column, None where there is none."""
        values: list[int | None] = self.values.tolist()
        if self.known is None:
            return values
        return [one if there else None for one, there in zip(values, self.known, strict=True)]


@dataclass(frozen=True, eq=False)
class Pivot:
    """A decomposition as tuples by periods, ready to be cut.

    ``quota`` is [tuple, period] in 分, ``basis``, ``last_year`` and ``potential`` by tuple.
    ``given`` marks the cells that have a figure, None where all have.
    """

    adds: ClassVar[bool] = True

    levels: Mapping[str, Level]
    hierarchies: tuple[tuple[str, tuple[str, ...]], ...]
    columns: tuple[Column, ...]
    quota: Ints
    basis: Ints
    last_year: Ints | None
    given: Mask | None = None
    potential: Ints | None = None

    @cached_property
    def by_column(self) -> Ints:
        """``[tuple, column]`` in 分."""
        return summed(self.quota, self.columns)

    @cached_property
    def given_by_column(self) -> Ints | None:
        """How many cells of each tuple and column have a figure; None where all have."""
        return None if self.given is None else summed(self.given.astype(np.int64), self.columns)

    @cached_property
    def gone(self) -> Mask:
        """Empty tuples without any member on some side: of one that was opened and taken back."""
        gone = np.zeros(len(self.basis), np.bool_)
        for _, headers in self.hierarchies:
            levels = [self.levels[header] for header in headers]
            if all(level.blank == 0 for level in levels):
                gone |= np.logical_and.reduce([level.codes == 0 for level in levels])
        gone[gone] = ~self.quota[gone].any(axis=1)
        return gone

    @property
    def everything(self) -> Mask:
        """All tuples."""
        return np.ones(len(self.basis), np.bool_)

    def rows_asked(self, text: str) -> tuple[str, ...]:
        """The levels named in ``text`` (joined by ``>``); all hierarchies in order where empty."""
        asked = tuple(part for part in text.split(">") if part)
        if not asked:
            return tuple(level for _, levels in self.hierarchies for level in levels)
        unknown = [header for header in asked if header not in self.levels]
        if unknown or len(set(asked)) < len(asked):
            raise UsageRefused([error("pivot.unknown_level", ", ".join(unknown or asked))])
        return asked

    def inside(self, rows: Sequence[str], path: Path, among: Mask) -> Mask:
        """The tuples of a node, among some; none where no such node is."""
        found = among.copy()
        for header, text in zip(rows, path, strict=False):
            level = self.levels[header]
            place = level.texts.index(text) if text in level.texts else -1
            found &= level.codes == place
        return found

    def node(self, rows: Sequence[str], path: Path, among: Mask) -> Node:
        """One node; the whole plan for the empty path."""
        inside = np.flatnonzero(self.inside(rows, path, among))
        begin = np.zeros(1, np.int64)
        deepest = self._deepest(rows, inside)
        return next(iter(self._nodes(rows, (inside, begin, deepest), len(path), path)))

    def children(self, rows: Sequence[str], path: Path, among: Mask) -> list[Node]:
        """The nodes one level below, in tree order."""
        return self.walk(rows, path, among, 1)

    def walk(self, rows: Sequence[str], path: Path, among: Mask, deep: int) -> list[Node]:
        """All nodes below a path down to ``deep`` levels, in preorder.

        A branch that ends above a level has no node there, and what is gone has none. Raises
        UsageRefused for more than MOST_NODES.
        """
        inside = np.flatnonzero(self.inside(rows, path, among) & ~self.gone)
        below = [self.levels[header].codes[inside] for header in rows[len(path) :]]
        if not below or not len(inside):
            return []
        order = np.lexsort(below[::-1])
        inside, changes = inside[order], np.zeros(len(inside), np.bool_)
        changes[0] = True
        deepest = self._deepest(rows, inside)
        found: list[tuple[int, int, Node]] = []
        for depth, codes in enumerate(below[:deep], len(path) + 1):
            changes[1:] |= np.diff(codes[order]) != 0
            starts = np.flatnonzero(changes)
            if len(found) + len(starts) > MOST_NODES:
                raise UsageRefused([error("pivot.too_many_nodes", str(MOST_NODES))])
            nodes = self._nodes(rows, (inside, starts, deepest), depth, path)
            found += [
                (start, depth, node)
                for start, node in zip(starts.tolist(), nodes, strict=True)
                if node.path[-1]
            ]
        return [node for _, _, node in sorted(found, key=lambda one: one[:2])]

    def _deepest(self, rows: Sequence[str], inside: Ints) -> Ints:
        """How many levels down each tuple has a member."""
        deepest = np.zeros(len(inside), np.int64)
        for depth, header in enumerate(rows, 1):
            level = self.levels[header]
            deepest[level.codes[inside] != level.blank] = depth
        return deepest

    def _nodes(
        self, rows: Sequence[str], cut: tuple[Ints, Ints, Ints], depth: int, above: Path
    ) -> Iterator[Node]:
        """The nodes of one depth: ``cut`` holds the tuples in order, the starts, the deepest."""
        inside, starts, deepest = cut
        if not len(inside):
            empty = np.zeros(len(self.columns), np.int64)
            yield Node(above, "", "", empty, 0, None, 0, has_children=False)
            return
        values, known = self._figures(inside, starts)
        basis = np.add.reduceat(self.basis[inside], starts).tolist()
        last = _added(self.last_year, inside, starts)
        potential = _added(self.potential, inside, starts)
        below = np.maximum.reduceat(deepest, starts) > depth
        counts = np.diff(starts, append=len(inside)).tolist()
        paths = self._paths(rows[:depth], inside[starts])
        level = self.levels[rows[depth - 1]] if depth else None
        for place, path in enumerate(paths):
            yield Node(
                path=path,
                header=level.header if level else "",
                name=level.names[level.codes[inside[starts[place]]]] if level else "",
                values=values[place],
                basis=basis[place],
                last_year=None if last is None else last[place],
                tuples=counts[place],
                has_children=bool(below[place]),
                known=None if known is None else known[place],
                adds=self.adds,
                potential=None if potential is None else potential[place],
            )

    def _figures(self, inside: Ints, starts: Ints) -> tuple[Ints, Mask | None]:
        """The figures of nodes, a row each, and which of them there are (None: all)."""
        values = np.add.reduceat(self.by_column[inside], starts, axis=0)
        given = self.given_by_column
        if given is None:
            return values, None
        return values, np.add.reduceat(given[inside], starts, axis=0) > 0

    def _paths(self, headers: Sequence[str], tuples: Ints) -> list[Path]:
        levels = [self.levels[header] for header in headers]
        columns = [[level.texts[code] for code in level.codes[tuples].tolist()] for level in levels]
        return list(zip(*columns, strict=True)) if columns else [()] * len(tuples)


def _added(values: Ints | None, inside: Ints, starts: Ints) -> list[int] | None:
    """The sums of nodes, None where there are no figures."""
    return None if values is None else np.add.reduceat(values[inside], starts).tolist()


def pivot_of(decomposition: Decomposition) -> Pivot:
    """The pivot of a finished decomposition."""
    leaves, span = decomposition.leaves, len(decomposition.periods)
    first = leaves[::span]  # leaves are tuples by periods, the periods inside
    labels = [period.label for period in decomposition.periods]
    headers = [level for _, levels in decomposition.hierarchies for level in levels]
    shown = decomposition.label_of
    return Pivot(
        levels={one: _level(first, one, shown.get(one, one)) for one in headers},
        hierarchies=decomposition.hierarchies,
        columns=columns_of(labels, decomposition.rollups),
        quota=leaves["quota"].to_numpy().reshape(-1, span),
        basis=leaves["basis"].to_numpy().reshape(-1, span).sum(axis=1),
        last_year=decomposition.tuple_last_year,
    )


def _level(tuples: pl.DataFrame, header: str, shown: str) -> Level:
    texts, names = tuples[header].fill_null(""), tuples[shown].fill_null("")
    return level_of(header, texts.to_list(), names.to_list(), np.arange(len(texts)))


def level_of(header: str, texts: Sequence[str], names: Sequence[str], taken: NDArray[Any]) -> Level:
    """A level of tuples that take these texts and names by their places."""
    used = np.unique(taken).tolist()
    called = {texts[place]: names[place] for place in used}
    known = sorted(called)
    places = {text: place for place, text in enumerate(known)}
    by_text = np.array([places.get(text, 0) for text in texts], np.int32)
    shown = tuple(_named(text, called[text]) for text in known)
    return Level(header, tuple(known), by_text[taken], shown)


def _named(code: str, name: str) -> str:
    return name if name in {"", code} or not code else f"{name} · {code}"
