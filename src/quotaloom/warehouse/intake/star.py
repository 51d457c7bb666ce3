"""The facts of one file with the tables joined to it, each column read through its join."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.warehouse.intake.coded import Coded, as_is, coded, is_varied
from quotaloom.warehouse.intake.columns import FACTS, Heading
from quotaloom.warehouse.intake.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.warehouse.intake.raw_table import RawTable


@dataclass(frozen=True, slots=True)
class Star:
    """``links`` gives each fact the 0-based row of each joined table; null where it has none."""

    tables: Mapping[str, RawTable]
    rows: pl.Series
    frame: pl.DataFrame
    links: Mapping[str, pl.Series] = field(default_factory=dict)
    _coded: dict[Heading, Coded] = field(default_factory=dict)
    _texts: dict[Heading, Coded] = field(default_factory=dict)

    def column(self, heading: Heading) -> pl.Series:
        """The column's cells, one a fact."""
        if heading.table == FACTS:
            return self.frame[heading.header]
        column = self.tables[heading.table].frame[heading.header]
        return column.gather(self.links[heading.table])

    def coded(self, heading: Heading) -> Coded:
        """The column's distinct texts and their codes; kept, for several rules ask."""
        if heading not in self._coded:
            self._coded[heading] = self._code(heading)
        return self._coded[heading]

    def texts(self, heading: Heading) -> Coded:
        """The column for rules that ask each text alone: as it stands where most texts differ."""
        if heading not in self._texts:
            column = self.column(heading)
            is_known = heading in self._coded or not is_varied(column)
            self._texts[heading] = self.coded(heading) if is_known else as_is(column)
        return self._texts[heading]

    def prime(self, headings: Sequence[Heading]) -> None:
        """Code text columns of the facts side by side, which takes all processors."""
        texts = [
            one.header
            for one in dict.fromkeys(headings)
            if one.table == FACTS
            and one not in self._coded
            and self.frame.schema[one.header] == pl.String
        ]
        for column in self.frame.select(pl.col(texts).cast(pl.Categorical)):
            self._coded[Heading(FACTS, column.name)] = coded(column)

    def place(self, heading: Heading) -> Place:
        """Where the column's cells stand, in the file that holds them."""
        table = self.tables[heading.table]
        letter = table.letters[table.headers.index(heading.header)]
        rows = self.rows
        if heading.table != FACTS:
            rows = table.rows.gather(self.links[heading.table])
        return Place(table.file, table.sheet, letter, heading.header, rows)

    def linked(self, name: str, link: pl.Series) -> Star:
        """The star with one more table's rows found."""
        return replace(self, links={**self.links, name: link})

    def kept(self, keep: pl.Series) -> Star:
        """Only the facts kept."""
        return Star(
            self.tables,
            self.rows.filter(keep),
            self.frame.filter(keep),
            {name: link.filter(keep) for name, link in self.links.items()},
            {heading: column.filter(keep) for heading, column in self._coded.items()},
        )

    def _code(self, heading: Heading) -> Coded:
        if heading.table == FACTS:
            return coded(self.frame[heading.header])
        small = coded(self.tables[heading.table].frame[heading.header])
        return Coded(small.texts, small.codes.gather(self.links[heading.table]))
