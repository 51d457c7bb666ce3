"""A tree sheet as it is now: its lines by the members they name, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.report.recheck.result import leaf_ticks
from quotaloom.report.workbook.words import word
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.report.layout import Layout
    from quotaloom.report.period_columns import Column
    from quotaloom.warehouse.outputs import Rows, Value

HEADER_WITHIN: Final = 50


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line: its members by column, whether leaf cells stand on it, and its cells by period."""

    row: int
    label: str
    keys: tuple[str, ...]
    is_lowest: bool
    cells: dict[int, Value]

    def amount(self, column: int) -> int:
        """The amount under a period, nothing counting as 0."""
        return leaf_ticks(self.cells.get(column, 0)) or 0


@dataclass(frozen=True, slots=True)
class GridCells:
    """The lines of a sheet; ``places`` are the columns (from 0) where each period stands."""

    title: str
    keys: tuple[str, ...]
    places: tuple[int, ...]
    lines: tuple[GridLine, ...]


def read_grid(
    title: str,
    rows: Rows,
    keys: Sequence[str],
    columns: Sequence[Column],
    layout: Layout,
) -> GridCells | None:
    """The grid of a sheet, found by its headers; None where one of them is missing."""
    wanted = [column.label or word("total", layout.lang) for column in columns]
    header = _header_row(rows, {*keys, *wanted})
    if not header:
        return None
    texts = {place: text for place, text in rows[header].items() if isinstance(text, str)}
    first = {text: place for place, text in sorted(texts.items(), reverse=True)}
    last = {text: place for place, text in sorted(texts.items())}
    names = ["", *(name for name, _ in layout.hierarchies)]
    numbers = {word("number", layout.lang, name=name) for name in names}
    marks = [place for place, text in texts.items() if text in numbers]
    key_places = [first[key] for key in keys]
    places = tuple(last[label] for label in wanted)
    lines = tuple(
        line
        for row in sorted(rows)
        if row > header and (line := _line(row, rows[row], key_places, marks, places))
    )
    return GridCells(title, tuple(keys), places, lines)


def _header_row(rows: Rows, wanted: set[str]) -> int:
    """The first row that holds all wanted headers, 0 where none does."""
    return next(
        (
            row
            for row in sorted(rows)[:HEADER_WITHIN]
            if wanted <= {text for text in rows[row].values() if isinstance(text, str)}
        ),
        0,
    )


def _line(
    row: int,
    cells: dict[int, Value],
    keys: Sequence[int],
    marks: Sequence[int],
    places: Sequence[int],
) -> GridLine | None:
    """None for a row without amounts."""
    amounts = {column: cells[place] for column, place in enumerate(places) if place in cells}
    if not amounts:
        return None
    return GridLine(
        row=row,
        label=_text(cells.get(0, "")),
        keys=tuple(_text(cells.get(place, "")) for place in keys),
        is_lowest=any(place in cells for place in marks),
        cells=amounts,
    )


def _text(value: Value) -> str:
    """A key that somebody typed as a number still names its member."""
    return "" if isinstance(value, Odd) else str(value)
