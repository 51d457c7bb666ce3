"""Names of members: cleaned, counted, and refused where a program has already spoilt them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.findings import Finding, info, warning
from quotaloom.warehouse.intake.name_text import cleaned, folded, visible
from quotaloom.warehouse.intake.place import cell_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotaloom.warehouse.intake.coded import Coded
    from quotaloom.warehouse.intake.place import Place

UNASSIGNED: Final = "未归属"
_SPOILT: Final = {
    "intake.error_cell": r"^\s*#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!)\s*$",
    "intake.precision_lost": r"^\s*[+-]?[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2,3}\s*$",
}
_ALIKE_SHOWN: Final = 20


@dataclass(slots=True)
class Tally:
    """What was met in one dimension column over all files."""

    changed: Counter[tuple[str, str]] = field(default_factory=Counter)
    aliased: Counter[tuple[str, str]] = field(default_factory=Counter)
    blank: int = 0
    names: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.String))

    def take(self, others: Sequence[Tally]) -> None:
        """Add what was met in further rows of the column."""
        for other in others:
            self.changed.update(other.changed)
            self.aliased.update(other.aliased)
            self.blank += other.blank
        self.names = pl.concat([self.names, *(other.names for other in others)]).unique()

    def findings(self, header: str) -> list[Finding]:
        """What was changed, counted as cells; names that differ only in what nobody sees."""
        found: list[Finding] = []
        if self.changed:
            (before, after), _ = min(self.changed.items(), key=lambda pair: (-pair[1], pair[0]))
            cells, names = self.changed.total(), len(self.changed)
            example = {"example": visible(before), "name": after}
            found.append(
                info("intake.members_cleaned", header, count=cells, names=names, **example)
            )
        if self.blank:
            found.append(warning("intake.members_blank", header, count=self.blank, name=UNASSIGNED))
        return found + _alike(self.names, header)


def read_members(
    column: Coded, aliases: Mapping[str, str], place: Place, tally: Tally
) -> tuple[pl.Series, list[Finding]]:
    """The names of a column, blanks as 未归属, and an error for each cell that is spoilt.

    The names are categories, a whole number a row. Adds to the tally, which speaks once for all
    files.
    """
    texts, counts = column.texts, column.counts()
    names = cleaned(texts)
    final = names.replace(list(aliases), list(aliases.values())) if aliases else names
    blank = (names == "").to_numpy()
    tally.blank += column.blanks() + int(counts[blank].sum())
    _count(tally.changed, texts, names, np.where(blank, 0, counts))
    _count(tally.aliased, names, final, counts)
    met = final.filter(pl.Series(~blank & (counts > 0)))
    tally.names = pl.concat([tally.names, met]).unique()
    found = spoilt(column, place)
    if not column.blanks() and not blank.any() and (final == texts).all():
        return column.spread(texts.cast(pl.Categorical)), found
    known = pl.select(pl.when(pl.Series(~blank)).then(final).otherwise(pl.lit(UNASSIGNED)))
    values = column.spread(known.to_series().cast(pl.Categorical))
    return (values.fill_null(UNASSIGNED) if values.null_count() else values), found


def _count(
    into: Counter[tuple[str, str]], before: pl.Series, after: pl.Series, counts: np.ndarray
) -> None:
    """Add the cells of each text that became another one."""
    for index in (before != after).arg_true().to_list():
        if counts[index]:
            into[(before[index], after[index])] += int(counts[index])


def spoilt(column: Coded, place: Place) -> list[Finding]:
    """An error for each cell that holds an error of Excel or a number that lost its digits."""
    found: list[Finding] = []
    if not column.texts.str.contains("[#+]").any():
        return found
    for code, pattern in _SPOILT.items():
        bad = column.texts.str.contains(pattern)
        if bad.any():
            found += cell_errors(place, column.spread(bad), column.rows(), code=code)
    return found


def _alike(names: pl.Series, header: str) -> list[Finding]:
    """Names that are the same without width, case, spaces and leading zeros: perhaps one thing."""
    keys = folded(names)
    pairs = (
        pl.DataFrame({"key": keys, "name": names})
        .filter(keys.is_duplicated())
        .group_by("key")
        .agg(pl.col("name").sort())
        .sort("key")
    )["name"].to_list()
    found = [
        warning("intake.members_alike", header, first=group[0], second=group[1], count=len(group))
        for group in pairs[:_ALIKE_SHOWN]
    ]
    if len(pairs) > _ALIKE_SHOWN:
        found.append(warning("intake.members_alike_more", header, count=len(pairs) - _ALIKE_SHOWN))
    return found


def alias_findings(tallies: Iterable[Tally], aliases: Mapping[str, str]) -> list[Finding]:
    """How many cells each alias renamed, over all columns; an alias that met nothing is named."""
    used: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        used.update(tally.aliased)
    return [
        info("intake.alias_applied", old, name=new, count=used[(old, new)])
        if used[(old, new)]
        else warning("intake.alias_unused", old, name=new)
        for old, new in aliases.items()
    ]
