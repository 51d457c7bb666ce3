"""A weight made of several columns: potential × penetration, known + latent × probability."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.allocation.wish_text import split_marks, unquoted
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up
from quotaloom.warehouse.intake.gather import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.facts import Facts

    Terms = tuple[tuple[str, ...], ...]
SCALES: Final = (6, 4, 2, 0)
MOST: Final = 2**62
PLACE: Final = [FILE, ROW]


def terms_of(text: str) -> Terms:
    """The columns of a formula: terms with + between, each of factors with * between.

    A column that bears such a mark stands in double quotes. Raises UsageRefused for other text.
    """
    return tuple(
        tuple(unquoted(factor) for factor in split_marks(term, "*"))
        for term in split_marks(text, "+")
    )


def weighed(text: str, terms: Terms, read: Callable[[str], Facts]) -> Facts:
    """The facts of the first column with the weights of the formula, row by row.

    ``read`` answers the facts of one column, traced; a row that any of them leaves out (a subtotal)
    is left out. Weights are exact, then rounded once. Raises DataRefused where all are 0.
    """
    columns = list(dict.fromkeys(factor for term in terms for factor in term))
    facts = {column: read(column) for column in columns}
    first = facts[columns[0]]
    frames = [
        facts[column].frame.select(*PLACE, pl.col("amount").alias(f"§{number}"))
        for number, column in enumerate(columns)
    ]
    joined = reduce(lambda one, other: one.join(other, on=PLACE, how="inner"), frames)
    scales = {column: facts[column].scale for column in columns}
    rows = joined.drop(PLACE).iter_rows()
    exact = [_weight(terms, dict(zip(columns, row, strict=True)), scales) for row in rows]
    if not any(exact):
        raise DataRefused([error("weights.all_zero", text, file=first.sources[0].file)])
    scale = next(one for one in SCALES if one == 0 or sum(exact) * 10**one < MOST)
    amounts = [half_up(one * 10**scale) for one in exact]
    weights = joined.select(PLACE).with_columns(pl.Series("amount", amounts, pl.Int64))
    frame = first.frame.drop("amount").join(weights, on=PLACE, maintain_order="left")
    said: list[Finding] = []
    for one in facts.values():
        said += [finding for finding in one.findings if finding not in said]
    chosen = {**first.chosen, "amount": text}
    return replace(first, frame=frame, chosen=chosen, findings=tuple(said), scale=scale)


def _weight(terms: Terms, amounts: Mapping[str, int], scales: Mapping[str, int]) -> Fraction:
    return sum((_product(term, amounts, scales) for term in terms), Fraction(0))


def _product(
    term: Sequence[str], amounts: Mapping[str, int], scales: Mapping[str, int]
) -> Fraction:
    found = Fraction(1)
    for factor in term:
        found *= Fraction(amounts[factor], 10 ** scales[factor])
    return found
