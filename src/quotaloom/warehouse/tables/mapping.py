"""Which header of a file is which column of a kind: named, remembered, known by its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.findings import Finding, error, info
from quotaloom.core.model.names import edits
from quotaloom.warehouse.intake.aliases import DIMENSIONS, headline
from quotaloom.warehouse.intake.columns import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.warehouse.tables.column import Column, Kind

LEFT_OUT: Final = ""  # the column of a header that somebody said to leave out
_SIGNS_AN_EDIT: Final = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """The header of each column, the dimensions kept beside them, and the headers left out."""

    headers: Mapping[str, str]
    kept: tuple[str, ...]
    left: tuple[str, ...]
    findings: tuple[Finding, ...]


def choose_columns(
    kind: Kind, headers: Sequence[str], named: Mapping[str, str], file: str
) -> Chosen:
    """Find the columns; ``named`` gives the column of headers that a person settled.

    A header of a field's dimension that the kind does not declare is kept under its own name. Two
    headers that name one column equally well are refused, and so is what the kind needs and nobody
    has, with the headers that come near it.
    """
    free = [one for one in headers if one not in named]
    taken, faults = _named(kind, headers, named, file)
    for column in kind.columns:
        if column.name in taken:
            continue
        ranked = sorted((known[1], one) for one in free if (known := _known(kind, column, one)))
        best = [one for rank, one in ranked if rank == ranked[0][0]]
        if len(best) > 1:
            choices = ", ".join(best)
            faults.append(error("tables.two_headers", column.title, file=file, choices=choices))
        elif best:
            taken[column.name] = best[0]
    used = set(taken.values())
    rest = [one for one in free if one not in used]
    kept = tuple(one for one in rest if headline(one).name in DIMENSIONS[0])
    left = tuple(one for one in rest if one not in kept)
    faults += _missing(kind, taken, headers, left, file)
    told = [info("tables.columns_left", file=file, headers=listed(left))] if left else []
    return Chosen(taken, kept, left, (*faults, *told))


def suggestion(kind: Kind, header: str, taken: Mapping[str, str]) -> Column | None:
    """The free column whose words come nearest to a header: an edit for three signs at most."""
    word = headline(header).name
    found = [
        (edits(word, other), place)
        for place, column in enumerate(kind.columns)
        if column.name not in taken
        for other in column.words()
        if edits(word, other) * _SIGNS_AN_EDIT <= len(word)
    ]
    return kind.columns[min(found)[1]] if found else None


def _named(
    kind: Kind, headers: Sequence[str], named: Mapping[str, str], file: str
) -> tuple[dict[str, str], list[Finding]]:
    """What a person settled, as far as this file has the headers and the kind the columns."""
    taken: dict[str, str] = {}
    faults = []
    columns = [one.name for one in kind.columns]
    for header, column in named.items():
        if header not in headers or column == LEFT_OUT:
            continue
        if column not in columns:
            faults.append(error("tables.no_column", column, file=file, found=", ".join(columns)))
        elif column in taken:
            choices = f"{taken[column]}, {header}"
            faults.append(error("tables.two_headers", column, file=file, choices=choices))
        else:
            taken[column] = header
    return taken, faults


def _known(kind: Kind, column: Column, header: str) -> tuple[Column, int] | None:
    """How sure a header means this column, None where it means another one or none."""
    found = kind.recognised(header)
    return found if found and found[0] is column else None


def _missing(
    kind: Kind, taken: Mapping[str, str], headers: Sequence[str], left: Sequence[str], file: str
) -> list[Finding]:
    """A refusal for each group of which the file has nothing."""
    faults = []
    for group in kind.groups():
        if any(name in taken for name in group):
            continue
        wanted = " / ".join(kind.column(name).title for name in group)
        near = [one for one in left if (hit := suggestion(kind, one, taken)) and hit.name in group]
        params = {"found": listed(headers), "near": ", ".join(near) or "—", "column": group[0]}
        faults.append(error("tables.column_missing", wanted, file=file, **params))
    return faults
