"""The first letters of the pinyin of Chinese names: 华东 is ``hd``.

The 3,755 characters of the first level of GB 2312 stand there in the order of their pinyin, so 23
borders tell the letter. Rarer characters tell none, and one with two readings tells its commoner.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

LETTERS: Final = "abcdefghjklmnopqrstwxyz"
FIRSTS: Final = (
    "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"  # the first character of each letter
)
PAST: Final = 0xD7FA  # behind the last of the first level


def _place(character: str) -> int:
    return int.from_bytes(character.encode("gb2312", errors="ignore"))


BORDERS: Final = [_place(character) for character in FIRSTS]


@lru_cache(maxsize=50_000)
def initials(name: str) -> str:
    """The letters of a name in lower case; Latin letters and digits as they are."""
    return "".join(_letter(character) for character in name.lower())


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    place = _place(character)
    return LETTERS[bisect_right(BORDERS, place) - 1] if BORDERS[0] <= place < PAST else ""
