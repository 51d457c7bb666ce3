"""The charts of the overview, drawn by the spreadsheet program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from quotaloom.report.numbers import FEN
from quotaloom.report.workbook.style import BLUE, FAINT, FONTS, LINE, NAVY, ORANGE

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

    from quotaloom.report.workbook.book import Book
    from quotaloom.report.workbook.grid import Grid

WIDTH: Final = 620
HEIGHT: Final = 300
QUIET: Final = {"visible": True, "line": {"color": LINE, "width": 0.75}}


def member_height(bars: int) -> int:
    """How tall, in pixels, a chart of so many bars is."""
    return 90 + 26 * max(bars, 3)


def member_chart(
    book: Book, overview: str, grid: Grid, rows: tuple[int, int], *, largest: int
) -> Chart:
    """Bars of the top members' quotas, the ``largest`` in 分 among them.

    ``rows`` are the first and last of their table, counted from 0.
    """
    chart = book.workbook.add_chart({"type": "bar"})
    first, last = rows
    chart.add_series(
        {
            "name": book.word("quota"),
            "categories": [overview, first, 0, last, 0],
            "values": [overview, first, 3, last, 3],
            "fill": {"color": BLUE},
            "gap": 45,
            "data_labels": {
                "value": True,
                "num_format": book.display.number_format,
                "font": _font(book, NAVY),
            },
        }
    )
    title = f"{book.word('by_member', name=grid.top_name)} · {book.display.word}"
    _dress(book, chart, title, member_height(last - first + 1))
    chart.set_y_axis({"reverse": True, "num_font": _font(book), "line": {"color": LINE}})
    room = {"max": largest / FEN * 1.15} if largest > 0 else {}  # for the longest bar's figure
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **room})
    chart.set_legend({"none": True})
    return chart


def period_chart(book: Book, title: str, rows: tuple[int, int]) -> Chart:
    """Columns of the periods' quotas, and a line of their cumulative share."""
    first, last = rows
    categories = [title, first, 0, last, 0]
    chart = book.workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": f"{book.word('quota')} · {book.display.word}",
            "categories": categories,
            "values": [title, first, 1, last, 1],
            "fill": {"color": BLUE},
            "gap": 60,
        }
    )
    line = book.workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": book.word("cumulative"),
            "categories": categories,
            "values": [title, first, 3, last, 3],
            "line": {"color": ORANGE, "width": 2.25},
            "marker": {"type": "circle", "size": 5, "fill": {"color": ORANGE}},
            "y2_axis": True,
        }
    )
    chart.combine(line)
    _dress(book, chart, book.word("by_period"))
    amounts = {"num_format": book.display.number_format, "num_font": _font(book)}
    low = {} if (book.cube.quota < 0).any() else {"min": 0}  # a cut axis would exaggerate
    chart.set_y_axis({**amounts, "major_gridlines": QUIET, "line": {"none": True}, **low})
    line.set_y2_axis({"num_format": "0%", "num_font": _font(book), "min": 0, "max": 1})
    chart.set_x_axis({"num_font": _font(book), "line": {"color": LINE}})
    chart.set_legend({"position": "bottom", "font": _font(book)})
    return chart


def _font(book: Book, color: str = FAINT) -> dict[str, Any]:
    return {"name": FONTS[book.lang], "size": 9, "color": color}


def _dress(book: Book, chart: Chart, title: str, height: int = HEIGHT) -> None:
    font = {"name": FONTS[book.lang], "size": 12, "bold": True, "color": NAVY}
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": WIDTH, "height": height})
