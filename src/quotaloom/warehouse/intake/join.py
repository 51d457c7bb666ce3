"""Many-to-one joins: each fact finds at most one row, so no total can change."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import Finding, error, info, warning
from quotaloom.core.model.names import nearest_names
from quotaloom.warehouse.intake.aliases import plain
from quotaloom.warehouse.intake.coded import Coded, coded
from quotaloom.warehouse.intake.columns import FACTS, Heading, Shelves
from quotaloom.warehouse.intake.members import UNASSIGNED
from quotaloom.warehouse.intake.name_text import clean
from quotaloom.warehouse.intake.opened import with_single_values
from quotaloom.warehouse.intake.place import shown
from quotaloom.warehouse.intake.raw import open_raw

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable
    from quotaloom.warehouse.intake.request import Join
    from quotaloom.warehouse.intake.star import Star

_WHOLE: Final = re.compile(r"[+-]?[0-9]+\.0+")
_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Joined:
    """A table that is joined, read once: ``keys`` maps each key of ``right`` to its 0-based row."""

    join: Join
    table: RawTable
    right: Heading
    keys: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A joined table and the column that its keys are looked up from."""

    joined: Joined
    left: Heading

    @property
    def name(self) -> str:
        """The qualifier of the joined columns."""
        return self.joined.join.name

    @property
    def file(self) -> str:
        """The joined file."""
        return self.joined.table.file


@dataclass(slots=True)
class Misses:
    """What one join did not find, over all files; ``stripped`` is where a key first lacks zeros."""

    link: Link
    unmatched: Counter[str] = field(default_factory=Counter)
    blank: int = 0
    stripped: dict[str, Param] = field(default_factory=dict)

    def zeros(self) -> dict[str, str]:
        """Keys on the right that begin with zeros, by what is left without them."""
        return {name.lstrip("0"): name for name in self.link.joined.keys if name.startswith("0")}


def key(text: str) -> str:
    """A key for comparison: cleaned as names are, and 5.0 as 5."""
    name = clean(text)
    return name.split(".")[0] if _WHOLE.fullmatch(name) else name


def open_joins(joins: Sequence[Join], options: RawOptions, names: Collection[str]) -> list[Joined]:
    """Read the joined files, in order; ``names`` are the columns that the request mentions.

    Raises UsageRefused for a qualifier that is used twice, DataRefused with the faults of all.
    """
    aliases = [FACTS, *(join.name for join in joins)]
    if twice := sorted({alias for alias in aliases if aliases.count(alias) > 1}):
        raise UsageRefused(error("join.alias_twice", alias) for alias in twice)
    opened: list[Joined] = []
    faults: list[Finding] = []
    for join in joins:
        try:
            opened.append(_open(join, options, names))
        except DataRefused as refusal:
            faults += refusal.findings
    if faults:
        raise DataRefused(faults)
    return opened


def _open(join: Join, options: RawOptions, names: Collection[str]) -> Joined:
    table = _table(join, options, names)
    right = Shelves(table.file, {join.name: table.headers}).find(join.right)
    if isinstance(right, Finding):
        raise DataRefused([right])
    return Joined(join, table, right, _keys(table, right))


def _table(join: Join, options: RawOptions, names: Collection[str]) -> RawTable:
    """All columns of a joined file; those mentioned, where something is wrong in the others."""
    file = open_raw(join.file, options)
    try:
        return with_single_values(file.load(None))
    except DataRefused:
        said = {plain(name.split(".")[-1]) for name in (join.right, *names)}
        return file.load([header for header in file.headers if plain(header) in said])


def find_links(
    joined: Sequence[Joined], headers: Sequence[str], file: str
) -> tuple[Shelves, list[Link], list[Finding]]:
    """The left column of every join, and all shelves; a join may hang on an earlier one."""
    shelves = Shelves(file, {FACTS: headers})
    links: list[Link] = []
    faults: list[Finding] = []
    for one in joined:
        left = shelves.find(one.join.left)
        echoes = shelves.echoes
        if isinstance(left, Finding):
            faults.append(left)
        else:
            links.append(Link(one, left))
            echoes |= {one.right} if left.header == one.right.header else set()
        shelves = Shelves(file, {**shelves.tables, one.join.name: one.table.headers}, echoes)
    return shelves, links, faults


