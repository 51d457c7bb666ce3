"""The parts of an xlsx workbook that its sheets lean on: sheet list, strings, date styles."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.numbers import BUILT_IN_DATES, is_date_format
from quotaloom.warehouse.intake.raw_table import MAX_TEXT
from quotaloom.warehouse.intake.xml_part import FEW_TAGS, MANY_TAGS, local, read_part

if TYPE_CHECKING:
    from quotaloom.warehouse.intake.zip_package import ZipPackage

MAX_STRINGS = 5_000_000
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook. ``part`` is where its XML lies, "" for a chart or dialogue sheet."""

    name: str
    visible: bool
    part: str


@dataclass(slots=True)
class Workbook:
    """What every sheet needs. ``styles``: its index as text → whether it shows a date."""

    sheets: list[Sheet] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    styles: dict[str, bool] = field(default_factory=dict)
    from_1904: bool = False
    dropped: tuple[str, ...] = ()


def read_workbook(package: ZipPackage) -> Workbook:
    """Everything but the sheets. Raises DataRefused where this is no xlsx workbook."""
    root = _relations(package, "")
    main = next((r.target for r in root.values() if r.type == "officeDocument"), "xl/workbook.xml")
    if main not in package:
        raise DataRefused([error("intake.format_refused", _zip_kind(package), file=package.file)])
    relations = _relations(package, main)
    book = _Book()
    read_part(package.chunks(main), book, file=package.file, part=main)
    styles = _Styles()
    _read_related(package, relations, "styles", styles)
    strings = _Strings(package.file)
    _read_related(package, relations, "sharedStrings", strings)
    return Workbook(
        sheets=[_sheet(*named, relations) for named in book.sheets],
        strings=strings.found,
        styles=styles.dates(),
        from_1904=book.from_1904,
        dropped=_dropped(package),
    )


def _sheet(name: str, state: str, key: str, relations: dict[str, _Relation]) -> Sheet:
    relation = relations.get(key)
    part = relation.target if relation and relation.type == "worksheet" else ""
    return Sheet(name, state in {"", "visible"}, part)


def _dropped(package: ZipPackage) -> tuple[str, ...]:
    kinds = {
        "intake.macros_dropped": "xl/vbaproject.bin",
        "intake.links_dropped": "xl/externallinks/",
    }
    return tuple(k for k, part in kinds.items() if any(n.startswith(part) for n in package.names))


def _zip_kind(package: ZipPackage) -> str:
    marks = {
        "xl/workbook.bin": "Excel .xlsb",
        "word/document.xml": "Word .docx",
        "ppt/presentation.xml": "PowerPoint .pptx",
        "index/document.iwa": "Apple Numbers",
        "content.xml": "OpenDocument",
    }
    return next((kind for part, kind in marks.items() if part in package), "zip")


@dataclass(frozen=True, slots=True)
class _Relation:
    target: str
    type: str


class _Relations:
    end = None

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[str, _Relation] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        whole = target if target.startswith("/") else posixpath.join(self.folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        relation = _Relation(posixpath.normpath(whole).lstrip("/"), kind)
        self.found[attributes.get("Id", "")] = relation

    def text(self, text: str) -> None:
        """Nothing to do."""


def _relations(package: ZipPackage, part: str) -> dict[str, _Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    listener = _Relations(folder)
    if path in package:
        read_part(package.chunks(path), listener, file=package.file, part=path)
    return listener.found


def _read_related(
    package: ZipPackage, relations: dict[str, _Relation], kind: str, listener: _Styles | _Strings
) -> None:
    """Feed the part of that kind, where the workbook has one, to ``listener``."""
    part = next((r.target for r in relations.values() if r.type == kind), "")
    if part and part in package:
        most = MANY_TAGS if kind == "sharedStrings" else FEW_TAGS
        read_part(package.chunks(part), listener, file=package.file, part=part, most_tags=most)


class _Book:
    end = None

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif tag == "sheet":
            key = next((v for k, v in attributes.items() if local(k) == "id" and k != "id"), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), key))

    def text(self, text: str) -> None:
        """Nothing to do."""


class _Styles:
    def __init__(self) -> None:
        self.custom: dict[str, str] = {}
        self.formats: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self.formats.append(attributes.get("numFmtId", "0"))
        elif tag == "numFmt":
            self.custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None:
        """Nothing to do."""

    def dates(self) -> dict[str, bool]:
        """Whether each style index shows a date."""
        return {str(at): self._is_date(key) for at, key in enumerate(self.formats)}

    def _is_date(self, key: str) -> bool:
        if key in self.custom:
            return is_date_format(self.custom[key])
        return key.isdecimal() and int(key) in BUILT_IN_DATES


class _Strings:
    """The shared strings: the text runs of each, phonetic hints left out."""

    def __init__(self, file: str) -> None:
        self.found: list[str] = []
        self._file = file
        self._parts: list[str] = []
        self._length = 0
        self._open = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - a protocol
        tag = local(name)
        if tag == "si":
            self._parts, self._length = [], 0
        elif tag == "rPh":
            self._phonetic = True
        self._open = tag == "t" and not self._phonetic

    def end(self, name: str) -> None:
        tag = local(name)
        self._open = False
        if tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self.found.append(unescaped("".join(self._parts)))
            if len(self.found) > MAX_STRINGS:
                raise DataRefused([error("intake.strings_too_many", file=self._file)])

    def text(self, text: str) -> None:
        if self._open and self._length <= MAX_TEXT:
            self._parts.append(text)
            self._length += len(text)


def unescaped(text: str) -> str:
    """``_x000D_`` and its like as the characters they stand for."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)  # half a character is none
