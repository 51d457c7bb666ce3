"""Arrays in bytes that are the same wherever they are written: little-endian, behind a JSON head.

QLCELLS1 · length of the head (8 bytes) · head · arrays, each from a multiple of 64 bytes on
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from numpy.typing import NDArray

Head = Mapping[str, Any]
Arrays = Mapping[str, "NDArray[Any]"]
UNREADABLE: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What reading other bytes than ours may raise."""
_MAGIC: Final = b"QLCELLS1"
_STEP: Final = 64
_TYPES: Final = {"int64": "<i8", "int32": "<i4"}
_BITS: Final = "bool"  # eight to a byte


def pack(head: Head, arrays: Arrays) -> bytes:
    """The bytes of a head that JSON can hold, and of int64, int32 and bool arrays by name."""
    laid, blocks, offset = [], [], 0
    for name, array in arrays.items():
        content = _content(array)
        laid.append([name, array.dtype.name, list(array.shape), offset])
        blocks.append(_padded(content))
        offset += len(blocks[-1])
    told = json.dumps({"head": head, "arrays": laid}, ensure_ascii=False, separators=(",", ":"))
    start = told.encode()
    before = _MAGIC + len(start).to_bytes(8, "little") + start
    return b"".join([_padded(before), *blocks])


def unpack(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """What was packed; the arrays cannot be written to. DataRefused for bytes that are no pack."""
    try:
        return _unpacked(content)
    except UNREADABLE as cause:
        raise DataRefused([error("planfile.cells_unreadable")]) from cause


def _unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    start = len(_MAGIC) + 8
    if content[: len(_MAGIC)] != _MAGIC:
        raise ValueError(content[:8])
    end = start + int.from_bytes(content[len(_MAGIC) : start], "little")
    told = json.loads(content[start:end])
    base = end + -end % _STEP
    arrays = {
        name: _array(content, kind, tuple(shape), base + offset)
        for name, kind, shape, offset in told["arrays"]
    }
    return told["head"], arrays


def _content(array: NDArray[Any]) -> bytes:
    if array.dtype == np.bool_:
        return np.packbits(array, bitorder="little").tobytes()
    return np.ascontiguousarray(array, _TYPES[array.dtype.name]).tobytes()


def _array(content: bytes, kind: str, shape: tuple[int, ...], offset: int) -> NDArray[Any]:
    size = int(np.prod(shape, dtype=np.int64))
    if kind != _BITS:
        found = np.frombuffer(content, _TYPES[kind], size, offset)
        return found.astype(kind, copy=False).reshape(shape)
    bits = np.frombuffer(content, np.uint8, -(-size // 8), offset)
    found = np.unpackbits(bits, count=size, bitorder="little").view(np.bool_).reshape(shape)
    found.flags.writeable = False
    return found


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _STEP)
