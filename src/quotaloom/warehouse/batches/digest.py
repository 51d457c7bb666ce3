"""A digest of rows whatever their order, quick over many millions of them.

Each row has two 64-bit words, mixed from its cells by fixed constants; their sums modulo 2**64 do
not depend on the order. It finds the same content again, and is no proof against forgers.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.warehouse.intake.coded import is_varied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Lanes = list[Words]

_SEEDS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
_BASE: Final = 0x100000001B3  # odd, so it has an inverse modulo 2**64
_INVERSE: Final = pow(_BASE, -1, 2**64)
_CATEGORIES: Final = (pl.Categorical, pl.Enum)
_NOTHING: Final = 0xD6E8FEB86659FD93
_ROWS: Final = 1 << 17  # at a time
_STEP: Final = 1 << 20  # bytes of powers that are kept for the next part


def rows_digest(frame: pl.DataFrame, besides: Sequence[str] = ()) -> str:
    """SHA-256 over the columns' names and the sums of the rows' words, without some columns.

    Texts give the same as categories of these texts, which are quicker.
    """
    names = sorted(name for name in frame.columns if name not in besides)
    columns = frame.select(names)
    known = {one.name: _known(one) for one in columns.select(pl.col(_CATEGORIES))}
    sums = [0] * len(_SEEDS)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for part in pool.map(lambda rows: _sums(rows, known), columns.iter_slices(_ROWS)):
            sums = [(one + more) % 2**64 for one, more in zip(sums, part, strict=True)]
    told = "\x1f".join([*names, str(frame.height), *map(str, sums)])
    return hashlib.sha256(told.encode()).hexdigest()


def _sums(part: pl.DataFrame, known: Mapping[str, Lanes]) -> list[int]:
    lanes = np.zeros((len(_SEEDS), part.height), np.uint64)
    for column in part.iter_columns():
        own = known[column.name] if column.name in known else _lanes(column)
        rows = _codes(column) if column.dtype in _CATEGORIES else slice(None)
        for lane, words in zip(lanes, own, strict=True):
            np.add(lane, words[rows], out=lane)
    return [int(_mixed(lane).sum(dtype=np.uint64)) for lane in lanes]


def _lanes(column: pl.Series) -> Lanes:
    """For each seed a word a cell."""
    if column.dtype == pl.String and not is_varied(column):
        category = column.cast(pl.Categorical)
        return [words[_codes(category)] for words in _known(category)]
    is_text = column.dtype == pl.String
    words = _text_words(column) if is_text else _number_words(column)
    return _seeded(words, column.name, "text" if is_text else "number")


def _known(column: pl.Series) -> Lanes:
    """For each seed the words of the texts of a category, by their codes; the last is that of null.

    Equal texts have equal words, whether they are categories or not.
    """
    texts = column.unique().drop_nulls()
    codes = _codes(texts)
    words = np.full(int(codes.max(initial=-1)) + 2, _NOTHING, np.uint64)
    words[codes] = _text_words(texts.cast(pl.String))
    return _seeded(words, column.name, "text")


def _codes(column: pl.Series) -> NDArray[np.int64]:
    """The place of each cell in what is known of its category; null is the last."""
    return column.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def _seeded(words: Words, name: str, sort: str) -> Lanes:
    own = _of_text(f"{name}\x1f{sort}")
    return [_mixed(words ^ np.uint64(own ^ seed)) for seed in _SEEDS]


def _number_words(column: pl.Series) -> Words:
    numbers = column.cast(pl.Int64)
    words = numbers.fill_null(0).to_numpy().astype(np.uint64)
    return _with_nothing(words, column)


def _with_nothing(words: Words, column: pl.Series) -> Words:
    if not column.null_count():
        return words
    return np.where(column.is_null().to_numpy(), np.uint64(_NOTHING), words)


def _text_words(texts: pl.Series) -> Words:
    """The bytes of each text as a polynomial modulo 2**64, with its length."""
    lengths = texts.str.len_bytes().fill_null(0).to_numpy().astype(np.int64)
    joined = str(texts.fill_null("").str.join("").item() or "").encode()
    ends = np.cumsum(lengths)
    powers, inverses = _powers(-(-len(joined) // _STEP) * _STEP)
    signs = np.frombuffer(joined, np.uint8).astype(np.uint64) + np.uint64(1)
    sums = np.zeros(len(joined) + 1, np.uint64)
    np.cumsum(signs * powers[: len(joined)], out=sums[1:])
    starts = ends - lengths
    words = (sums[ends] - sums[starts]) * inverses[starts]
    words = words + lengths.astype(np.uint64) * np.uint64(_SEEDS[0])
    return _with_nothing(words, texts)


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[Words, Words]:
    """The powers of the base and of its inverse, up to ``count``."""
    powers, inverses = (np.full(count + 1, base, np.uint64) for base in (_BASE, _INVERSE))
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)


def _mixed(words: Words) -> Words:
    """Words whose every bit depends on all bits of the old one (the end of splitmix64)."""
    mixed = words ^ (words >> np.uint64(30))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _of_text(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
