"""The facts of a dataset as a table, for the verbs that read facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.money import FACT_SCALE
from quotaloom.warehouse.batches.row import ORIGIN

if TYPE_CHECKING:
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.tables.column import Kind

MARK = "@"  # before the name of a dataset where a file could stand


def dataset(shelf: Shelf, name: str, position: int | None = None) -> pl.DataFrame:
    """What is known of a dataset at a position (None: the newest), ``amount`` as an exact decimal.

    Raises DataRefused where it holds nothing, naming the datasets that do.
    """
    facts = shelf.facts(name, position)
    if facts.is_empty():
        known = sorted({one.dataset for one in shelf.entries()})
        raise DataRefused([error("batch.no_dataset", name, known=", ".join(known) or "—")])
    amount = pl.col("amount").cast(pl.Decimal(38, FACT_SCALE)) / 10**FACT_SCALE
    exact = amount.cast(pl.Decimal(38, FACT_SCALE)).alias("amount")
    return facts.drop(ORIGIN).with_columns(exact)


def table(shelf: Shelf, kind: Kind, position: int | None = None) -> pl.DataFrame:
    """The facts of a kind as they are stored, under every column that the kind declares.

    What no batch has is null, or 未归属 in a column of members. Further dimension columns and the
    origin of each row follow.
    """
    facts = shelf.facts(kind.name, position)
    schema = kind.schema()
    missing = [pl.lit(None, of).alias(name) for name, of in schema.items() if name not in facts]
    whole = facts.with_columns(missing) if facts.width else pl.DataFrame(schema=schema)
    others = [name for name in whole.columns if name not in schema]
    members = [one.name for one in kind.columns if one.value == "member"]
    known = whole.with_columns(pl.col(members).fill_null(UNASSIGNED))
    return known.select(*schema, *others)
