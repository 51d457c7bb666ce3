"""Workbooks written part by part, so that each can be wrong in its own way."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from quotaloom.warehouse.intake.grid import letter

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs count="3">'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
Parts = dict[str, str | bytes]


@dataclass(frozen=True)
class Raw:
    """A cell as XML; ``{at}`` in it stands for the address."""

    xml: str


@dataclass
class Tab:
    """One sheet: rows of cells (None leaves one out), and what else stands in its XML."""

    name: str = "数据"
    rows: list[list[object]] = field(default_factory=list)
    state: str = ""
    kind: str = "worksheet"
    hidden: tuple[int, ...] = ()
    before: str = ""
    after: str = ""
    merges: tuple[str, ...] = ()

    def xml(self) -> str:
        """The sheet part."""
        body = "".join(self._row(number, row) for number, row in enumerate(self.rows, 1) if row)
        refs = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merges)
        merged = f"<mergeCells>{refs}</mergeCells>" if refs else ""
        return (
            f'{HEAD}<worksheet xmlns="{MAIN}">{self.before}<sheetData>{body}</sheetData>'
            f"{merged}{self.after}</worksheet>"
        )

    def _row(self, number: int, row: list[object]) -> str:
        cells = "".join(
            cell_xml(f"{letter(place)}{number}", cell)
            for place, cell in enumerate(row)
            if cell is not None
        )
        hidden = ' hidden="1"' if number in self.hidden else ""
        return f'<row r="{number}"{hidden}>{cells}</row>'


def cell_xml(at: str, cell: object) -> str:
    """One cell: text inline, numbers as they print, Raw as it is."""
    if isinstance(cell, Raw):
        return cell.xml.replace("{at}", at)
    if isinstance(cell, bool):
        return f'<c r="{at}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        text = escape(cell)
        return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{at}"><v>{cell}</v></c>'


def number(value: object, style: int) -> Raw:
    """A number with a style index: 1 is a date, 2 a month in Chinese."""
    return Raw(f'<c r="{{at}}" s="{style}"><v>{value}</v></c>')


def parts(*tabs: Tab, book: str = "", strings: list[str] | None = None) -> Parts:
    """The parts of a workbook by name; change them at will before zipping."""
    entries = "".join(
        f'<sheet name="{escape(tab.name)}" sheetId="{at}" r:id="rId{at}"'
        + (f' state="{tab.state}"' if tab.state else "")
        + "/>"
        for at, tab in enumerate(tabs, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{tab.kind}" '
        f'Target="{tab.kind}s/sheet{at}.xml"/>'
        for at, tab in enumerate(tabs, 1)
    )
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings or [])
    return {
        "[Content_Types].xml": f"{HEAD}<Types/>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}'
        f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="rS" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rT" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{shared}</sst>',
        **{f"xl/{tab.kind}s/sheet{at}.xml": tab.xml() for at, tab in enumerate(tabs, 1)},
    }


def zipped(members: Parts, *, twice: str = "") -> bytes:
    """A zip of the members; the member ``twice`` stands in it a second time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if twice:
            archive.writestr(twice, members[twice])
    return target.getvalue()


def workbook(*tabs: Tab, book: str = "", strings: list[str] | None = None) -> bytes:
    """A whole workbook."""
    return zipped(parts(*tabs, book=book, strings=strings))
