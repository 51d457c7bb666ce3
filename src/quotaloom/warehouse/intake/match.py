"""How the rows of files would meet the tables joined to them, told before anything is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.warehouse.intake.aliases import plain
from quotaloom.warehouse.intake.columns import FACTS
from quotaloom.warehouse.intake.join import Misses, count_misses, find_links, hang, open_joins
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.star import Star

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.join import Joined
    from quotaloom.warehouse.intake.raw_table import RawTable
    from quotaloom.warehouse.intake.request import IntakeRequest, Join

DOUBLE: Final = "join.double_key"
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What one join finds, over all files: ``rows`` in all, of them ``matched`` and ``blank``.

    ``unknown`` counts the distinct keys that the table does not have, ``examples`` are the most
    frequent of them with their rows, ``double`` counts keys that stand in several of its rows.
    """

    rows: int
    matched: int
    blank: int = 0
    unknown: int = 0
    examples: tuple[tuple[str, int], ...] = ()
    double: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def unmatched(self) -> int:
        """Rows whose key the table does not have."""
        return self.rows - self.matched - self.blank


def match_joins(request: IntakeRequest) -> dict[str, Match]:
    """Each join's match, by its name; one that cannot be made says why in its findings.

    Rows are counted before any filter. A file that cannot be read counts none.
    """
    joined, refused = _opened(request)
    misses: dict[str, Misses] = {}
    faults: dict[str, tuple[Finding, ...]] = {}
    rows = 0
    for path in request.files:
        try:
            rows += _counted(request, path, joined, misses, faults)
        except DataRefused:
            continue
    found = {name: _match(rows, one) for name, one in misses.items()}
    for name, told in (faults | refused).items():
        double = sum(int(one.params["count"]) for one in told if one.code == DOUBLE)
        found[name] = Match(rows, 0, double=double, findings=told)
    return found


def guess_keys(tables: Mapping[str, Sequence[str]], right: RawTable) -> tuple[str, str] | None:
    """A column there (qualified) and one of the table with the same name, that could join them.

    A column whose values differ from row to row goes before others; then the order of the table,
    then the order of ``tables``. None where no name is shared.
    """
    shared = [
        (f"{table}.{left}", header)
        for header in right.headers
        for table, headers in tables.items()
        for left in headers
        if plain(left) == plain(header)
    ]
    keys = [pair for pair in shared if _is_key(right.frame[pair[1]])]
    return next(iter([*keys, *shared]), None)


def _is_key(column: pl.Series) -> bool:
    filled = column.drop_nulls()
    return len(filled) > 0 and filled.n_unique() == len(filled)


def _opened(request: IntakeRequest) -> tuple[list[Joined], dict[str, tuple[Finding, ...]]]:
    """The joined tables that can be read, and why the others cannot."""
    options = replace(request.raw, sheet=None, header_row=None)
    names = [*request.columns, *(join.left for join in request.joins)]
    joined: list[Joined] = []
    refused: dict[str, tuple[Finding, ...]] = {}
    for join in request.joins:
        try:
            joined += open_joins(_beside(join, joined), options, names)[-1:]
        except (DataRefused, UsageRefused) as refusal:
            refused[join.name] = tuple(refusal.findings)
    return joined, refused


def _beside(join: Join, joined: Sequence[Joined]) -> list[Join]:
    """The join, after an earlier one of the same name, so that it is refused as a run would."""
    return [*(one.join for one in joined if one.join.name == join.name), join]


def _counted(
    request: IntakeRequest,
    path: Path,
    joined: Sequence[Joined],
    misses: dict[str, Misses],
    faults: dict[str, tuple[Finding, ...]],
) -> int:
    """Count what the joins miss in one file; how many rows it has."""
    opened = open_file(path, request.raw)
    _, links, missing = find_links(joined, opened.headers, opened.file)
    linked = {link.name for link in links}
    for one in joined:
        if one.join.name not in linked:
            told = tuple(fault for fault in missing if fault.subject == one.join.left)
            faults.setdefault(one.join.name, told)
    raw = opened.load([link.left.header for link in links if link.left.table == FACTS])
    star = Star({FACTS: raw, **{one.join.name: one.table for one in joined}}, raw.rows, raw.frame)
    for link in links:
        star = hang(star, link, request.aliases)
        count_misses(star, misses.setdefault(link.name, Misses(link)))
    return len(raw.rows)


def _match(rows: int, misses: Misses) -> Match:
    often = sorted(misses.unmatched.items(), key=lambda pair: (-pair[1], pair[0]))
    return Match(
        rows,
        rows - misses.blank - misses.unmatched.total(),
        misses.blank,
        len(often),
        tuple(often[:SHOWN]),
    )
