"""The hierarchies of a request, and where each row of facts lies in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused, QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.hierarchy_build import from_levels, from_parents, parents_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from quotaloom.core.model.hierarchies import Hierarchy
    from quotaloom.cycle.reading import Read
    from quotaloom.cycle.request import DecomposeRequest, TreeText

WIDEST_TOP = 30
PLACE = "§place"


@dataclass(frozen=True)
class Members:
    """Hierarchies in canonical order (by name) and the tuples of members that exist.

    ``keys`` has a row a tuple, its columns those of ``columns``; ``places`` the leaf of each tuple
    in each hierarchy. Tuples are in tree order, hierarchy by hierarchy. ``asked`` holds the names
    of the hierarchies in the order they were asked for.
    """

    hierarchies: tuple[Hierarchy, ...]
    keys: pl.DataFrame
    places: tuple[NDArray[np.int32], ...]
    key_columns: Mapping[str, tuple[str, ...]]
    asked: tuple[str, ...]
    label_of: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """How many tuples there are."""
        return self.keys.height

    def rows_of(self, frame: pl.DataFrame) -> NDArray[np.int64]:
        """The tuple of each row of a frame that has the key columns."""
        numbered = self.keys.with_row_index(PLACE)
        joined = frame.select(self.keys.columns).join(
            numbered, on=self.keys.columns, how="left", maintain_order="left", nulls_equal=True
        )
        return joined[PLACE].cast(pl.Int64).to_numpy()

    def asked_order(self) -> list[Hierarchy]:
        """The hierarchies in the order they were asked for."""
        named = {h.name: h for h in self.hierarchies}
        return [named[name] for name in self.asked]

    def headers(self) -> tuple[str, ...]:
        """All level columns in the order of the output, a name after its code."""
        columns = []
        for hierarchy in self.asked_order():
            columns += self._level_headers(hierarchy)
        return tuple(columns)

    def leaf_texts(self) -> dict[str, pl.DataFrame]:
        """Each hierarchy's level columns by leaf, names beside their codes."""
        return {h.name: self._texts(h) for h in self.hierarchies}

    def _level_headers(self, hierarchy: Hierarchy) -> list[str]:
        return [
            header
            for level in hierarchy.levels
            for header in (level, *([self.label_of[level]] if level in self.label_of else []))
        ]

    def _texts(self, hierarchy: Hierarchy) -> pl.DataFrame:
        codes = hierarchy.leaf_frame()
        nodes = hierarchy.level_nodes()
        names = pl.Series(hierarchy.names, dtype=pl.String)
        shown = {
            self.label_of[level]: names.gather(pl.Series(nodes[:, depth]).replace(-1, None))
            for depth, level in enumerate(hierarchy.levels)
            if level in self.label_of
        }
        return codes.with_columns(**shown).select(self._level_headers(hierarchy))

    @cached_property
    def _names(self) -> list[str]:
        return [" × ".join(str(part) for part in row) for row in self.keys.iter_rows()]

    def names_of_tuples(self) -> list[str]:
        """Each tuple's members in words."""
        return self._names


def build_members(request: DecomposeRequest, read: Read, frame: pl.DataFrame) -> Members:
    """Hierarchies and tuples of the rows of ``frame``; every refusal of every hierarchy at once."""
    built: dict[str, tuple[Hierarchy, tuple[str, ...]]] = {}
    refused: list[Finding] = []
    for group in read.dimensions.levels:
        columns = tuple(level.code for level in group)
        try:
            hierarchy = from_levels(
                ">".join(columns),
                columns,
                frame.select(columns).unique()
                if not _named(read, columns)
                else _labelled(read, columns),
                names={c: read.names[c] for c in columns if c in read.names} or None,
                repeated_names=request.repeated_names,
            )
        except QuotaLoomError as refusal:
            refused += refusal.findings
            continue
        built[hierarchy.name] = (hierarchy, columns)
    for tree in read.dimensions.trees:
        try:
            built[tree.name] = (_tree(read, tree, frame), (tree.member,))
        except QuotaLoomError as refusal:
            refused += refusal.findings
    if refused:
        raise DataRefused(refused)
    return arrange(frame, built, read.names)


def arrange(
    frame: pl.DataFrame,
    built: Mapping[str, tuple[Hierarchy, tuple[str, ...]]],
    label_of: Mapping[str, str],
) -> Members:
    """Put hierarchies and the tuples of a frame into canonical order."""
    names = sorted(built)
    hierarchies = tuple(built[name][0] for name in names)
    columns = [column for name in names for column in built[name][1]]
    keys = frame.select(columns).unique()
    places = [_places(keys, built[name][0], built[name][1]) for name in names]
    order = np.lexsort(places[::-1])
    return Members(
        hierarchies,
        keys[order],
        tuple(place[order] for place in places),
        {name: built[name][1] for name in names},
        tuple(built),
        dict(label_of),
        tuple(finding for h in hierarchies for finding in h.findings),
    )


