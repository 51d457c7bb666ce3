"""Names of members: cleaned of what nobody sees, and the nearest known ones for a wrong one."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALF: Final = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_ZERO_WIDTH: Final = (0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), 0x2060, 0xFEFF)
_DIRECTION: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN: Final = dict.fromkeys((*_ZERO_WIDTH, *_DIRECTION))


def half_width(text: str) -> str:
    """Full-width signs, letters and digits as ASCII; the ideographic space as a space."""
    return text.translate(_HALF)


def clean_name(text: str) -> str:
    """The name without zero-width and direction signs, and without blanks at its ends."""
    return text.translate(_UNSEEN).strip()


def nearest_names(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names with the fewest edits to the given one; ties in code order."""
    signs = Counter(name)

    def at_least(other: str) -> int:
        common = sum((signs & Counter(other)).values())
        return max(len(name), len(other)) - common

    hopeful = sorted((at_least(other), other) for other in set(known))
    best: list[tuple[int, str]] = []
    for bound, other in hopeful:
        if len(best) == count and bound > best[-1][0]:
            break
        best = nsmallest(count, [*best, (edits(name, other), other)])
    return tuple(other for _, other in best)


def edits(one: str, other: str) -> int:
    """The edit distance (Levenshtein) of two texts."""
    row = list(range(len(other) + 1))
    for line, sign in enumerate(one, start=1):
        before, row[0] = row[0], line
        for place, against in enumerate(other, start=1):
            kept = before + (sign != against)
            before, row[place] = row[place], min(kept, row[place] + 1, row[place - 1] + 1)
    return row[-1]
