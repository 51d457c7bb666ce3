"""The stamp of a handout in its file: as text on a sheet, and once more in its properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.report.handout.words import word
from quotaloom.report.workbook.book import put_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from quotaloom.cycle.exchange.handout import Handout
    from quotaloom.report.wording import Lang

MARK: Final = "quotaloom:"
FIELDS: Final = ("id", "plan", "position", "hash", "digest")
NAME, VALUE, KEY, MACHINE = range(4)  # columns of the sheet


@dataclass(frozen=True, slots=True)
class Called:
    """What the measure of a sheet is called, and the word of the unit that it is in."""

    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class Saying:
    """Who wrote the file, in which language, and what each of its sheets is called."""

    who: str
    lang: Lang
    sheets: tuple[Called, ...]


def machine(handout: Handout) -> dict[str, str]:
    """What a program compares with what the house kept."""
    stamp = handout.stamp
    told = (stamp.id, stamp.plan, str(stamp.position), stamp.hash, handout.digest)
    return dict(zip(FIELDS, told, strict=True))


def write_stamp(book: Workbook, handout: Handout, saying: Saying, title: str) -> None:
    """The sheet that says what this file is, and the document's properties."""
    lang = saying.lang
    sheet = book.add_worksheet(title)
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    stamp = handout.stamp
    lines = (
        (word("plan", lang), handout.title, "id"),
        (word("scope", lang), stamp.scope or word("whole", lang), "plan"),
        (word("position", lang), str(stamp.position), "position"),
        (word("measures", lang), _measures(saying), ""),
        (word("number", lang), stamp.id, "hash"),
        (word("digest", lang), handout.digest, "digest"),
        (word("time", lang), stamp.time, ""),
        (word("who", lang), saying.who, ""),
        ("", word("how", lang), ""),
        ("", word("keep", lang), ""),
    )
    told = machine(handout)
    for row, (name, text, field) in enumerate(lines):
        put_text(sheet, row, NAME, name, bold)
        put_text(sheet, row, VALUE, text, plain)
        if field:
            put_text(sheet, row, KEY, MARK + field, plain)
            put_text(sheet, row, MACHINE, told[field], plain)
    sheet.set_column(NAME, NAME, 24)
    sheet.set_column(VALUE, VALUE, 80)
    sheet.set_column(KEY, MACHINE, 8, None, {"hidden": True})
    sheet.protect()
    _properties(book, handout, saying.who)


def _measures(saying: Saying) -> str:
    """Each measure with its unit: 签约额（万元）、新客户数（家）."""
    told = (
        word("measure", saying.lang, measure=one.measure, unit=one.unit) for one in saying.sheets
    )
    return word("and", saying.lang).join(told)


def _properties(book: Workbook, handout: Handout, who: str) -> None:
    comments = f"QuotaLoom {handout.stamp.id} #{handout.stamp.position}"
    book.set_properties({"title": handout.title, "author": who, "comments": comments})
    for field, text in machine(handout).items():
        book.set_custom_property(MARK + field, text, "text")
