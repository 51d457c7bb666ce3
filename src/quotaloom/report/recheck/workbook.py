"""A workbook compared with the sums of its own leaf cells, sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.report.cube import key_columns
from quotaloom.report.layout import MARK, Layout, SheetPlace, from_chunks
from quotaloom.report.period_columns import columns_of
from quotaloom.report.recheck.grid import GridCells, read_grid
from quotaloom.report.recheck.overview import overview_sums
from quotaloom.report.recheck.plan import check_leaves, check_plan
from quotaloom.report.recheck.result import Recheck
from quotaloom.report.recheck.sums import Tally, grid_sums, unknown_lines
from quotaloom.report.recheck.truth import Truth, truth_of
from quotaloom.warehouse.outputs import OutputWorkbook

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.report.period_columns import Column


def recheck_workbook(path: Path) -> Recheck:
    """Compare every total of a workbook with its leaf cells, and these with what was asked."""
    with OutputWorkbook(path) as book:
        layout = layout_of(book)
        if layout is None or (main := layout.breakdown) is None:
            raise DataRefused([error("recheck.layout_missing", path.name, file=path.name)])
        columns = columns_of(layout.periods, layout.rollups)
        tally = Tally()
        grid = grid_of(book, main, layout, columns, tally)
        if grid is None:
            raise DataRefused(tally.findings)
        trees = tuple(range(len(layout.hierarchies)))
        truth = truth_of(grid, layout, columns, trees[:1] if main.is_cut else trees)
        leaf_checks, off = check_leaves(grid, layout, columns)
        plan_checks, missed = check_plan(truth, with_wishes=not main.is_cut)
        _compare(grid, truth, -1, tally, has_leaves=True)
        for sheet in layout.sheets:
            if sheet.kind != "breakdown":
                _compare_sheet(book, sheet, truth, tally, is_cut=main.is_cut)
        _compare_overview(book, truth, tally)
    sums = Check("recheck.sums", tally.compared, tally.wrong)
    sheets = Check("recheck.sheets", len(layout.sheets) + 1, tally.lost_sheets)
    findings = (*missed, *off, *tally.findings, *tally.unsaved())
    return Recheck((sums, *plan_checks, *leaf_checks, sheets), findings)


def layout_of(book: OutputWorkbook) -> Layout | None:
    """The layout, looked for from the last sheet on."""
    for title in reversed(book.titles):
        pairs = [(cells.get(0), cells.get(1)) for cells in book.rows(title).values()]
        found = [
            (mark, part)
            for mark, part in pairs
            if isinstance(mark, str) and isinstance(part, str) and mark.startswith(f"{MARK}:")
        ]
        if found:
            return from_chunks(found)
    return None


def grid_of(
    book: OutputWorkbook,
    sheet: SheetPlace,
    layout: Layout,
    columns: tuple[Column, ...],
    tally: Tally,
) -> GridCells | None:
    """A tree sheet, or None with a finding where it is gone or has lost its headers."""
    if sheet.title not in book.titles:
        tally.lose(error("recheck.sheet_missing", sheet.title))
        return None
    of_tree = sheet.kind == "dimension"
    named = layout.hierarchies[sheet.tree : sheet.tree + 1] if of_tree else layout.hierarchies
    keys = key_columns(named, layout.label_of)
    grid = read_grid(sheet.title, book.rows(sheet.title), keys, columns, layout)
    if grid is None:
        tally.lose(error("recheck.header_missing", sheet.title, sheet=sheet.title))
    return grid


def _compare_sheet(
    book: OutputWorkbook, sheet: SheetPlace, truth: Truth, tally: Tally, *, is_cut: bool
) -> None:
    """Compare one sheet; where not all leaves fit, another tree's with its own lowest lines."""
    grid = grid_of(book, sheet, truth.layout, truth.columns, tally)
    if grid is None:
        return
    if is_cut and sheet.tree > 0:
        own = truth_of(grid, truth.layout, truth.columns, (sheet.tree,))
        _compare(grid, own, sheet.tree, tally, has_leaves=True)
    else:
        _compare(grid, truth, sheet.tree, tally, has_leaves=False)


def _compare_overview(book: OutputWorkbook, truth: Truth, tally: Tally) -> None:
    title = truth.layout.overview
    if title in book.titles:
        tally.compare(overview_sums(title, book.rows(title), truth))
    else:
        tally.lose(error("recheck.sheet_missing", title))


def _compare(grid: GridCells, truth: Truth, tree: int, tally: Tally, *, has_leaves: bool) -> None:
    tally.refuse(unknown_lines(grid, truth, tree))
    tally.compare(grid_sums(grid, truth, tree, has_leaves=has_leaves))
