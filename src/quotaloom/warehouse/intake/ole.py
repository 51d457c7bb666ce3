"""The compound file around an .xls: which streams it has, and the bytes of one."""

from __future__ import annotations

import struct
from dataclasses import dataclass

FREE = 0xFFFFFFFA  # sector numbers from here on are marks, not places
ENTRY = 128
STREAM, ROOT = 2, 5


class CompoundError(ValueError):
    """The compound file contradicts itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in the directory."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """``streams``: the entries by name. Raises CompoundError for a file that is cut or circular."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
            directory, _, self._cutoff, mini_fat, _, extra, _ = struct.unpack_from(
                "<7I", data, 0x30
            )
            if shift not in {9, 12} or mini_shift != 6:
                raise CompoundError("sector size")
            self._size = 1 << shift
            self._fat = self._sector_table(extra)
            entries = self._entries(self._chain(directory))
            self._mini_fat = self._numbers(self._chain(mini_fat))
        except (struct.error, IndexError) as failure:
            raise CompoundError(str(failure)) from None
        root = next((entry for entry in entries if entry.kind == ROOT), None)
        self._mini = self._chain(root.start) if root else b""
        self.streams = {entry.name: entry for entry in entries if entry.kind == STREAM}

    def read(self, name: str) -> bytes:
        """The bytes of a stream. Raises CompoundError where its chain is broken."""
        entry = self.streams[name]
        if entry.size >= self._cutoff:
            found = self._chain(entry.start)[: entry.size]
        else:
            found = self._mini_chain(entry.start)[: entry.size]
        if len(found) < entry.size:
            raise CompoundError(name)
        return found

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise CompoundError(f"sector {number}")
        return found

    def _sector_table(self, extra: int) -> tuple[int, ...]:
        """Which sector follows each, from the 109 places in the header and their extension."""
        places = list(struct.unpack_from("<109I", self._data, 0x4C))
        seen = 0
        while extra < FREE:
            numbers = self._numbers(self._sector(extra))
            places += numbers[:-1]
            extra = numbers[-1]
            seen += 1
            if seen > len(self._data) // self._size:
                raise CompoundError("DIFAT")
        parts = [self._numbers(self._sector(place)) for place in places if place < FREE]
        return tuple(number for part in parts for number in part)

    def _numbers(self, part: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < FREE:
            parts.append(self._sector(number))
            if len(parts) > len(self._fat):
                raise CompoundError("FAT")
            number = self._fat[number]
        return b"".join(parts)

    def _mini_chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < FREE:
            parts.append(self._mini[number * 64 : number * 64 + 64])
            if len(parts) > len(self._mini_fat):
                raise CompoundError("mini FAT")
            number = self._mini_fat[number] if number < len(self._mini_fat) else FREE
        return b"".join(parts)

    def _entries(self, directory: bytes) -> list[Entry]:
        found = []
        for place in range(0, len(directory) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + max(length - 2, 0)].decode("utf-16-le", "replace")
            found.append(Entry(name, kind, start, size))
        return found
