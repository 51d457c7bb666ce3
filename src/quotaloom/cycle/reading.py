"""Read what a request names, through the intake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.allocation.wish_text import quoted
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, info
from quotaloom.cycle.progress import silent
from quotaloom.cycle.request import (
    DecomposeRequest,
    Dimensions,
    Level,
    read_join,
    read_pairs,
)
from quotaloom.cycle.weighing import terms_of, weighed
from quotaloom.warehouse.intake.facts import Facts, IntakeRequest, Join, read_facts
from quotaloom.warehouse.intake.frame_facts import facts_of_frame
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.periods import FiscalCalendar
    from quotaloom.cycle.progress import Progress


@dataclass(frozen=True)
class Read:
    """The facts and the dimensions that they have; with undated weights also the dated facts.

    ``dated`` gives the season and last year's amount where ``facts`` are weights without dates.
    """

    facts: Facts
    dimensions: Dimensions
    joins: tuple[Join, ...] = ()
    dated: Facts | None = None
    found: tuple[Finding, ...] = ()

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

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found while reading.

        A code without a name counts under its code, so that its blank name is no loss.
        """
        season = self.dated.findings if self.dated else ()
        labels = self.names.values()
        told = [
            one for one in self.facts.findings if not _is_blank(one) or one.subject not in labels
        ]
        return (*told, *season, *self.found)

    def about(self) -> dict[str, str]:
        """What was read, for the trace."""
        chosen = "; ".join(f"{role}={header}" for role, header in self.facts.chosen.items())
        told = {"columns": chosen, "read": _sources(self.facts)}
        return told | ({"season_read": _sources(self.dated)} if self.dated else {})


def _is_blank(finding: Finding) -> bool:
    return finding.code == "intake.members_blank"


def _sources(facts: Facts) -> str:
    """Each file with its sheet, the rows used of all rows, and the start of its digest."""
    lines = [
        (
            one.file,
            one.sheet,
            f"({one.used}/{one.rows})",
            one.sha256 and f"sha256:{one.sha256[:16]}",
        )
        for one in facts.sources
    ]
    return "; ".join(" ".join(filter(None, line)) for line in lines)


def read_request(
    request: DecomposeRequest,
    dimensions: Dimensions,
    calendar: FiscalCalendar,
    progress: Progress = silent,
    *,
    traced: bool = False,
) -> Read:
    """The facts of the request; without ``by`` and ``tree`` the recognised columns are nested.

    With ``weights`` those are the facts. Facts given beside them are read for their season only:
    ``where``, ``date`` and ``amount`` speak of the dated facts then, ``join`` of the weights.
    """
    intake = replace(intake_of(request, dimensions, calendar), traced=traced)
    has_facts = isinstance(request.facts, pl.DataFrame) or bool(request.facts)
    if not has_facts and request.weights is None:
        raise UsageRefused([error("decompose.no_files")])
    dated = None
    if request.weights is None:
        facts = _read(request.facts, intake, progress)
    else:
        amount = request.weight_column or (None if has_facts else request.amount)
        undated = replace(intake, dated=False, date=None, amount=amount)
        if has_facts:
            undated = replace(undated, where=None)
            bare = replace(intake, columns=(), joins=(), aliases={})
            dated = _read(request.facts, bare, progress)
        facts = _weights(request.weights, undated, progress)
    if dimensions.columns:
        return Read(facts, dimensions, intake.joins, dated)
    if not facts.candidates:
        raise UsageRefused([error("decompose.no_dimension")])
    chains = nested(facts)
    groups = tuple(tuple(Level(column) for column in chain) for chain in chains)
    shown = " ".join(f'--by "{">".join(quoted(column) for column in chain)}"' for chain in chains)
    said = (info("decompose.dimensions_found", shown),)
    return Read(facts, Dimensions(groups, (), facts.candidates), intake.joins, dated, said)


def _weights(source: Path | pl.DataFrame, intake: IntakeRequest, progress: Progress) -> Facts:
    """The weights of one column, or of the columns of a formula such as potential * share."""
    text = intake.amount or ""
    if text in _headers(source, intake) or len(terms := terms_of(text)) == len(terms[0]) == 1:
        return _read(source, intake, progress)

    def one(column: str) -> Facts:
        return _read(source, replace(intake, amount=column, traced=True), progress)

    return weighed(text, terms, one)


def _headers(source: Path | pl.DataFrame, intake: IntakeRequest) -> Sequence[str]:
    """What a source calls its columns; "" is no formula and no column of any."""
    if not intake.amount:
        return [""]
    if isinstance(source, pl.DataFrame):
        return source.columns
    return open_file(source, intake.raw).headers


def _read(
    source: tuple[Path, ...] | Path | pl.DataFrame, intake: IntakeRequest, progress: Progress
) -> Facts:
    if isinstance(source, pl.DataFrame):
        return facts_of_frame(source, intake)
    files = (source,) if isinstance(source, Path) else source
    return read_facts(replace(intake, files=files), opening=partial(progress, "read"))


def raw_options(request: DecomposeRequest) -> RawOptions:
    """How the request says its files are written."""
    return RawOptions(
        sheet=request.sheet,
        header_row=request.header_row,
        delimiter=request.delimiter,
        encoding=request.encoding,
        hidden_rows=request.hidden_rows,
        fill_down=request.fill_down,
    )


def intake_of(
    request: DecomposeRequest, dimensions: Dimensions, calendar: FiscalCalendar
) -> IntakeRequest:
    """What the request asks of the intake, its files aside."""
    return IntakeRequest(
        files=(),
        columns=dimensions.columns,
        date=request.date,
        amount=request.amount,
        joins=tuple(_join(text) for text in request.join),
        where=_all_of(request.where),
        aliases=read_pairs(request.alias),
        subtotals=request.subtotals,
        raw=raw_options(request),
        date_order=request.date_order,
        decimal_mark=request.decimal_mark,
        zone=request.zone,
        calendar=calendar,
    )


def _all_of(filters: tuple[str, ...]) -> str | None:
    """Several filters as one; a blank one stays a text, so that it is refused."""
    if len(filters) < 2:
        return (filters[0] or " ") if filters else None
    return " and ".join(f"({text})" for text in filters)


def _join(text: str) -> Join:
    file, left, right, alias = read_join(text)
    return Join(Path(file), left, right, alias)


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
