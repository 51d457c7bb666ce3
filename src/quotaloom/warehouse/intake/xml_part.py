"""XML parts read as a stream, any DOCTYPE refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_TOKEN = 1 << 20  # bytes without one tag ending: no workbook has that, an attack does


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


def read_part(chunks: Iterator[bytes], listener: Handlers, *, file: str, part: str) -> None:
    """Feed a part to ``listener``. Raises DataRefused for a DOCTYPE or broken XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype(file, part)
    parser.EntityDeclHandler = _refuse_doctype(file, part)
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no keyword
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TOKEN:
                raise DataRefused([error("intake.file_damaged", part, file=file)])
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keyword
    except StopReading:
        return
    except expat.ExpatError as failure:
        reason = f"{part}: {failure}"
        raise DataRefused([error("intake.file_damaged", reason, file=file)]) from None


def local(name: str) -> str:
    """A tag or attribute name without its namespace prefix."""
    return name.rpartition(":")[2]


def _refuse_doctype(file: str, part: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise DataRefused([error("intake.doctype", part, file=file)])

    return refuse
