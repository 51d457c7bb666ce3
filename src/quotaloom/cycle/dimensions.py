"""The hierarchies of a request, and where each row of facts lies in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.wish_text import quoted, split_marks, unquoted
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
NEWEST = "§newest"


@dataclass(frozen=True)
class Above:
    """Who stands above whom in a tree, and what each member is called, in a column ``label``."""

    parents: Mapping[str, str | None]
    names: Mapping[str, str]
    label: str = ""

    def label_of(self, tree: Hierarchy) -> dict[str, str]:
        """The column of the names beside each level of the tree; none where nobody is named."""
        return {level: f"{level} {self.label}" for level in tree.levels} if self.label else {}

    def grown(self, name: str, sellers: set[str], beside: Mapping[str, str]) -> Hierarchy:
        """The tree of the sellers; a new one stands beside the member that it is like."""
        parents = dict(self.parents)
        for seller in sorted(sellers - set(parents) - {UNASSIGNED}):
            if seller in beside:
                parents[seller] = parents.get(beside[seller])
        return from_parents(name, list(parents), parents, sellers, self.names)

    def path(self, member: str) -> tuple[str, ...]:
        """The members from the top down to this one."""
        up = [member]
        while above := self.parents.get(up[-1]):
            up.append(above)
        return tuple(reversed(up))


@dataclass(frozen=True)
class Members:
    """Hierarchies in canonical order (by name) and the tuples of members that exist.

    ``keys`` has a row a tuple, its columns those of ``columns``; ``places`` the leaf of each tuple
    in each hierarchy. Tuples are in tree order, hierarchy by hierarchy. ``asked`` holds the names
    of the hierarchies in the order they were asked for; ``above`` the parents of all members of
    each tree, sellers or not, with their names.
    """

    hierarchies: tuple[Hierarchy, ...]
    keys: pl.DataFrame
    places: tuple[NDArray[np.int32], ...]
    key_columns: Mapping[str, tuple[str, ...]]
    asked: tuple[str, ...]
    label_of: Mapping[str, str]
    above: Mapping[str, Above]
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
    above: dict[str, Above] = {}
    refused: list[Finding] = []
    for group in read.dimensions.levels:
        columns = tuple(level.code for level in group)
        try:
            hierarchy = _nested(request, read, columns, frame)
        except QuotaLoomError as refusal:
            refused += refusal.findings
            continue
        built[hierarchy.name] = (hierarchy, columns)
    for tree in read.dimensions.trees:
        try:
            above[tree.name] = _above(read, tree)
            sellers = set(frame[tree.member].unique().to_list())
            built[tree.name] = (above[tree.name].grown(tree.name, sellers, {}), (tree.member,))
        except QuotaLoomError as refusal:
            refused += refusal.findings
    if refused:
        raise DataRefused(refused)
    return arrange(frame, built, read.names, above)


def _nested(
    request: DecomposeRequest, read: Read, columns: tuple[str, ...], frame: pl.DataFrame
) -> Hierarchy:
    """A hierarchy of nested columns, with the names of its codes where there are some."""
    names = {column: read.names[column] for column in columns if column in read.names}
    rows = _named_rows(read, [*columns, *names.values()]) if names else frame.select(columns)
    return from_levels(
        ">".join(quoted(column) for column in columns),
        columns,
        rows.unique().cast(pl.String),
        names or None,
        repeated_names=request.repeated_names,
        newest=NEWEST if NEWEST in rows.columns else None,
    )


def _named_rows(read: Read, columns: list[str]) -> pl.DataFrame:
    """Each combination of codes and names, with the day of its newest fact where facts have one.

    A blank name is none.
    """
    facts, labels = read.facts.frame, list(read.names.values())
    dated = [pl.col("date").max().alias(NEWEST)] if "date" in facts.columns else []
    rows = facts.group_by(columns).agg(*dated).cast(dict.fromkeys(columns, pl.String))
    given = [pl.when(pl.col(one) != UNASSIGNED).then(one) for one in columns if one in labels]
    return rows.with_columns(given)


def arrange(
    frame: pl.DataFrame,
    built: Mapping[str, tuple[Hierarchy, tuple[str, ...]]],
    label_of: Mapping[str, str],
    above: Mapping[str, Above],
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
        dict(label_of) | _tree_labels(built, above),
        above,
        tuple(finding for h in hierarchies for finding in h.findings),
    )


def _tree_labels(
    built: Mapping[str, tuple[Hierarchy, tuple[str, ...]]], above: Mapping[str, Above]
) -> dict[str, str]:
    trees = [above[name].label_of(built[name][0]) for name in above]
    return {level: label for labels in trees for level, label in labels.items()}


def _places(
    keys: pl.DataFrame, hierarchy: Hierarchy, columns: tuple[str, ...]
) -> NDArray[np.int32]:
    if columns == hierarchy.levels:
        leaves = hierarchy.leaf_frame()
    else:
        leaves = pl.DataFrame({columns[0]: hierarchy.leaf_members}, schema={columns[0]: pl.String})
    numbered = leaves.with_row_index(PLACE)
    joined = keys.select(columns).join(
        numbered, on=list(columns), how="left", maintain_order="left", nulls_equal=True
    )
    return joined[PLACE].cast(pl.Int32).to_numpy()


def _above(read: Read, tree: TreeText) -> Above:
    """Parents and names from the joined table that holds both columns."""
    table, member, parent = _tree_table(read, tree)
    rows = table.select(member, parent).unique().rows()
    parents = parents_of(tree.name, [(str(code), up) for code, up in rows if code is not None])
    if tree.label is None:
        return Above(parents, {})
    label = tree.label.rpartition(".")[2]
    if label not in table.columns:
        raise UsageRefused(
            [error("dimension.tree_columns", tree.name, member=member, parent=label)]
        )
    named = table.select(member, label).drop_nulls().rows()
    return Above(parents, {str(code): str(name) for code, name in named}, label)


def _tree_table(read: Read, tree: TreeText) -> tuple[pl.DataFrame, str, str]:
    """The joined table of a tree, with its member and its parent column.

    The member column has the name asked for, or is the one that the table is joined by.
    """
    alias, _, plain = tree.parent.rpartition(".")
    tables = read.facts.tables
    keys = {join.name: join.right for join in read.joins if join.left == tree.member}
    for name in [alias] if alias in tables else tables:
        found = [one for one in (tree.member, keys.get(name)) if one in tables[name].columns]
        member = found[0] if found else tree.member.rpartition(".")[2]
        if {plain, member} <= set(tables[name].columns):
            return tables[name], member, plain
    raise UsageRefused(
        [error("dimension.tree_columns", tree.name, member=tree.member, parent=plain)]
    )


def top_nodes(request: DecomposeRequest, members: Members) -> NDArray[np.int32]:
    """Number the top node of each tuple, by whose history the year is shaped.

    A top node is a combination of the first-level members of all hierarchies that have 2 to 30
    of them. ``season_by`` "total" has one; else it names the headers whose members count.
    """
    if request.season_by == "total":
        return np.zeros(members.count, dtype=np.int32)
    by = split_marks(request.season_by, ",")
    asked = None if request.season_by == "top" else {unquoted(header) for header in by}
    known = {level for h in members.hierarchies for level in h.levels}
    if asked is not None and asked - known:
        raise UsageRefused(
            [
                error("wish.unknown_header", h, known=", ".join(sorted(known)))
                for h in sorted(asked - known)
            ]
        )
    keys = [
        column[places]
        for hierarchy, places in zip(members.hierarchies, members.places, strict=True)
        for column in _season_columns(hierarchy, asked)
    ]
    if not keys:
        return np.zeros(members.count, dtype=np.int32)
    numbers = np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1]
    return np.asarray(numbers.reshape(-1).astype(np.int32))


def _season_columns(hierarchy: Hierarchy, asked: set[str] | None) -> list[NDArray[np.int32]]:
    """The levels whose members have a season of their own: the node of each leaf."""
    nodes = hierarchy.level_nodes()
    if asked is not None:
        return [nodes[:, depth] for depth, level in enumerate(hierarchy.levels) if level in asked]
    return [nodes[:, 0]] if 2 <= len(hierarchy.nodes_at(0)) <= WIDEST_TOP else []


def with_tuples(
    members: Members, keys: pl.DataFrame, request: DecomposeRequest, beside: Mapping[str, str]
) -> Members:
    """The same dimensions over other tuples: members that a roster opens or closes.

    ``beside`` tells whom a new member is like.
    """
    built: dict[str, tuple[Hierarchy, tuple[str, ...]]] = {}
    for name in members.asked:
        columns = members.key_columns[name]
        if name in members.above:
            sellers = set(keys[columns[0]].unique().to_list())
            built[name] = (members.above[name].grown(name, sellers, beside), columns)
            continue
        hierarchy = next(h for h in members.hierarchies if h.name == name)
        labels = {
            (depth, code): label
            for depth, code, label in zip(
                hierarchy.depths.tolist(), hierarchy.codes, hierarchy.names, strict=True
            )
        }
        grown = from_levels(
            name, columns, keys.select(columns).unique(), repeated_names=request.repeated_names
        )
        nodes = zip(grown.depths.tolist(), grown.codes, strict=True)
        shown = tuple(labels.get((depth, code), code) for depth, code in nodes)
        built[name] = (replace(grown, names=shown), columns)
    return arrange(keys, built, members.label_of, members.above)
