"""Texts of amounts as exact whole numbers of 1/10,000: plain ones at once, the rest by grammar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.findings import Finding
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from fractions import Fraction

SCALE: Final = 10**4
LARGEST: Final = 9 * 10**14 * SCALE
WIDE: Final = pl.Int128
_WIDEST: Final = 10**38
_PLAIN: Final = r"^[+-]?[0-9]{1,14}(\.[0-9]{1,4})?$"
_SIGNS: Final = r"[^\p{N}.,．，。]{0,12}"
_WHOLE: Final = r"[0-9]{1,14}|[0-9]{1,3}(?:,[0-9]{3}){1,4}"
_PART: Final = r"(?:\.(?<part>[0-9]{1,9}))?"
_SHAPED: Final = rf"^(?<before>{_SIGNS})(?<whole>{_WHOLE}){_PART}(?<after>{_SIGNS})$"
_NOTED: Final = {
    "index": pl.UInt32,
    "value": pl.Int64,
    "off": pl.Boolean,
    "unit": pl.String,
    "currency": pl.String,
    "code": pl.String,
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a column of amounts says. ``values`` (scale 4) is null where blank or refused.

    ``blank`` is true for empty cells. ``noted`` has a row for each cell that is no plain number:
    its 0-based ``index``, ``value``, whether it is ``off`` (rounded), the ``unit`` and
    ``currency`` that it writes, and the ``code`` of its refusal.
    """

    values: pl.Series
    blank: pl.Series
    noted: pl.DataFrame

    def kept(self, keep: pl.Series) -> Amounts:
        """The amounts of the rows kept, renumbered."""
        place = keep.cast(pl.UInt32).cum_sum() - 1
        noted = self.noted.filter(keep.gather(self.noted["index"]))
        noted = noted.with_columns(place.gather(noted["index"]).alias("index"))
        return Amounts(self.values.filter(keep), self.blank.filter(keep), noted)


def read_texts(texts: pl.Series, factor: Fraction, scale: int = SCALE) -> Amounts:
    """Read a String column; ``factor`` multiplies the cells that write no unit of their own.

    The values count 1/``scale``, rounded half-up, away from zero.
    """
    if not texts.null_count() and texts.str.contains(_PLAIN).all():
        return read_numbers(texts.cast(pl.Decimal(38, 4)).to_physical(), factor / SCALE, scale)
    trimmed = texts.str.strip_chars()
    filled = (trimmed != "").fill_null(value=False)
    plain = filled & trimmed.str.contains(_PLAIN).fill_null(value=False)
    numbers = pl.select(pl.when(plain).then(trimmed)).to_series().cast(pl.Decimal(38, 4))
    amounts = read_numbers(numbers.to_physical(), factor / SCALE, scale)
    rest = pl.DataFrame({"text": trimmed}).with_row_index("index").filter(filled & ~plain)
    if not len(rest):
        return replace(amounts, blank=~filled)
    noted = pl.concat([amounts.noted, *_read_rest(rest, factor, scale)]).sort("index")
    values = amounts.values.scatter(noted["index"], noted["value"])
    return Amounts(values, ~filled, noted)


def read_numbers(numbers: pl.Series, factor: Fraction, scale: int = SCALE) -> Amounts:
    """Whole numbers, each times the factor in 元, as amounts; null is blank."""
    times = factor * scale
    if times.denominator == 1 and largest(numbers) * times <= LARGEST:
        nothing = pl.DataFrame(schema=_NOTED)
        return Amounts(numbers.cast(pl.Int64) * times.numerator, numbers.is_null(), nothing)
    most = _WIDEST // times.numerator  # what is cut off here is refused as too large anyway
    wide = pl.col("number").cast(WIDE).clip(pl.lit(-most, WIDE), pl.lit(most, WIDE))
    parts = pl.lit(times.numerator, WIDE), pl.lit(times.denominator, WIDE)
    frame = pl.DataFrame({"number": numbers}).with_row_index("index").with_columns(number=wide)
    frame = _checked(frame.select("index", *_scaled(*parts)))
    noted = frame.filter(pl.col("off") | pl.col("code").is_not_null())
    return Amounts(frame["value"], numbers.is_null(), _noted(noted))


def largest(numbers: pl.Series) -> int:
    """The largest size of whole numbers; 0 where there are none."""
    low, high = numbers.min(), numbers.max()
    return max(-low, high) if isinstance(low, int) and isinstance(high, int) else 0


