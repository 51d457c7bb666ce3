"""Exact quotients of whole columns: sums, products and shares without a float."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from fractions import Fraction

WIDE: Final = pl.Int128()
LARGEST: Final = 2**126


@dataclass(frozen=True, eq=False)
class Quotients:
    """``above`` ÷ ``below``, row by row, both Int128; ``below`` is > 0, or one number for all rows.

    A row without a value is null above. Raises DataRefused where 126 bits do not hold a product.
    """

    above: pl.Series
    below: pl.Series

    @classmethod
    def of(cls, values: pl.Series, scale: int = 1) -> Quotients:
        """Whole numbers, ``scale`` of which make one."""
        return cls(values.cast(WIDE), _one(scale))

    @classmethod
    def number(cls, value: Fraction) -> Quotients:
        """One number for all rows."""
        return cls(_one(value.numerator), _one(value.denominator))

    def plus(self, other: Quotients, sign: int = 1) -> Quotients:
        """The sums; with ``sign`` -1 the differences."""
        if _same(self.below, other.below):
            left, right, below = self.above, other.above, self.below
        else:
            left, right = _times(self.above, other.below), _times(other.above, self.below)
            below = _times(self.below, other.below)
        return Quotients(_checked(left + right if sign > 0 else left - right), below)

    def times(self, other: Quotients) -> Quotients:
        """The products."""
        return Quotients(_times(self.above, other.above), _times(self.below, other.below))

    def over(self, other: Quotients) -> Quotients:
        """The quotients; none where the divisor is 0, negative or missing."""
        divisor = other.above.to_frame("d").select(pl.when(pl.col("d") > 0).then("d"))["d"]
        if _same(self.below, other.below):
            return _guarded(self.above, divisor)
        return _guarded(_times(self.above, other.below), _times(divisor, self.below))

    def rounded(self, scale: int) -> pl.Series:
        """The values times ``scale`` as Int64, halves away from zero."""
        above, below = _times(self.above, _one(2 * scale)), self.below
        frame = pl.DataFrame({"above": above}).with_columns(
            _spread(below, len(above)).alias("below")
        )
        size = (pl.col("above").abs() + pl.col("below")) // (2 * pl.col("below"))
        found = frame.select(pl.when(pl.col("above") < 0).then(0 - size).otherwise(size))
        try:
            return found.to_series().cast(pl.Int64)
        except pl.exceptions.InvalidOperationError as cause:
            raise DataRefused([error("measure.sum_large")]) from cause


def _guarded(above: pl.Series, divisor: pl.Series) -> Quotients:
    """Null above where there is no divisor, and 1 below there."""
    rows = len(divisor) if len(above) == 1 else len(above)  # 0 where there are none
    frame = pl.DataFrame({"above": _spread(above, rows), "divisor": _spread(divisor, rows)})
    value = pl.when(pl.col("divisor").is_not_null()).then("above").alias("above")
    found = frame.select(value, pl.col("divisor").fill_null(1))
    return Quotients(found["above"], found["divisor"])


def _one(value: int) -> pl.Series:
    return pl.Series([value], dtype=WIDE)


def _spread(values: pl.Series, rows: int) -> pl.Series:
    return values.new_from_index(0, rows) if len(values) == 1 and rows != 1 else values


def _same(one: pl.Series, other: pl.Series) -> bool:
    return len(one) == len(other) == 1 and bool(one[0] == other[0])


def _times(one: pl.Series, other: pl.Series) -> pl.Series:
    """The product; refused before it could overflow unseen."""
    if _size(one) * _size(other) > LARGEST:
        raise DataRefused([error("measure.sum_large")])
    return one * other


def _checked(values: pl.Series) -> pl.Series:
    if _size(values) > LARGEST:
        raise DataRefused([error("measure.sum_large")])
    return values


def _size(values: pl.Series) -> int:
    found = values.abs().max()
    return found if isinstance(found, int) else 0
