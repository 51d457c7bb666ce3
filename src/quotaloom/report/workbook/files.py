"""Write the workbook of a decomposition, and one more for each member where asked."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.progress import silent
from quotaloom.report.atomic import replacing
from quotaloom.report.layout import Layout, SheetPlace, layout_of
from quotaloom.report.workbook.about import write_about
from quotaloom.report.workbook.basis import write_basis
from quotaloom.report.workbook.book import EXCEL, Book, Limits
from quotaloom.report.workbook.excerpt import excerpts
from quotaloom.report.workbook.grid import write_grid
from quotaloom.report.workbook.overview import write_overview
from quotaloom.report.workbook.plan import Plan, plan
from quotaloom.report.workbook.proof import write_proof
from quotaloom.report.workbook.titles import Titles

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.cycle.progress import Progress
    from quotaloom.report.wording import Lang


def write_workbook(
    decomposition: Decomposition, path: Path, lang: Lang, split_by: str | None = None
) -> tuple[Path, ...]:
    """Write ``path`` (.xlsx) and return the paths of all files written, ``path`` first.

    ``split_by``, a level's header, adds a file for each member of that level, named after ``path``
    and the member, that holds nothing beyond the member's own leaves; without it the workbook has
    a sheet for each member of the first level with several. All files are written before the
    first takes its place. Raises UsageRefused for another suffix or an unknown level,
    DataRefused when the disk refuses.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageRefused([error("write.unknown_format", path.name, allowed=".xlsx")])
    parts = excerpts(decomposition, split_by) if split_by else []
    titles = Titles()
    files = [path]
    with ExitStack() as stack:
        fresh = stack.enter_context(replacing(path))
        write_one(decomposition, fresh, lang, with_members=not split_by)
        for part in parts:
            beside = path.with_name(f"{path.stem}-{titles.take_file(part.label)}{path.suffix}")
            fresh = stack.enter_context(replacing(beside))
            write_one(part.decomposition, fresh, lang, member=part.label)
            files.append(beside)
    return tuple(files)


def write_members(
    decomposition: Decomposition, folder: Path, lang: Lang, level: str, progress: Progress = silent
) -> list[Path]:
    """Write a workbook for each member of a level into a folder that is ours, named after them.

    ``progress`` is told each of them. Raises UsageRefused for an unknown level.
    """
    parts, titles, files = excerpts(decomposition, level), Titles(), []
    for number, part in enumerate(parts, 1):
        progress("write", number, len(parts))
        path = folder / f"{titles.take_file(part.label)}.xlsx"
        write_one(part.decomposition, path, lang, member=part.label)
        files.append(path)
    return files


def write_one(
    decomposition: Decomposition,
    path: Path,
    lang: Lang,
    *,
    member: str = "",
    with_members: bool = False,
    limits: Limits = EXCEL,
) -> None:
    """Write one workbook into a file that is ours."""
    workbook = Workbook(path, {"constant_memory": True})
    try:
        book = Book.of(workbook, decomposition, lang, limits, member)
        _write_sheets(book, plan(book, with_members=with_members))
    finally:
        workbook.close()


def _write_sheets(book: Book, planned: Plan) -> None:
    made = book.decomposition
    born = datetime.combine(made.periods[0].start, time(), UTC)
    book.workbook.set_properties({"title": book.headline(), "created": born})
    layout = _layout(book, planned)
    write_overview(book, planned)
    for grid in planned.grids():
        write_grid(book, grid)
    write_basis(book, planned.basis)
    write_proof(book, planned, layout.wishes)
    write_about(book, planned, layout)


def _layout(book: Book, planned: Plan) -> Layout:
    lines = sum(map(bool, planned.breakdown.number_rows))
    places = (SheetPlace(grid.title, grid.kind, grid.tree, grid.is_cut) for grid in planned.grids())
    return replace(
        layout_of(book.decomposition, book.lang, lines, cube=book.cube),
        overview=planned.overview,
        sheets=tuple(places),
    )