def hang(star: Star, link: Link, aliases: Mapping[str, str]) -> Star:
    """Find the row of the joined table for each fact, by the left column."""
    keys = link.joined.keys
    if link.left.table == FACTS:
        return star.linked(link.name, _match(star.coded(link.left), keys, aliases))
    near = coded(star.tables[link.left.table].frame[link.left.header])
    found = _match(near, keys, aliases)
    return star.linked(link.name, found.gather(star.links[link.left.table]))


def count_misses(star: Star, misses: Misses) -> None:
    """Add the facts whose key is blank or unknown on the right."""
    left, lost = star.coded(misses.link.left), star.links[misses.link.name].is_null()
    if not lost.any():
        return
    without = left.filter(lost)
    misses.blank += without.blanks()
    keys = [key(text) for text in without.texts.to_list()]
    for name, count in zip(keys, without.counts().tolist(), strict=True):
        if count:
            misses.unmatched[name] += count
    zeros = misses.zeros()
    short = left.spread(pl.Series([name in zeros for name in keys], dtype=pl.Boolean)) & lost
    if short.any() and not misses.stripped:
        first = short.arg_max() or 0
        misses.stripped = star.place(misses.link.left).address(first, left.rows()[first])


def miss_findings(misses: Misses) -> list[Finding]:
    """What was not found, with counts and examples; keys that only lack zeros are refused."""
    link, found = misses.link, []
    if misses.blank:
        found.append(info("join.blank_key", link.left.header, table=link.file, count=misses.blank))
    zeros = misses.zeros()
    lost = {name: zeros[name] for name in misses.unmatched if name in zeros}
    if lost:
        found.append(
            error(
                "join.leading_zeros",
                link.left.header,
                **misses.stripped,
                table=link.file,
                count=sum(misses.unmatched[name] for name in lost),
                suggestion=lost[key(str(misses.stripped["value"]))],
            )
        )
    unknown = Counter({n: c for n, c in misses.unmatched.items() if n not in lost})
    return found + (_unmatched(link, unknown) if unknown else [])


def _unmatched(link: Link, unknown: Counter[str]) -> list[Finding]:
    often = sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:_EXAMPLES]
    return [
        warning(
            "join.unmatched",
            link.left.header,
            table=link.file,
            count=unknown.total(),
            keys=len(unknown),
            examples=", ".join(f"{shown(name)} ({count})" for name, count in often),
            nearest=", ".join(nearest_names(often[0][0], link.joined.keys)),
            name=UNASSIGNED,
        )
    ]


def _keys(table: RawTable, right: Heading) -> dict[str, int]:
    """The row of each key of a joined table; keys that several rows have are refused."""
    column = coded(table.frame[right.header])
    names = [key(text) for text in column.texts.to_list()]
    rows: dict[str, list[int]] = {}
    for row, code in enumerate(column.codes.to_list()):
        if code is not None and names[code]:
            rows.setdefault(names[code], []).append(row)
    double = {name: at for name, at in rows.items() if len(at) > 1}
    if not double:
        return {name: at[0] for name, at in rows.items()}
    examples = [
        f"{shown(name)} ({', '.join(str(table.rows[row]) for row in at[:_EXAMPLES])})"
        for name, at in list(double.items())[:_EXAMPLES]
    ]
    said = "; ".join(examples)
    where = {"file": table.file, "sheet": table.sheet}
    raise DataRefused(
        [error("join.double_key", right.header, **where, count=len(double), examples=said)]
    )


def _match(left: Coded, keys: Mapping[str, int], aliases: Mapping[str, str]) -> pl.Series:
    rows = []
    for text in left.texts.to_list():
        name = key(text)
        row = keys.get(name)
        rows.append(keys.get(aliases.get(name, name)) if row is None else row)
    return left.spread(pl.Series(rows, dtype=pl.UInt32))