def _scaled(times: pl.Expr, into: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """``number`` × times / into, rounded half-up, and whether it is ``off`` by that."""
    whole = pl.col("number").abs() * times.abs()
    size = whole // into + (whole % into * 2 >= into).cast(WIDE)
    value = pl.when((pl.col("number") < 0) != (times < 0)).then(0 - size).otherwise(size)
    return value.alias("value"), (whole % into != 0).fill_null(value=False).alias("off")


def _checked(frame: pl.DataFrame) -> pl.DataFrame:
    """Values that a fact may have; a larger one becomes null with a ``code``."""
    fits = pl.col("value").is_between(-LARGEST, LARGEST)
    too_large = pl.when(~fits).then(pl.lit("intake.amount_too_large"))
    return frame.with_columns(code=too_large, value=pl.when(fits).then("value").cast(pl.Int64))


def _noted(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None, pl.String).alias(name) for name in _NOTED if name not in frame.columns]
    kinds = [pl.col(name).cast(kind) for name, kind in _NOTED.items()]
    return frame.with_columns(missing).select(kinds)


def _read_rest(rest: pl.DataFrame, factor: Fraction, scale: int) -> list[pl.DataFrame]:
    """The cells that are no plain numbers: a number among signs, or any other text."""
    shaped = rest.with_columns(pl.col("text").str.extract_groups(_SHAPED)).unnest("text")
    signs = shaped.filter(pl.col("whole").is_not_null()).select("before", "after").unique()
    known = _meanings(signs, factor, scale)
    number = (pl.col("whole").str.replace_all(",", "") + pl.col("part").fill_null("")).cast(WIDE)
    decimals = pl.col("part").str.len_chars().fill_null(0)
    tenfold = decimals.replace_strict({digits: 10**digits for digits in range(10)}).cast(WIDE)
    found = shaped.join(known, on=["before", "after"], nulls_equal=True, maintain_order="left")
    scaled = _scaled(pl.col("times"), pl.col("into") * tenfold)
    read = found.with_columns(number=number).with_columns(*scaled)
    each = rest.join(found.select("index"), on="index", how="anti")
    return [_noted(_checked(read)), _noted(_read_each(each, factor, scale))]


def _meanings(signs: pl.DataFrame, factor: Fraction, scale: int) -> pl.DataFrame:
    """What each pair of signs around a number means, asked of the grammar with the number 1."""
    rows = []
    for before, after in signs.rows():
        amount = read_amount(f"{before}1{after}")
        if isinstance(amount, Amount):
            unit = _unit(amount, after)
            times = amount.value * (1 if unit else factor) * scale
            rows.append((before, after, times.numerator, times.denominator, unit, amount.currency))
    schema = {"before": pl.String, "after": pl.String, "times": WIDE, "into": WIDE}
    return pl.DataFrame(rows, schema | {"unit": pl.String, "currency": pl.String}, orient="row")


def _read_each(rest: pl.DataFrame, factor: Fraction, scale: int) -> pl.DataFrame:
    """Any other text, each distinct one read by the grammar alone."""
    distinct = rest["text"].unique().to_list()
    read = pl.DataFrame(
        [(text, *_read_one(text, factor, scale)) for text in distinct],
        {"text": pl.String, **{name: kind for name, kind in _NOTED.items() if name != "index"}},
        orient="row",
    )
    return rest.join(read, on="text", maintain_order="left")


def _read_one(text: str, factor: Fraction, scale: int) -> tuple[int | str | bool | None, ...]:
    """``value``, ``off``, ``unit``, ``currency`` and ``code`` of one text."""
    amount = read_amount(text)
    if isinstance(amount, Finding):
        return None, False, None, None, amount.code
    unit = _unit(amount, text)
    exact = amount.value * (1 if unit else factor) * scale
    value = half_up(exact)
    if abs(value) > LARGEST:
        return None, False, unit, amount.currency, "intake.amount_too_large"
    return value, value != exact, unit, amount.currency, None


def _unit(amount: Amount, text: str) -> str | None:
    """The unit that the cell writes; 元 counts as one, for it contradicts a header in 万元."""
    return amount.unit or (
        "元" if amount.currency and text.rstrip(" )）整").endswith("元") else None
    )