def _named(read: Read, columns: tuple[str, ...]) -> bool:
    return any(column in read.names for column in columns)


def _labelled(read: Read, columns: tuple[str, ...]) -> pl.DataFrame:
    extra = [read.names[c] for c in columns if c in read.names]
    return read.facts.frame.select(*columns, *extra).unique()


def _places(
    keys: pl.DataFrame, hierarchy: Hierarchy, columns: tuple[str, ...]
) -> NDArray[np.int32]:
    if len(columns) == len(hierarchy.levels) and columns == hierarchy.levels:
        leaves = hierarchy.leaf_frame()
    else:
        leaves = pl.DataFrame({columns[0]: hierarchy.leaf_members}, schema={columns[0]: pl.String})
    numbered = leaves.with_row_index(PLACE)
    joined = keys.select(columns).join(
        numbered, on=list(columns), how="left", maintain_order="left", nulls_equal=True
    )
    return joined[PLACE].cast(pl.Int32).to_numpy()


def _tree(read: Read, tree: TreeText, frame: pl.DataFrame) -> Hierarchy:
    """A parent-child hierarchy from the joined table, or the facts, that hold both columns."""
    table, member, parent = _tree_table(read, tree)
    rows = table.select(member, parent).unique().rows()
    above = parents_of(tree.name, [(str(code), up) for code, up in rows if code is not None])
    sellers = {str(code) for code in frame[tree.member].unique().to_list()}
    names = None
    if tree.label is not None:
        label = tree.label.rpartition(".")[2]
        names = {str(code): str(name) for code, name in table.select(member, label).rows()}
    return from_parents(tree.name, list(above), above, sellers, names)


def _tree_table(read: Read, tree: TreeText) -> tuple[pl.DataFrame, str, str]:
    alias, _, plain = tree.parent.rpartition(".")
    member = tree.member.rpartition(".")[2]
    tables = (
        [read.facts.tables[alias]] if alias in read.facts.tables else read.facts.tables.values()
    )
    for table in tables:
        if plain in table.columns and member in table.columns:
            return table, member, plain
    raise UsageRefused([error("dimension.tree_columns", tree.name, member=member, parent=plain)])


def top_nodes(request: DecomposeRequest, members: Members) -> NDArray[np.int32]:
    """Number the top node of each tuple, by whose history the year is shaped.

    A top node is a combination of the first-level members of all hierarchies that have 2 to 30
    of them. ``season_by`` "total" has one; else it names the headers whose members count.
    """
    if request.season_by == "total":
        return np.zeros(members.count, dtype=np.int32)
    asked = None if request.season_by == "top" else set(request.season_by.split(","))
    known = {level for h in members.hierarchies for level in h.levels}
    if asked is not None and asked - known:
        raise UsageRefused(
            [
                error("wish.unknown_header", h, known=", ".join(sorted(known)))
                for h in sorted(asked - known)
            ]
        )
    keys = []
    for hierarchy, places in zip(members.hierarchies, members.places, strict=True):
        nodes = hierarchy.level_nodes()
        for depth, level in enumerate(hierarchy.levels):
            column = nodes[:, depth]
            size = len(np.unique(column))
            usual = asked is None and depth == 0 and 2 <= size <= WIDEST_TOP
            if usual or (asked is not None and level in asked):
                keys.append(column[places])
    if not keys:
        return np.zeros(members.count, dtype=np.int32)
    return (
        np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1]
        .reshape(-1)
        .astype(np.int32)
    )


def with_tuples(members: Members, keys: pl.DataFrame, request: DecomposeRequest) -> Members:
    """The same dimensions over other tuples: members that a roster opens or closes."""
    built: dict[str, tuple[Hierarchy, tuple[str, ...]]] = {}
    for name in members.asked:
        columns = members.key_columns[name]
        hierarchy = next(h for h in members.hierarchies if h.name == name)
        if columns == hierarchy.levels:
            labels = dict(zip(hierarchy.codes, hierarchy.names, strict=True))
            grown = from_levels(
                name, columns, keys.select(columns).unique(), repeated_names=request.repeated_names
            )
            shown = tuple(labels.get(code, code) for code in grown.codes)
            built[name] = (replace(grown, names=shown), columns)
        else:
            built[name] = (_grown_tree(hierarchy, columns[0], keys), columns)
    return arrange(keys, built, members.label_of)


def _grown_tree(hierarchy: Hierarchy, column: str, keys: pl.DataFrame) -> Hierarchy:
    """The tree with the new sellers beside the members that they were named like."""
    codes = hierarchy.codes
    above = {
        code: (None if up < 0 else codes[up])
        for code, up in zip(codes, hierarchy.parents.tolist(), strict=True)
        if code != "本级"
    }
    sellers = set(keys[column].unique().to_list())
    top = next(code for code, up in above.items() if up is None)
    for seller in sellers - set(above) - {UNASSIGNED}:
        above[seller] = top
    names = dict(zip(codes, hierarchy.names, strict=True))
    return from_parents(hierarchy.name, list(above), above, sellers, names)
