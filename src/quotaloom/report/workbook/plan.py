"""Which sheets a workbook gets and what stands in them, before a cell is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.findings import info, warning
from quotaloom.report.cube import key_columns
from quotaloom.report.numbers import yuan_text
from quotaloom.report.workbook.book import letters, reference
from quotaloom.report.workbook.grid import HEADER, THERE, Grid
from quotaloom.report.workbook.keys import key_rows, leaf_numbers
from quotaloom.report.workbook.lines import (
    Line,
    breakdown_lines,
    children_of,
    line_values,
    node_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.report.cube import Tree
    from quotaloom.report.workbook.book import Book


FIFTEEN_DIGITS: Final = 10**15  # what Excel shows and keeps of a number, here in 分


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The sheets in their order: titles of the fixed ones, grids of the others."""

    overview: str
    breakdown: Grid
    dimensions: tuple[Grid, ...]
    members: tuple[Grid, ...]
    basis: str
    proof: str
    about: str

    def grids(self) -> tuple[Grid, ...]:
        """All tree sheets."""
        return (self.breakdown, *self.dimensions, *self.members)


def plan(book: Book, *, with_members: bool) -> Plan:
    """The sheets of a book; what had to be cut is added to its notes."""
    if abs(book.decomposition.total) >= FIFTEEN_DIGITS:
        total = yuan_text(book.decomposition.total)
        book.notes.append(warning("workbook.digits_lost", total=total))
    names = ("overview", "breakdown", "basis_sheet", "proof", "about")
    overview, title, basis, proof, about = (book.titles.take(book.word(name)) for name in names)
    breakdown = _breakdown(book, title)
    dimensions = tuple(_dimension(book, at, breakdown) for at in range(len(book.cube.trees)))
    members = _members(book, breakdown) if with_members else ()
    return Plan(overview, breakdown, dimensions, members, basis, proof, about)


def _breakdown(book: Book, title: str) -> Grid:
    cube = book.cube
    lines = breakdown_lines(cube, book.word("total"))
    tree = cube.trees[0] if cube.trees else None
    is_cut = tree is not None and not _fits(book, len(lines))
    if is_cut and tree is not None:
        kept = _fitting_lines(book, tree)
        book.notes.append(warning("workbook.rows_cut", title, lines=len(lines), kept=len(kept)))
        lines = kept
    hierarchies, label_of = book.decomposition.hierarchies, book.decomposition.label_of
    keys = tuple(key_columns(hierarchies, label_of))
    numbers = tuple(book.word("number", name=name) for name, _ in hierarchies)
    grid = Grid(
        title=title,
        kind="breakdown",
        lines=lines,
        columns=book.columns,
        keys=keys,
        key_rows=key_rows(cube, tree, lines, keys, label_of),
        numbers=numbers or (book.word("number", name=""),),
        number_rows=_lowest(lines) if is_cut else leaf_numbers(cube, lines),
        extras=("history",),
        quota=line_values(lines, tree, cube.quota),
        basis=line_values(lines, tree, cube.basis).tolist(),
        formulas=(),
        notes=(book.unit_note(), book.word("static_note" if is_cut else "edit_note")),
        is_cut=is_cut,
    )
    _note_outline(book, grid)
    return replace(grid, formulas=grid.sums_below())


def _fits(book: Book, lines: int) -> bool:
    return lines + HEADER + 1 <= book.limits.rows


def _fitting_lines(book: Book, tree: Tree) -> list[Line]:
    """The nodes of a tree, as deep as the rows of a sheet allow; the total alone at the worst."""
    total = book.word("total")
    for deepest in range(len(tree.hierarchy.levels), 0, -1):
        lines = node_lines(tree, total, deepest)
        if _fits(book, len(lines)):
            return lines
    return node_lines(tree, total, 0)


def _lowest(lines: Sequence[Line]) -> list[tuple[int, ...]]:
    return [
        () if below else (line.node + 1,)
        for line, below in zip(lines, children_of(lines), strict=True)
    ]


def _note_outline(book: Book, grid: Grid) -> None:
    deepest = max(line.depth for line in grid.lines)
    if deepest > book.limits.outline:
        book.notes.append(
            info("workbook.outline_cut", grid.title, depth=deepest, limit=book.limits.outline)
        )


def _dimension(book: Book, at: int, breakdown: Grid) -> Grid:
    decomposition, tree = book.decomposition, book.cube.trees[at]
    name, levels = decomposition.hierarchies[at]
    keys = tuple(key_columns([(name, levels)], decomposition.label_of))
    lines = _fitting_lines(book, tree)
    top = decomposition.label_of.get(levels[0], levels[0])
    shown = top if name == ">".join(levels) else name
    title = book.titles.take(book.word("dimension", name=shown))
    grid = Grid(
        title=title,
        kind="dimension",
        lines=lines,
        columns=book.columns,
        keys=keys,
        key_rows=key_rows(book.cube, tree, lines, keys, decomposition.label_of),
        numbers=(book.word("number", name=name),),
        number_rows=_lowest(lines),
        extras=("history", "last_year", "growth", "share"),
        quota=line_values(lines, tree, book.cube.quota),
        basis=line_values(lines, tree, book.cube.basis).tolist(),
        formulas=(),
        last_year=_last_year(book, at),
        tree=at,
        source=breakdown,
        is_cut=len(lines) <= len(tree.hierarchy),
        top_name=top,
    )
    if grid.is_cut:
        book.notes.append(
            warning("workbook.rows_cut", title, lines=len(tree.hierarchy) + 1, kept=len(lines))
        )
    _note_outline(book, grid)
    return _linked(book, grid, breakdown)


