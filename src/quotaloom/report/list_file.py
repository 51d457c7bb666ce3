"""A list of records as it is seen on a page, as a workbook or as csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from xlsxwriter import Workbook

from quotaloom.report.atomic import replacing
from quotaloom.report.cockpit_file import OPTIONS, money_look
from quotaloom.report.numbers import scaled_text
from quotaloom.warehouse.spreadsheet_text import guarded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.format import Format

Value = str | int | date | datetime | None
Look = Literal["text", "money", "share", "day", "moment"]
DAYS: Final[dict[Look, str]] = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
WIDE: Final = 24


@dataclass(frozen=True, slots=True)
class Head:
    """What a column is called, its unit with it, and what stands in it.

    ``money`` is whole 分, ``share`` whole percents, ``day`` a date, ``moment`` one with a time.
    """

    word: str
    look: Look = "text"


@dataclass(frozen=True, slots=True)
class ListBook:
    """The rows in their order; money is shown in a unit of ``unit_size`` 分."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]]
    unit_size: int
    decimals: int
    about: str
    stamps: Sequence[tuple[str, str]]


def write_list_csv(book: ListBook, path: Path) -> None:
    """Write UTF-8 with a mark, which Excel needs; no text can be taken for a formula.

    Amounts are exact. Raises DataRefused when the disk refuses.
    """
    places = len(str(book.unit_size)) - 1
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(head.word) for head in book.heads])
        for row in book.rows:
            pairs = zip(book.heads, row, strict=True)
            writer.writerow([_said(head.look, value, places) for head, value in pairs])


def _said(look: Look, value: Value, places: int) -> str:
    if value is None:
        return ""
    if look == "money" and isinstance(value, int):
        return scaled_text(value, places)
    if look == "share":
        return f"{value}%"
    return guarded(str(value)) if look == "text" else f"{value:%Y-%m-%d}{_time(look, value)}"


def _time(look: Look, value: Value) -> str:
    return f" {value:%H:%M}" if look == "moment" else ""


def write_list_xlsx(book: ListBook, path: Path) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as file:
        looks = {look: file.add_format({"num_format": said}) for look, said in DAYS.items()}
        looks["money"] = file.add_format({"num_format": money_look(book.decimals)})
        looks["share"] = file.add_format({"num_format": "0%"})
        bold = file.add_format({"bold": True, "bottom": 1})
        sheet = file.add_worksheet(book.title)
        sheet.write_row(0, 0, [head.word for head in book.heads], bold)
        for at, row in enumerate(book.rows, 1):
            for place, (head, value) in enumerate(zip(book.heads, row, strict=True)):
                sheet.write(at, place, *_cell(head.look, value, book.unit_size, looks))
        sheet.set_column(0, len(book.heads) - 1, WIDE)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(book.rows), 1), len(book.heads) - 1)
        about = file.add_worksheet(book.about)
        about.set_column(0, 1, 2 * WIDE)
        for at, pair in enumerate(book.stamps):
            about.write_row(at, 0, pair)


def _cell(look: Look, value: Value, size: int, looks: dict[Look, Format]) -> tuple[object, ...]:
    """A value with its format, as a workbook keeps it; texts are never formulas."""
    if value is None:
        return ("",)
    if look == "text":
        return (str(value),)
    if isinstance(value, int):
        return value / (size if look == "money" else 100), looks[look]
    return value, looks[look]
