"""Facts under the members of the quotas in force, so that both can be held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.warehouse.batches.row import ORIGIN
from quotaloom.warehouse.intake.aliases import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.tables.column import Kind

AMOUNT: Final = "credit"
_TODAY: Final = ("现", "今", "current ")  # before a header: as the organisation is now
_HIT: Final = "§hit"


def column_of(kind: Kind, header: str) -> str | None:
    """The stored column of a kind that a level of a plan names, None where there is none."""
    bare = next((header.removeprefix(mark) for mark in _TODAY if header.startswith(mark)), header)
    known = kind.recognised(bare)
    return known[0].name if known else None


def placed(
    facts: pl.DataFrame,
    kind: Kind,
    quotas: Quotas,
    amount: str,
    *,
    keep: Sequence[str] = (),
    axes: Sequence[tuple[str, ...]] = (),
) -> pl.DataFrame:
    """The facts with the levels of the quotas, ``date``, ``credit``, ``keep`` and their origin.

    ``axes`` are those whose levels are told, all of them unless any is.

    A leaf is known by its id. A fact of a leaf that the plan lacks stands under the members above
    that it names itself and that the plan has, else under 未归属; it is never left out.
    """
    kept = [*keep, *(name for name in ORIGIN if name in facts.columns)]
    told = axes or quotas.axes
    asked = {level: column_of(kind, level) for axis in told for level in axis}
    own = [
        (pl.col(name).cast(pl.String) if name else pl.lit(None, pl.String)).alias(f"§{level}")
        for level, name in asked.items()
    ]
    found = facts.select("date", pl.col(amount).alias(AMOUNT), *kept, *own)
    for levels in told:
        found = _on_axis(found, quotas, levels)
    return found.drop([f"§{level}" for level in asked])


def _on_axis(facts: pl.DataFrame, quotas: Quotas, levels: Sequence[str]) -> pl.DataFrame:
    """The levels of one axis: by the id of the leaf, else as far as the fact names its place."""
    leaf = levels[-1]
    paths = quotas.frame.select(levels).unique(leaf, keep="first", maintain_order=True)
    paths = paths.with_columns(pl.lit(value=True).alias(_HIT))
    met = facts.join(paths, left_on=f"§{leaf}", right_on=leaf, how="left", maintain_order="left")
    told = [
        pl.when(pl.col(_HIT)).then(pl.col(level)).otherwise(_known(quotas, level)).alias(level)
        for level in levels[:-1]
    ]
    stays = pl.col(f"§{leaf}").fill_null(UNASSIGNED).alias(leaf)
    return met.with_columns(*told, stays).drop(_HIT)


def _known(quotas: Quotas, level: str) -> pl.Expr:
    """What the fact says of a level above, where the plan has such a member; by id or by name."""
    names = quotas.names[level]
    ids = {plain(text): one for one, name in names.items() for text in (name, one)}
    said = {text: ids[plain(text)] for text in (*names, *names.values())}
    return pl.col(f"§{level}").replace_strict(said, default=UNASSIGNED, return_dtype=pl.String)
