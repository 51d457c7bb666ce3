"""Digests of cells, records and texts; a text has a salt, so that nobody can guess it back."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Callable

ALGORITHM: Final = "sha256"
HASHES: Final[dict[str, Callable[[bytes], str]]] = {
    ALGORITHM: lambda content: hashlib.sha256(content).hexdigest()
}
"""What a record may name as its algorithm. None ever leaves this table."""


def digest(content: bytes) -> str:
    """The digest of cells or inputs, 64 hexadecimal signs."""
    return HASHES[ALGORITHM](content)


def checked(content: bytes, expected: str) -> bytes:
    """The content, if it is what its digest says; DataRefused otherwise."""
    if digest(content) != expected:
        raise DataRefused([error("planfile.cells_changed", expected)])
    return content


def salted(text: str) -> tuple[str, bytes]:
    """The digest under which a text is known in the chain, and what is kept beside the chain."""
    content = f"{secrets.token_hex(16)}\n{text}".encode()
    return digest(content), content


def unsalted(content: bytes, expected: str) -> str:
    """The text that was kept under a digest; DataRefused where someone changed it."""
    if digest(content) != expected:
        raise DataRefused([error("planfile.text_changed", expected)])
    return content.decode().partition("\n")[2]
