"""A column of amounts of any type, and what is wrong with it or worth knowing about it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.findings import error, info
from quotaloom.warehouse.intake.aliases import unit_factor
from quotaloom.warehouse.intake.amount_text import (
    LARGEST,
    SCALE,
    WIDE,
    Amounts,
    largest,
    read_numbers,
    read_texts,
)
from quotaloom.warehouse.intake.place import cell_errors, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.warehouse.intake.aliases import Headline
    from quotaloom.warehouse.intake.place import Place

_COMMA: Final = r"^[^0-9]*[0-9]{1,3}([. ]?[0-9]{3})*,([0-9]{1,2}|[0-9]{4,})[^0-9]*$"
_SURE: Final = 2.0**51


def read_amounts(
    column: pl.Series, head: Headline, *, decimal_mark: str = ".", scale: int = SCALE
) -> Amounts:
    """Read a column of text or numbers; the header's unit multiplies what names no own unit."""
    kind = column.dtype
    if kind.is_integer():
        return read_numbers(column, head.factor, scale)
    if isinstance(kind, pl.Decimal):
        return read_numbers(column.to_physical(), head.factor / 10 ** (kind.scale or 0), scale)
    if kind.is_float():
        return _read_floats(column, head.factor, scale)
    texts = column.cast(pl.String)
    if decimal_mark == ",":
        texts = texts.str.replace_many([",", "."], [".", ","])
    return read_texts(texts, head.factor, scale)


def _read_floats(column: pl.Series, factor: Fraction, scale: int) -> Amounts:
    """Floats by the shortest decimal that names them; most are whole 1/10,000, and then exact."""
    times = column.cast(pl.Float64).to_numpy() * SCALE
    with np.errstate(invalid="ignore"):
        whole = np.rint(times)
        sure = (np.abs(times) < _SURE) & (whole / SCALE == times / SCALE)
    if factor * scale == SCALE and (sure | np.isnan(times)).all() and not column.is_nan().any():
        numbers = pl.select(pl.when(column.is_not_null()).then(pl.Series(whole)))
        return read_numbers(numbers.to_series().cast(pl.Int64), Fraction(1, SCALE))
    return read_texts(column.cast(pl.String), factor, scale)


def amount_findings(
    amounts: Amounts, column: pl.Series, place: Place, head: Headline, *, required: bool = True
) -> list[Finding]:
    """Every fault of the column's cells, then of the column as a whole, then what was read how.

    A blank cell is a fault only where the column is ``required``.
    """
    refused = amounts.noted.filter(pl.col("code").is_not_null())
    blank = cell_errors(place, amounts.blank, column, code="intake.amount_blank")
    found = blank if required else []
    comma = _decimal_comma(refused, column, place)
    found += comma or _refused_cells(refused, column, place)
    found += _two_units(amounts, column, place, head)
    return found + _echoes(amounts, column, place, head)


def _refused_cells(refused: pl.DataFrame, column: pl.Series, place: Place) -> list[Finding]:
    found = []
    for code in refused["code"].unique().sort().to_list():
        bad = pl.Series(np.zeros(len(column), dtype=bool))
        bad[refused.filter(pl.col("code") == code)["index"].to_list()] = True
        found += cell_errors(place, bad, column, code=code)
    return found


def _decimal_comma(refused: pl.DataFrame, column: pl.Series, place: Place) -> list[Finding]:
    """One question for a column written as 1.234,56, in place of an error a cell."""
    if not len(refused) or column.dtype != pl.String:
        return []
    texts = column.gather(refused["index"])
    commas = texts.str.strip_chars().str.contains(_COMMA)
    if not commas.all():
        return []
    first = int(refused["index"][0])
    address = place.address(first, column[first])
    return [error("intake.decimal_comma", place.header, count=len(refused), **address)]


def _bare(amounts: Amounts, names: str) -> pl.Series:
    """Rows with an amount other than 0 that do not write a unit (or a currency)."""
    named = amounts.noted.filter(pl.col(names).is_not_null())["index"]
    bare = (amounts.values != 0).fill_null(value=False)
    return bare.scatter(named, False) if len(named) else bare  # noqa: FBT003 - a value


