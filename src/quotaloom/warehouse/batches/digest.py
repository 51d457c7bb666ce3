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
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

_SEEDS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
_BASE: Final = 0x100000001B3  # odd, so it has an inverse modulo 2**64
_INVERSE: Final = pow(_BASE, -1, 2**64)
_TEXTS: Final = (pl.String, pl.Categorical, pl.Enum)
_NOTHING: Final = 0xD6E8FEB86659FD93
_ROWS: Final = 1 << 17  # at a time
_STEP: Final = 1 << 20  # bytes of powers that are kept for the next part


def rows_digest(frame: pl.DataFrame, besides: Sequence[str] = ()) -> str:
    """SHA-256 over the columns' names and the sums of the rows' words, without some columns.

    Texts and categories of the same texts give the same.
    """
    names = sorted(name for name in frame.columns if name not in besides)
    sums = [0] * len(_SEEDS)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for part in pool.map(_sums, frame.select(names).iter_slices(_ROWS)):
            sums = [(one + more) % 2**64 for one, more in zip(sums, part, strict=True)]
    told = "\x1f".join([*names, str(frame.height), *map(str, sums)])
    return hashlib.sha256(told.encode()).hexdigest()


def _sums(part: pl.DataFrame) -> list[int]:
    lanes = np.zeros((len(_SEEDS), part.height), np.uint64)
    for column in part.iter_columns():
        own = _of_text(f"{column.name}\x1f{_sort(column)}")
        for lane, words in zip(lanes, _lanes(column, own), strict=True):
            np.add(lane, words, out=lane)
    return [int(_mixed(lane).sum(dtype=np.uint64)) for lane in lanes]


def _sort(column: pl.Series) -> str:
    return "text" if column.dtype in _TEXTS else "number"


def _lanes(column: pl.Series, own: int) -> list[Words]:
    """For each seed a word a cell: equal for equal cells, whether texts are categories or not."""
    if column.dtype == pl.String and not is_varied(column):
        column = column.cast(pl.Categorical)
    if column.dtype not in (pl.Categorical, pl.Enum):
        words = _text_words(column) if column.dtype == pl.String else _number_words(column)
        return [_mixed(words ^ np.uint64(own ^ seed)) for seed in _SEEDS]
    texts = column.unique().drop_nulls()
    known = np.append(_text_words(texts.cast(pl.String)), np.uint64(_NOTHING))
    codes = texts.to_physical().to_numpy()
    places = np.zeros(int(codes.max(initial=0)) + 2, np.uint32)
    places[codes], places[-1] = np.arange(len(codes)), len(codes)
    rows = places[column.to_physical().fill_null(len(places) - 1).to_numpy()]
    return [_mixed(known ^ np.uint64(own ^ seed))[rows] for seed in _SEEDS]


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
