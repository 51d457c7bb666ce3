"""Read what a request names, through the intake."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.request import DecomposeRequest, Dimensions, Level, read_pairs
from quotaloom.warehouse.intake.facts import Facts, IntakeRequest, Join, read_facts
from quotaloom.warehouse.intake.frame_facts import facts_of_frame
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from quotaloom.core.model.periods import FiscalCalendar


@dataclass(frozen=True)
class Read:
    """The facts and the dimensions that they have."""

    facts: Facts
    dimensions: Dimensions

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that make a tuple: codes of levels and members of trees, no names."""
        codes = [level.code for group in self.dimensions.levels for level in group]
        return (*codes, *(tree.member for tree in self.dimensions.trees))

    @property
    def names(self) -> dict[str, str]:
        """The name column of each code column that has one."""
        levels = [level for group in self.dimensions.levels for level in group]
        return {level.code: level.name for level in levels if level.name}

    def about(self) -> dict[str, str]:
        """What was read, for the trace."""
        files = "; ".join(
            f"{one.file} {one.sheet} ({one.used}/{one.rows}) sha256:{one.sha256[:16]}".replace(
                "  ", " "
            )
            for one in self.facts.sources
        )
        return {
            "columns": "; ".join(f"{k}={v}" for k, v in self.facts.chosen.items()),
            "read": files,
        }


def read_request(
    request: DecomposeRequest, dimensions: Dimensions, calendar: FiscalCalendar
) -> Read:
    """The facts of the request; without ``by`` and ``tree`` the recognised columns are nested."""
    dated = request.weights is None
    if isinstance(request.facts, pl.DataFrame):
        facts = facts_of_frame(
            request.facts, _intake(request, (), dimensions, calendar, dated=dated)
        )
    else:
        files = request.facts if request.weights is None else (request.weights,)
        if not files:
            raise UsageRefused([error("decompose.no_files")])
        facts = read_facts(_intake(request, files, dimensions, calendar, dated=dated))
    if dimensions.columns:
        return Read(facts, dimensions)
    if not facts.candidates:
        raise UsageRefused([error("decompose.no_dimension")])
    groups = tuple(tuple(Level(c) for c in chain) for chain in nested(facts))
    return Read(facts, Dimensions(groups, (), facts.candidates))


def _intake(
    request: DecomposeRequest,
    files: tuple[Path, ...],
    dimensions: Dimensions,
    calendar: FiscalCalendar,
    *,
    dated: bool,
) -> IntakeRequest:
    raw = RawOptions(
        sheet=request.sheet,
        header_row=request.header_row,
        delimiter=request.delimiter,
        encoding=request.encoding,
        hidden_rows=request.hidden_rows,
        fill_down=request.fill_down,
    )
    return IntakeRequest(
        files=files,
        columns=dimensions.columns,
        date=request.date if dated else None,
        amount=request.amount,
        dated=dated,
        joins=tuple(read_join(text) for text in request.join),
        where=request.where,
        aliases=read_pairs(request.alias),
        subtotals=request.subtotals,
        raw=raw,
        date_order=request.date_order,
        calendar=calendar,
    )


def read_join(text: str) -> Join:
    """Read ``FILE on left=right [as alias]``; the file's name may hold blanks."""
    file, mark, rest = text.rpartition(" on ")
    keys, _, alias = rest.partition(" as ")
    left, equals, right = keys.partition("=")
    if not (mark and equals and left.strip() and right.strip()):
        raise UsageRefused([error("join.unreadable", text)])
    return Join(Path(file.strip()), left.strip(), right.strip(), alias.strip() or None)


def nested(facts: Facts) -> list[list[str]]:
    """Recognised columns as hierarchies: a column joins the one whose last level it determines.

    Columns go from few members to many, ties by name.
    """
    frame = facts.frame.select(facts.candidates).unique()
    sizes = {column: frame[column].n_unique() for column in facts.candidates}
    chains: list[list[str]] = []
    for column in sorted(facts.candidates, key=lambda c: (sizes[c], c)):
        home = next((chain for chain in chains if _nests(frame, column, chain[-1], sizes)), None)
        if home is None:
            chains.append([column])
        else:
            home.append(column)
    return chains


def _nests(frame: pl.DataFrame, column: str, parent: str, sizes: dict[str, int]) -> bool:
    if sizes[parent] >= sizes[column] or sizes[parent] < 2:
        return False
    return frame.select(column, parent).unique().height == sizes[column]
