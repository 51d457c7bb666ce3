"""XML parts read as a stream, any DOCTYPE refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})  # of expat itself
MAX_TOKEN = 1 << 20  # bytes without one tag ending: no workbook has that, an attack does
FEW_TAGS = 4_000_000  # opened and closed, in a part that describes
MANY_TAGS = 40_000_000  # in a part that holds data: ten million cells with their values


class Handlers(Protocol):
    """Who listens to a part. Names come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    @property
    def end(self) -> Callable[[str], None] | None:
        """A tag closes; None where nobody minds, which is faster."""

    def text(self, text: str) -> None:
        """Characters between tags, in pieces."""


class StopReading(Exception):
    """A listener has seen enough."""


def read_part(
    chunks: Iterator[bytes], listener: Handlers, *, file: str, part: str, most_tags: int = FEW_TAGS
) -> None:
    """Feed a part to ``listener``. Raises DataRefused for a DOCTYPE or broken XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.XmlDeclHandler = _refuse_encoding(file, part)
    parser.StartDoctypeDeclHandler = _refuse_doctype(file, part)
    parser.EntityDeclHandler = _refuse_doctype(file, part)
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    try:
        for chunk in _within_limits(chunks, parser, part=part, file=file, most_tags=most_tags):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no keyword
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keyword
    except StopReading:
        return
    except expat.ExpatError as failure:
        reason = f"{part}: {failure}"
        raise DataRefused([error("intake.file_damaged", reason, file=file)]) from None


def _within_limits(
    chunks: Iterator[bytes], parser: expat.XMLParserType, *, part: str, file: str, most_tags: int
) -> Iterator[bytes]:
    """The chunks, as long as tags end and are not too many: expat looks at an open one anew."""
    fed = tags = 0
    for chunk in chunks:
        if fed - parser.CurrentByteIndex > MAX_TOKEN:
            raise DataRefused([error("intake.file_damaged", part, file=file)])
        if tags > most_tags:
            raise DataRefused([error("intake.cells_too_many", part, file=file)])
        yield chunk
        fed += len(chunk)
        tags += chunk.count(b"<")


def local(name: str) -> str:
    """A tag or attribute name without its namespace prefix."""
    return name.rpartition(":")[2]


def _refuse_encoding(file: str, part: str) -> Callable[..., None]:
    def refuse(_: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            reason = f"{part}: {encoding[:20]}"
            raise DataRefused([error("intake.file_damaged", reason, file=file)])

    return refuse


def _refuse_doctype(file: str, part: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise DataRefused([error("intake.doctype", part, file=file)])

    return refuse