def _last_year(book: Book, at: int) -> dict[int, int]:
    """Last year's 分 by node, the whole under -1, as far as they are known."""
    decomposition, tree = book.decomposition, book.cube.trees[at]
    name = decomposition.hierarchies[at][0]
    known = {
        tuple(path): amount
        for hierarchy, path, amount in decomposition.node_last_year.iter_rows()
        if hierarchy == name and amount is not None
    }
    found = {node: known[path] for node, path in enumerate(tree.paths()) if path in known}
    whole = decomposition.last_year
    return found if whole is None else found | {-1: whole}


def _linked(book: Book, grid: Grid, breakdown: Grid) -> Grid:
    """The grid with formulas that follow the breakdown, or with values where those cost a wait."""
    added = grid.sums_below()
    if grid.tree == 0:
        links = [
            f"={reference(breakdown.title)}{THERE}{breakdown.row(breakdown.line_of[line.node])}"
            if line.node in breakdown.line_of
            else below
            for line, below in zip(grid.lines, added, strict=True)
        ]
        return replace(grid, formulas=links, notes=_linked_notes(book, breakdown))
    lowest = sum(map(bool, grid.number_rows))
    cost = lowest * len(book.cube.periods) * len(breakdown.lines)
    if breakdown.is_cut or grid.is_cut or cost > book.limits.lookups:
        if not (breakdown.is_cut or grid.is_cut):
            book.notes.append(info("workbook.values_only", grid.title))
        return replace(grid, formulas=added, notes=(book.unit_note(), book.word("static_note")))
    links = [
        below or _looked_up(breakdown, grid.tree, line.node + 1)
        for line, below in zip(grid.lines, added, strict=True)
    ]
    return replace(grid, formulas=links, notes=_linked_notes(book, breakdown))


def _looked_up(breakdown: Grid, tree: int, number: int) -> str:
    """The sum of the breakdown's lines that stand for one leaf of another tree."""
    first, last = breakdown.row(0), breakdown.row(len(breakdown.lines) - 1)
    by = letters(breakdown.depth_column + 1 + tree)
    there = reference(breakdown.title)
    numbers = f"{there}${by}${first}:${by}${last}"
    return f"=SUMIF({numbers},{number},{there}{THERE}${first}:{THERE}${last})"


def _linked_notes(book: Book, breakdown: Grid) -> tuple[str, ...]:
    return (book.unit_note(), book.word("linked_note", sheet=breakdown.title))


def _members(book: Book, breakdown: Grid) -> tuple[Grid, ...]:
    """A sheet for each member of the first level that has several, if they are not too many."""
    if not book.cube.trees:
        return ()
    tree = book.cube.trees[0].hierarchy
    levels = (tree.nodes_at(depth).tolist() for depth in range(len(tree.levels)))
    nodes: list[int] = next((found for found in levels if len(found) > 1), [])
    spans = {
        node: _span(breakdown, breakdown.line_of[node])
        for node in nodes
        if node in breakdown.line_of
    }
    spans = {node: span for node, span in spans.items() if len(span) > 1}
    if len(spans) > book.limits.members:
        book.notes.append(
            info("workbook.members_left_out", count=len(spans), limit=book.limits.members)
        )
        return ()
    if sum(map(len, spans.values())) > book.limits.member_rows:
        for span in spans.values():
            span[:] = [at for at in span if not breakdown.number_rows[at]]
    return tuple(_member(book, breakdown, span) for span in spans.values() if len(span) > 1)


def _span(breakdown: Grid, first: int) -> list[int]:
    """A line and all lines below it."""
    lines, depth = breakdown.lines, breakdown.lines[first].depth
    past = first + 1
    while past < len(lines) and lines[past].depth > depth:
        past += 1
    return list(range(first, past))


def _member(book: Book, breakdown: Grid, span: list[int]) -> Grid:
    head = breakdown.lines[span[0]]
    there = reference(breakdown.title)
    return replace(
        breakdown,
        title=book.titles.take(head.label),
        kind="member",
        lines=[
            replace(breakdown.lines[at], depth=breakdown.lines[at].depth - head.depth)
            for at in span
        ],
        key_rows=[breakdown.key_rows[at] for at in span],
        number_rows=[breakdown.number_rows[at] for at in span],
        quota=breakdown.quota[span],
        basis=[breakdown.basis[at] for at in span],
        formulas=[f"={there}{THERE}{breakdown.row(at)}" for at in span],
        notes=_linked_notes(book, breakdown),
        source=breakdown,
    )
