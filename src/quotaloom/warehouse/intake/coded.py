"""A column as its distinct texts and one code a row, so that rules look at each text once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SPAN: Final = 1 << 20
_LOOKED_AT: Final = 1 << 16
_FEW: Final = 8  # rows a text, from which on it is quicker to look at each text once


@dataclass(frozen=True, slots=True)
class Coded:
    """``texts`` are distinct (but for ``as_is``) and never null.

    ``codes`` (UInt32) point into them, null = blank.
    """

    texts: pl.Series
    codes: pl.Series
    is_whole: bool = False  # each row has its own text, in their order

    def __len__(self) -> int:
        return len(self.codes)

    def counts(self) -> NDArray[np.int64]:
        """How many rows each text has."""
        filled = self.codes.drop_nulls().to_numpy()
        return np.bincount(filled, minlength=len(self.texts))

    def blanks(self) -> int:
        """How many rows have no text."""
        return self.codes.null_count()

    def spread(self, values: pl.Series) -> pl.Series:
        """A value for each row from a value for each text; null where the cell is blank."""
        if self.is_whole:
            return values
        if len(values) == 0:
            return pl.Series(values.name, [None], dtype=values.dtype).new_from_index(0, len(self))
        return values.gather(self.codes)

    def filter(self, keep: pl.Series) -> Coded:
        """Only the rows kept; texts that lost all of them stay, with a count of 0."""
        return Coded(self.texts, self.codes.filter(keep))

    def rows(self) -> pl.Series:
        """The text of each row."""
        return self.spread(self.texts)


def coded(column: pl.Series) -> Coded:
    """Code a column of any type; whole floats read as ``5``, dates as ISO, blanks as null."""
    if column.null_count() == len(column):
        return Coded(pl.Series([], dtype=pl.String), column.cast(pl.Null).cast(pl.UInt32).alias(""))
    if column.dtype in (pl.Categorical, pl.Enum):
        return _coded_texts(column)
    if column.dtype.is_integer():
        return _coded_numbers(column)
    if column.dtype == pl.Date:
        days = _coded_numbers(column.to_physical())
        return Coded(days.texts.cast(pl.Int32).cast(pl.Date).cast(pl.String), days.codes)
    texts = column.cast(pl.String)
    if column.dtype.is_float() or column.dtype.is_decimal():
        texts = texts.str.replace(r"\.0+$", "")
    return _coded_texts(texts.cast(pl.Categorical))


def is_varied(column: pl.Series) -> bool:
    """Whether most cells of a text column say something of their own, by its first rows."""
    if column.dtype != pl.String:
        return False
    some = column.head(_LOOKED_AT)
    texts = some.to_frame().select(pl.first().approx_n_unique()).item()
    return bool(texts * _FEW > len(some))


def as_is(column: pl.Series) -> Coded:
    """A text column without a search for equal texts: here alone ``texts`` may repeat."""
    blank = column.is_null() | (column == "")
    if not blank.any():
        return Coded(column, pl.int_range(len(column), dtype=pl.UInt32, eager=True), is_whole=True)
    codes = _without((~blank).cum_sum().cast(pl.UInt32) - 1, blank)
    return Coded(column.filter(~blank), codes)


def _coded_texts(column: pl.Series) -> Coded:
    distinct = column.drop_nulls().unique()
    texts, found = distinct.cast(pl.String), distinct.to_physical().to_numpy()
    # The codes of a categorical number a pool that other columns share: they are not 0, 1, 2 …
    compact = np.zeros(int(found.max()) + 1 if len(found) else 1, dtype=np.uint32)
    compact[found] = np.arange(len(found), dtype=np.uint32)
    return _by_text(texts, pl.Series(compact).gather(column.to_physical()))


def _coded_numbers(column: pl.Series) -> Coded:
    low, high = column.min(), column.max()
    if isinstance(low, int) and isinstance(high, int) and high - low < _SPAN:
        return _coded_span(column.cast(pl.Int64) - low, low)
    distinct = column.drop_nulls().unique().sort()
    codes = distinct.search_sorted(column.fill_null(low)).cast(pl.UInt32)
    return Coded(distinct.cast(pl.String).alias(""), _without(codes, column.is_null()))


def _coded_span(offsets: pl.Series, low: int) -> Coded:
    """Code whole numbers of a narrow span through a table of those that occur."""
    steps = offsets.fill_null(0).to_numpy()
    seen = np.zeros(_SPAN, dtype=bool)
    seen[offsets.drop_nulls().to_numpy()] = True
    compact = (np.cumsum(seen, dtype=np.uint32) - np.uint32(1)).astype(np.uint32)
    texts = pl.Series(np.flatnonzero(seen) + low).cast(pl.String)
    return Coded(texts, _without(pl.Series(compact[steps]), offsets.is_null()))


def _without(codes: pl.Series, blank: pl.Series) -> pl.Series:
    if not blank.any():
        return codes.alias("")
    return pl.select(pl.when(~blank).then(codes)).to_series().alias("")


def _by_text(texts: pl.Series, codes: pl.Series) -> Coded:
    """The same coding with an empty text taken as blank."""
    empty = (texts == "").arg_true()
    blank = codes == empty[0] if len(empty) else pl.Series([False])
    return Coded(texts.alias(""), _without(codes, blank))