def _two_units(amounts: Amounts, column: pl.Series, place: Place, head: Headline) -> list[Finding]:
    """万 beside bare numbers or 元, or a cell's unit that is not the header's, are refused."""
    units = amounts.noted.filter(pl.col("unit").is_not_null())
    words = units["unit"].unique().sort().to_list()
    foreign = [word for word in words if unit_factor(word) != head.factor]
    bare = _bare(amounts, "unit").arg_true()
    if not foreign or (not head.unit and len(foreign) == len(words) and not len(bare)):
        return []
    first = int(units.filter(pl.col("unit").is_in(foreign))["index"][0])
    params: dict[str, Param] = {
        "units": ", ".join(words),
        "header_unit": head.unit or "元",
        "other": shown(column[int(bare[0])]) if len(bare) else place.header,
        "count": units.height,
    }
    return [
        error("intake.two_units", place.header, **place.address(first, column[first]), **params)
    ]


def currencies(amounts: Amounts, head: Headline) -> dict[str, int]:
    """How many cells are in each currency; without a sign, in the header's, or else in CNY."""
    named = amounts.noted.drop_nulls("currency").group_by("currency").len().sort("currency")
    counts = dict(named.rows())
    if bare := int(_bare(amounts, "currency").sum()):
        home = head.currency or "CNY"
        counts[home] = counts.get(home, 0) + bare
    return counts


def first_signs(amounts: Amounts) -> dict[str, int]:
    """The 0-based row where each currency is first written."""
    named = amounts.noted.drop_nulls("currency")
    return dict(named.group_by("currency").agg(pl.col("index").min()).rows())


def currency_findings(
    counts: Mapping[str, int], header: str, signs: Mapping[str, Mapping[str, Param]]
) -> list[Finding]:
    """More than one currency is refused; one that is not CNY is told.

    ``signs`` has the address of a cell that writes the currency; the rarest one's is told.
    """
    said = ", ".join(f"{currency} {count}" for currency, count in sorted(counts.items()))
    if len(counts) > 1:
        rarest = min(signs, key=lambda one: (counts.get(one, 0), one), default="")
        return [error("intake.two_currencies", header, **signs.get(rarest, {}), currencies=said)]
    if counts and "CNY" not in counts:
        return [info("intake.amount_currency", header, currency=next(iter(counts)))]
    return []


def _echoes(amounts: Amounts, column: pl.Series, place: Place, head: Headline) -> list[Finding]:
    """The header's unit, the cells' own units and the rounding, each with one example."""
    asked = (
        ("intake.amount_units_read", pl.col("unit").is_not_null() & (pl.col("unit") != "元")),
        ("intake.amount_rounded", pl.col("off")),
    )
    found = []
    for code, which in asked:
        rows = amounts.noted.filter(which & pl.col("value").is_not_null())
        if len(rows):
            first = rows.row(0, named=True)
            found.append(
                info(
                    code,
                    place.header,
                    file=place.file,
                    count=len(rows),
                    example=shown(column[first["index"]]),
                    amount=plain_amount(first["value"]),
                )
            )
    filled = amounts.values.is_not_null().arg_max()
    if head.factor != 1 and filled is not None and amounts.values[filled] is not None:
        found.append(
            info(
                "intake.header_unit",
                place.header,
                file=place.file,
                unit=head.unit,
                example=shown(column[filled]),
                amount=plain_amount(amounts.values[filled]),
            )
        )
    return found


def plain_amount(scaled: int) -> str:
    """An amount of scale 4 as digits with separators, without needless zeros: 1,234.5."""
    whole, part = divmod(abs(scaled), SCALE)
    digits = f"{part:04}".rstrip("0")
    return ("-" if scaled < 0 else "") + f"{whole:,}" + (f".{digits}" if digits else "")


def total_size(amounts: pl.Series) -> int:
    """The sum of the amounts without their signs, or an upper bound of it that is small enough."""
    bound = largest(amounts) * len(amounts)
    if bound <= LARGEST:
        return bound
    return int(amounts.cast(WIDE).abs().sum() or 0)
