"""One workbook while it is written: what it shows, its looks, its sheets and what was cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from quotaloom.report.cube import Cube, cube_of
from quotaloom.report.numbers import Display, display
from quotaloom.report.period_columns import Column, columns_of
from quotaloom.report.workbook.style import Styles
from quotaloom.report.workbook.titles import Titles
from quotaloom.report.workbook.words import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang

LONGEST_TEXT: Final = 32_767


@dataclass(frozen=True, slots=True)
class Limits:
    """What a spreadsheet program can hold, and how much it recomputes without a wait."""

    rows: int = 1_048_576
    outline: int = 7
    lookups: int = 100_000_000
    members: int = 40
    member_rows: int = 20_000


EXCEL: Final = Limits()


@dataclass(slots=True, eq=False)
class Book:
    """The workbook, its content and its looks. ``notes`` collects what had to be cut."""

    workbook: Workbook
    decomposition: Decomposition
    lang: Lang
    limits: Limits
    cube: Cube
    columns: tuple[Column, ...]
    display: Display
    styles: Styles
    titles: Titles
    member: str = ""
    notes: list[Finding] = field(default_factory=list)

    @staticmethod
    def of(
        workbook: Workbook, decomposition: Decomposition, lang: Lang, limits: Limits, member: str
    ) -> Book:
        """A book that has no sheets yet."""
        cube = cube_of(decomposition)
        shown = display(decomposition.total, decomposition.unit, lang)
        return Book(
            workbook=workbook,
            decomposition=decomposition,
            lang=lang,
            limits=limits,
            cube=cube,
            columns=columns_of(cube.periods, decomposition.rollups),
            display=shown,
            styles=Styles(workbook, lang, shown),
            titles=Titles(),
            member=member,
        )

    def sheet(self, title: str) -> Worksheet:
        """A new sheet at the end."""
        return self.workbook.add_worksheet(title, PlainSheet)

    def word(self, key: str, **values: str | int) -> str:
        """A word or phrase in the book's language."""
        return word(key, self.lang, **values)

    def year(self) -> str:
        """The name of the whole time."""
        periods = self.decomposition.periods
        return self.columns[0].label or f"{periods[0].label}–{periods[-1].label}"

    def headline(self) -> str:
        """What the workbook is about."""
        if self.member:
            return self.word("title_of", year=self.year(), member=self.member)
        return self.word("title", year=self.year())

    def unit_note(self) -> str:
        """In which unit amounts are shown."""
        key = "unit_note" if self.display.divisor > 100 else "unit_plain"
        return self.word(key, unit=self.display.word)


class PlainSheet(Worksheet):  # type: ignore[misc] # the library has no types
    """A sheet whose formulas are written as they are.

    XlsxWriter looks in each for thirty functions that we never use; that took half of its time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - as the parent has it
        return formula.removeprefix("=")


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text as text, whatever it looks like; Excel's longest at most."""
    shown = text if len(text) < LONGEST_TEXT else text[: LONGEST_TEXT - 2] + "…"
    if shown.startswith("<r>") and shown.endswith("</r>"):  # XlsxWriter takes that for its own XML
        sheet.write_rich_string(row, column, shown[0], style, shown[1:], style)
    else:
        sheet.write_string(row, column, shown, style)


def reference(title: str) -> str:
    """A sheet's name as formulas write it, with the exclamation mark."""
    return "'" + title.replace("'", "''") + "'!"


def letters(column: int) -> str:
    """The letters of a column counted from 0."""
    return str(xl_col_to_name(column))
