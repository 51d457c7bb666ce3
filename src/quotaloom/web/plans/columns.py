"""The columns that the files of a draft have, as they may be typed, and guesses among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.wish_text import quoted
from quotaloom.web.plans.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotaloom.cycle.inspect import Look
    from quotaloom.web.plans.models import DraftFile

FACTS: Final = "facts"
ABOVE: Final = ("parent", "manager", "superior", "boss", "上级", "父级", "直属上级", "主管")


@dataclass(frozen=True, slots=True)
class Columns:
    """Headers by the table that has them, facts first, and what else the form offers of files.

    ``shelves`` has each table's columns as they may be typed: with the table before them where
    another table has the same header.
    """

    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shelves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All columns as they may be typed."""
        return tuple(name for names in self.shelves.values() for name in names)

    @property
    def facts(self) -> tuple[str, ...]:
        """The headers of the first file of past orders."""
        return self.tables.get(FACTS, ())


def columns_of(files: Sequence[tuple[DraftFile, Look]]) -> Columns:
    """The columns of all files that are read as tables."""
    first = {
        role: next((look for file, look in files if file.role == role), None)
        for role in (Role.FACTS, Role.WEIGHTS)
    }
    facts, weights = first[Role.FACTS], first[Role.WEIGHTS]
    base = weights or facts  # what tables are joined to
    tables = {FACTS: base.headers} if base else {}
    joined = [(file, look) for file, look in files if file.is_joined]
    tables |= {file.alias: look.headers for file, look in joined}
    return Columns(
        tables,
        _typed(tables, {_echo(file) for file, _ in joined}),
        weights.headers if weights else (),
        facts.sheets if facts else (),
    )


def _echo(file: DraftFile) -> tuple[str, str]:
    """The right side of a join, where it repeats the left one's name."""
    return (file.alias, file.right) if file.left.partition(".")[2] == file.right else ("", "")


def _typed(
    tables: Mapping[str, Sequence[str]], echoes: set[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    own = {
        table: [header for header in headers if (table, header) not in echoes]
        for table, headers in tables.items()
    }
    count = Counter(header for headers in own.values() for header in headers)
    return {
        table: tuple(quoted(one if count[one] == 1 else f"{table}.{one}") for one in headers)
        for table, headers in own.items()
    }


def guess_tree(columns: Columns) -> tuple[str, str] | None:
    """A member column and the column of its superior in the same table, by their names."""
    pairs = (pair for headers in columns.tables.values() for pair in _above(headers))
    return next(((quoted(member), quoted(above)) for member, above in pairs), None)


def _above(headers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Columns that are called like another with a word for superior before it."""
    plain = {header.lower().replace(" ", "").replace("_", ""): header for header in headers}
    called = [(plain.get(text.removeprefix(word)), plain[text]) for text in plain for word in ABOVE]
    return ((member, above) for member, above in called if member and member != above)
