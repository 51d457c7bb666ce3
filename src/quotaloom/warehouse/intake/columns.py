"""Columns by the names that people write: exact, then loosely, then by the words of the field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.names import nearest_names
from quotaloom.warehouse.intake.aliases import headline, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FACTS: Final = "facts"
_HEADERS_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the facts (``table`` is ``facts``) or of a joined table, by its own header."""

    table: str
    header: str

    @property
    def qualified(self) -> str:
        """The name that no other column has."""
        return f"{self.table}.{self.header}"


@dataclass(frozen=True, slots=True)
class Shelves:
    """The headers of the facts and of each joined table, facts first.

    ``echoes`` are right sides of joins that repeat a column of the same name on the left.
    """

    file: str
    tables: Mapping[str, Sequence[str]]
    echoes: frozenset[Heading] = field(default_factory=frozenset)

    def find(self, name: str) -> Heading | Finding:
        """The one column of this name, written ``Column`` or ``alias.Column``; units may differ.

        A column that several tables have is refused with its qualified names, one that none has
        with the three nearest.
        """
        tries = (self._exact, self._qualified, self._loose, self._without_unit)
        for hits in (attempt(name) for attempt in tries):
            own = [hit for hit in hits if hit not in self.echoes] or hits
            if len(own) == 1:
                return own[0]
            if own:
                choices = ", ".join(hit.qualified for hit in own)
                return error("intake.column_ambiguous", name, file=self.file, choices=choices)
        return self.missing(name)

    def missing(self, name: str) -> Finding:
        """The refusal of a name: what there is, and the three nearest."""
        headers = [header for headers in self.tables.values() for header in headers]
        near = nearest_names(name, headers)
        return error(
            "intake.column_missing",
            name,
            file=self.file,
            found=listed(headers),
            nearest=", ".join(near),
        )

    def _exact(self, name: str) -> list[Heading]:
        return [Heading(table, name) for table, headers in self.tables.items() if name in headers]

    def _qualified(self, name: str) -> list[Heading]:
        return [
            hit
            for table, headers in self.tables.items()
            if name.startswith(f"{table}.")
            for hit in _within(table, headers, name.removeprefix(f"{table}."))
        ]

    def _loose(self, name: str) -> list[Heading]:
        return [
            Heading(table, header)
            for table, headers in self.tables.items()
            for header in headers
            if plain(header) == plain(name)
        ]

    def _without_unit(self, name: str) -> list[Heading]:
        return [
            Heading(table, header)
            for table, headers in self.tables.items()
            for header in headers
            if headline(header).name == headline(name).name
        ]


def _within(table: str, headers: Sequence[str], name: str) -> list[Heading]:
    if name in headers:
        return [Heading(table, name)]
    return [Heading(table, header) for header in headers if plain(header) == plain(name)]


def recognise(
    headers: Sequence[str], tiers: Sequence[frozenset[str]], *, flag: str, file: str
) -> str | Finding:
    """The header that the field's words name best; two equal ones are refused, naming the flag."""
    for tier in tiers:
        hits = [header for header in headers if headline(header).name in tier]
        if len(hits) == 1:
            return hits[0]
        if hits:
            return error("intake.column_unclear", flag, file=file, choices=", ".join(hits))
    return error("intake.column_unknown", flag, file=file, found=listed(headers))


def listed(headers: Sequence[str]) -> str:
    """Headers for a message: the first 40, and how many more there are."""
    more = len(headers) - _HEADERS_SHOWN
    return ", ".join(headers[:_HEADERS_SHOWN]) + (f" … (+{more})" if more > 0 else "")
