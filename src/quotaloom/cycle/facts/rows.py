"""The rows of an import: read by the columns of their kind, or as dates, amounts and dimensions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.cycle.request import read_pairs
from quotaloom.warehouse.batches.entry import in_force
from quotaloom.warehouse.intake.aliases import DIMENSIONS, headline
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.reader import TableRequest, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.intake.mend import Mend
    from quotaloom.warehouse.tables.column import Kind
    from quotaloom.warehouse.tables.reader import Step


@dataclass(frozen=True, slots=True)
class Rows:
    """Checked rows, the key by which they meet what is there, and the mapping that was settled.

    ``headers`` gives the header of each column in the files, where it is not its own name;
    ``faults`` are those of rows that were left out, ``mended`` the cells that were put right.
    """

    frame: pl.DataFrame
    key: tuple[str, ...]
    mapping: Mapping[str, str]
    findings: tuple[Finding, ...]
    members: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    mended: tuple[Mend, ...] = ()


def read_rows(request: ImportRequest, entries: Iterable[Entry], step: Step) -> Rows:
    """Read the files. Raises UsageRefused or DataRefused with everything that is wrong."""
    kind = KINDS.get(request.into)
    return _plain(request) if kind is None else _of_kind(request, kind, entries, step)


def read_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Read ``header=column`` texts; without a column the header is left out.

    Raises UsageRefused with every text that has no ``=``.
    """
    wrong = [error("tables.map_unreadable", text) for text in texts if "=" not in text]
    if wrong:
        raise UsageRefused(wrong)
    pairs = (text.rpartition("=") for text in texts)
    return {header.strip(): column.strip() for header, _, column in pairs}


def remembered(entries: Iterable[Entry], dataset: str, source: str) -> dict[str, str]:
    """The columns of headers that people settled for files of a source; the last word counts."""
    found: dict[str, str] = {}
    for entry in in_force(entries, dataset):
        if entry.source == source:
            found.update(entry.mapping)
    return found


def _of_kind(request: ImportRequest, kind: Kind, entries: Iterable[Entry], step: Step) -> Rows:
    before = remembered(entries, kind.name, request.source)
    named = read_mapping(request.map)
    table = read_table(
        TableRequest(
            files=request.files,
            kind=kind,
            named=before | named,
            aliases=read_pairs(request.alias),
            subtotals=request.subtotals,
            raw=request.raw(),
            date_order=request.date_order,
            decimal_mark=request.decimal_mark,
            calendar=request.calendar(),
            valid_only=request.valid_only,
        ),
        step,
    )
    key, told = _key(request, kind, table.headers)
    told += [
        info("tables.mapping_remembered", header, column=column)
        for header, column in before.items()
        if column and header not in named
    ]
    members = tuple(
        name for name, of in table.frame.schema.items() if isinstance(of, pl.Categorical)
    )
    return Rows(
        table.frame,
        key,
        before | named,
        (*table.findings, *told, *_unmet(request.mends, table.mended)),
        members,
        table.headers,
        table.faults,
        table.mended,
    )


def _unmet(mends: Iterable[Mend], mended: Iterable[Mend]) -> list[Finding]:
    """A warning for each mend that meets no cell of the table as it is read now."""
    met = {one.cell for one in mended}
    return [
        warning("tables.mend_unmet", one.new, file=one.file, row=one.row, column=one.column)
        for one in mends
        if one.cell not in met
    ]


def _key(
    request: ImportRequest, kind: Kind, headers: Mapping[str, str]
) -> tuple[tuple[str, ...], list[Finding]]:
    """What a row is known by: as asked, else the key of the kind as far as the files have it."""
    if request.key or request.append or request.replace:
        return request.key, []
    have = tuple(name for name in kind.key if name in headers)
    if not have or have[0] != kind.key[0]:
        lacking = " + ".join(kind.column(name).title for name in kind.key if name not in have)
        return (), [warning("tables.no_key", kind.name, columns=lacking)]
    said = " + ".join(headers[name] for name in have)
    return have, [info("tables.by_key", kind.name, columns=said)]


def _plain(request: ImportRequest) -> Rows:
    if request.valid_only:
        raise UsageRefused([error("tables.valid_only_kind", request.into)])
    headers = open_file(request.files[0], request.raw()).headers
    taken = {request.date, request.amount}
    known = [one for one in headers if headline(one).name in DIMENSIONS[0] and one not in taken]
    columns = tuple(dict.fromkeys((*known, *request.key, *request.column)))
    facts = read_facts(
        IntakeRequest(
            files=request.files,
            columns=columns,
            date=request.date,
            amount=request.amount,
            where=request.where,
            aliases=read_pairs(request.alias),
            subtotals=request.subtotals,
            raw=request.raw(),
            date_order=request.date_order,
            decimal_mark=request.decimal_mark,
            calendar=request.calendar(),
            traced=True,
        )
    )
    return Rows(facts.frame, request.key, {}, facts.findings, columns)
