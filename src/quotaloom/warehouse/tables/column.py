"""What a kind of facts is made of: columns that know their values and the headers they go by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from quotaloom.warehouse.intake.aliases import headline, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = Literal["day", "money", "quantity", "rate", "code", "member", "choice", "text"]

TYPES: Final[dict[Value, pl.DataType]] = {
    "day": pl.Date(),
    "money": pl.Int64(),
    "quantity": pl.Int64(),
    "rate": pl.Int64(),
    "code": pl.String(),
    "member": pl.String(),
    "choice": pl.String(),
    "text": pl.String(),
}
RATE_SCALE: Final = 10**6


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is stored under ``name``.

    ``day``: a date. ``money`` and ``quantity``: whole 1/10,000. ``rate``: whole 1/1,000,000 of the
    whole, from 0 to 1. ``code``: a number by which one thing is known, null where blank.
    ``member``: of a dimension, 未归属 where blank. ``choice``: one of ``choices``, which maps what
    is stored to the words for it. ``text``: as written. ``also`` are further headers, by ``|``.
    ``least``, in units of the column, refuses smaller figures.
    """

    name: str
    value: Value
    zh: str
    en: str
    also: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    least: int | None = None

    @property
    def title(self) -> str:
        """Its header in both languages, for a reader of either."""
        return f"{self.zh} {self.en}"

    def words(self) -> tuple[str, ...]:
        """The headers that mean this column, plain, the surest first."""
        names = (self.zh, self.en, self.name, *self.also.split("|"))
        return tuple(dict.fromkeys(plain(name) for name in names if name))

    def choice_of(self, text: str) -> str | None:
        """What is stored for a written choice; None where it is none."""
        word = plain(text)
        for stored, words in self.choices.items():
            if word in {plain(one) for one in (stored, *words.split("|"))}:
                return stored
        return None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facts, stored as the dataset of its name.

    ``key`` is what an upsert knows a row by. Of each group in ``needs`` (columns by ``|``) a file
    has at least one, filled in every row that fills no other of the group.
    """

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    needs: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of a stored name. Raises KeyError where there is none."""
        return {one.name: one for one in self.columns}[name]

    def schema(self) -> dict[str, pl.DataType]:
        """The type of each stored column, in the order declared."""
        return {one.name: TYPES[one.value] for one in self.columns}

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of ``needs``."""
        return tuple(tuple(one.split("|")) for one in self.needs)

    def recognised(self, header: str) -> tuple[Column, int] | None:
        """The column that a header names, and how sure that is: 0 is its own title."""
        word = headline(header).name
        ranked = [
            (one.words().index(word), place)
            for place, one in enumerate(self.columns)
            if word in one.words()
        ]
        if not ranked:
            return None
        rank, place = min(ranked)
        return self.columns[place], rank
