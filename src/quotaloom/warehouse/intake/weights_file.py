"""A basis without dates: weights and shares of members, checked as such."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.findings import Finding, error, warning
from quotaloom.warehouse.intake.aliases import PERCENT
from quotaloom.warehouse.intake.amount_column import read_amounts
from quotaloom.warehouse.intake.amount_text import LARGEST, largest
from quotaloom.warehouse.intake.place import cell_errors, shown

if TYPE_CHECKING:
    from quotaloom.warehouse.intake.aliases import Headline
    from quotaloom.warehouse.intake.amount_text import Amounts
    from quotaloom.warehouse.intake.place import Place

FINEST: Final = 12
_PERCENT: Final = r"\s*[%％]\s*$"
_EXAMPLES: Final = 5
_PARTS: Final = 10  # shares without a sign that add up to less were written as parts of 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights as amounts in 1/``10**scale``; ``percent`` where the column is shares of a whole."""

    amounts: Amounts
    scale: int
    percent: bool


def read_weights(
    column: pl.Series, head: Headline, *, decimal_mark: str = ".", finest: int = FINEST
) -> Weights:
    """Read a column of weights; 40 and 40% weigh the same.

    Where four decimals would lose digits the scale grows to hold them, up to ``finest`` decimals
    and as far as the largest weight allows.
    """
    texts, signed = column, False
    if column.dtype == pl.String:
        signed = bool(column.str.contains(_PERCENT).any())
        texts = column.str.replace(_PERCENT, "")
    percent = signed or head.name in PERCENT or "%" in head.name
    amounts, scale = read_amounts(texts, head, decimal_mark=decimal_mark), 4
    while amounts.noted["off"].any() and scale < finest and largest(amounts.values) * 10 <= LARGEST:
        scale += 1
        amounts = read_amounts(texts, head, decimal_mark=decimal_mark, scale=10**scale)
    return Weights(amounts, scale, percent)


def weight_findings(weights: Weights, column: pl.Series, place: Place) -> list[Finding]:
    """Negative cells, shares with and without a percent sign, and shares that are no whole."""
    values = weights.amounts.values
    found = cell_errors(place, values < 0, column, code="weights.negative")
    if found or values.null_count():
        return found
    if not values.sum():
        return [error("weights.all_zero", place.header, file=place.file, sheet=place.sheet)]
    return (_mixed(column, place) or _whole(weights, column, place)) if weights.percent else []


def repeated(rows: pl.DataFrame, members: pl.DataFrame, place: Place) -> list[Finding]:
    """Members that several rows name: refused where ``rows`` are the same, else told as added up.

    ``rows`` are all columns but the weight.
    """
    address = {"file": place.file, "sheet": place.sheet}
    if (twice := rows.is_duplicated()).any():
        examples = _examples(rows.filter(twice), place.rows.filter(twice))
        count = int(twice.sum())
        return [error("weights.double_row", "", **address, count=count, examples=examples)]
    if members.width and (twice := members.is_duplicated()).any():
        examples = _examples(members.filter(twice), place.rows.filter(twice))
        count = members.filter(twice).n_unique()
        return [warning("weights.rows_added", "", **address, count=count, examples=examples)]
    return []


def _examples(rows: pl.DataFrame, numbers: pl.Series) -> str:
    """The first few repeated rows and where they stand: 广东 (3, 7)."""
    columns = rows.columns
    groups = rows.with_columns(numbers.alias("§row")).group_by(columns, maintain_order=True)
    found = groups.agg(pl.col("§row").head(_EXAMPLES)).head(_EXAMPLES)
    return "; ".join(
        f"{shown(' / '.join(str(part) for part in names if part is not None))} "
        f"({', '.join(map(str, at))})"
        for *names, at in found.iter_rows()
    )


def _mixed(column: pl.Series, place: Place) -> list[Finding]:
    """120, 1.2 and 120% in one column: nobody knows whether 120 is 120%."""
    if column.dtype != pl.String:
        return []
    signed = column.str.contains(_PERCENT).fill_null(value=False)
    bare = ~signed & column.is_not_null() & (column.str.strip_chars() != "0")
    if not signed.any() or not bare.any():
        return []
    first = bare.arg_max() or 0
    address = place.address(first, column[first])
    return [error("weights.mixed_percent", place.header, **address, count=int(bare.sum()))]


def _whole(weights: Weights, column: pl.Series, place: Place) -> list[Finding]:
    """Shares must sum to 100 % (or 1), but for what rounding each of them can have lost."""
    whole = Fraction(int(weights.amounts.values.sum()), 10**weights.scale)
    texts = column.cast(pl.String)
    signed = column.dtype == pl.String and bool(texts.str.contains(_PERCENT).any())
    decimals = texts.str.extract(r"\.([0-9]+)").str.len_chars().max()
    lost = Fraction(len(column), 2 * 10 ** (decimals if isinstance(decimals, int) else 0))
    for wanted in (100,) if signed else (100, 1):
        if whole == wanted:
            return []
        if abs(whole - wanted) <= min(lost, Fraction(wanted, 100)):
            said = _sum(place, whole * 100 / wanted)
            return [warning("weights.rounded_shares", place.header, **said)]
    parts = not signed and whole < _PARTS
    said = _sum(place, whole * 100 if parts else whole)
    return [error("weights.not_whole", place.header, **said)]


def _sum(place: Place, whole: Fraction) -> dict[str, str]:
    text = f"{float(whole):.6f}".rstrip("0").rstrip(".") + "%"
    return {"file": place.file, "sheet": place.sheet, "sum": text}
