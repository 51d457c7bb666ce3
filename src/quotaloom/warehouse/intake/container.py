"""What kind of file the bytes really are, whatever the name says."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.encoding import utf16_without_mark
from quotaloom.warehouse.intake.raw_table import MAX_UNPACKED, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


Kind = Literal["text", "gzip", "zip", "xls", "parquet"]
HEAD = 1 << 16
BOMB_SIZE, BOMB_RATIO = 256 * MIB, 200  # a .gz may be both large and honest, but not both of these
SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
)
FOREIGN = (
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"PARE", "Parquet (encrypted)"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"ARROW1", "Arrow/Feather"),
    (b"\x09\x00\x04\x00", "Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4"),
    (b"\x00\x01\x00\x00Standard", "Access"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
FOREIGN_NAMES = {
    ".et": "WPS .et",
    ".ett": "WPS .ett",
    ".wps": "WPS .wps",
    ".numbers": "Apple Numbers",
    ".ods": "OpenDocument .ods",
    ".xlsb": "Excel .xlsb",
}
SEALS = ((b"%TSD-Header-###%", "绿盾 (TSD)"), (b"E-SafeNet", "亿赛通 (E-SafeNet)"))
OFFICE_NAMES = frozenset({".xlsx", ".xlsm", ".xls"})
PLAIN_CONTROL = bytes(sorted({*range(32)} - {*b"\t\n\r\f\x1a\x1b"}))


def kind_of(path: Path) -> Kind:
    """The kind by content. Raises DataRefused for what is not read, saying what it is."""
    head = _head(path)
    suffix = path.suffix.lower()
    name = path.name
    if not head.strip(b"\0 \r\n\t"):
        raise DataRefused([error("intake.file_empty", file=name)])
    if seal := next((who for mark, who in SEALS if mark in head[:512]), None):
        raise DataRefused([error("intake.sealed", seal, file=name)])
    if foreign := FOREIGN_NAMES.get(suffix) or _foreign(head):
        raise DataRefused([error("intake.format_refused", foreign, file=name)])
    for mark, kind in SIGNATURES:
        if head.startswith(mark):
            return kind
    return _text_or_refusal(head, suffix, name)


def unpacked(path: Path) -> bytes:
    """The text inside a .gz. Raises DataRefused where it is damaged, a bomb or no text."""
    data = _stream(path)
    kind = next((kind for mark, kind in SIGNATURES if data.startswith(mark)), None)
    if kind is not None:
        raise DataRefused([error("intake.format_refused", f"gzip ({kind})", file=path.name)])
    _text_or_refusal(data[:HEAD], "", path.name)
    return data


def _stream(path: Path) -> bytes:
    packed = path.stat().st_size
    try:
        with gzip.open(path) as stream:
            return b"".join(_within_limits(stream, path.name, packed))
    except (OSError, EOFError, zlib.error) as failure:
        reason = str(failure)
        raise DataRefused([error("intake.file_damaged", reason, file=path.name)]) from None


def _within_limits(stream: gzip.GzipFile, name: str, packed: int) -> Iterator[bytes]:
    size = 0
    while part := stream.read(MIB):
        size += len(part)
        if size > MAX_UNPACKED or (size > BOMB_SIZE and size > packed * BOMB_RATIO):
            found = error("intake.unpacked_too_large", name, file=name, mib=size // MIB)
            raise DataRefused([found])
        yield part


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise DataRefused([error("intake.file_unreadable", reason, file=path.name)]) from None


def _foreign(head: bytes) -> str | None:
    known = next((what for mark, what in FOREIGN if head.startswith(mark)), None)
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:4096].lower()
    if text.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "Excel 2003 XML"
    return "MHTML" if text.startswith(b"mime-version:") else known


def _text_or_refusal(head: bytes, suffix: str, name: str) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")):
        raise DataRefused([error("intake.html", suffix, file=name)])
    if _is_binary(head):
        code = "intake.maybe_sealed" if suffix in OFFICE_NAMES else "intake.format_unknown"
        raise DataRefused([error(code, suffix, file=name)])
    if suffix in OFFICE_NAMES:
        raise DataRefused([error("intake.text_named_workbook", suffix, file=name)])
    return "text"


def _is_binary(head: bytes) -> bool:
    """More control bytes than any text has, and no UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head[: len(head) & ~1]):
        return False
    control = len(head) - len(head.translate(None, PLAIN_CONTROL))
    return control > 8 + len(head) // 50
