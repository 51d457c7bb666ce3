"""What a decomposition is asked for, as the command, the API and a page all say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, Literal, get_args
from zoneinfo import available_timezones

from quotaloom.core.allocation.wish_text import split_marks, unquoted
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.periods import Pattern

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

TimeKind = Literal["month", "quarter", "half", "year", "week"]
JOIN: Final = re.compile(
    r"(?P<file>.*\S)\s+on\s+(?P<keys>(?:\"[^\"]*\"|(?!\s(?:on|as)\s)[^\"])+?)"
    r"(?:\s+as\s+(?P<alias>\"(?:[^\"]|\"\")*\"|[^\s\"]+))?\s*"
)
FIRST_TARGET: Final = 2000
LAST_TARGET: Final = 2190
MOST_BASIS_YEARS: Final = 90


@dataclass(frozen=True)
class DecomposeRequest:
    """One decomposition. Texts are as typed; every field is an option of the command.

    ``facts`` are paths, or one frame with a date, an amount and member columns; ``weights`` a path
    or a frame. ``by`` holds hierarchies (levels joined by ``>``), ``tree`` parent-child ones,
    ``join`` texts like ``"products.csv on product=code as p"``.
    """

    facts: tuple[Path, ...] | pl.DataFrame
    total: str
    year: int
    by: tuple[str, ...] = ()
    tree: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    date: str | None = None
    amount: str | None = None
    time: TimeKind = "month"
    fiscal_start: int = 1
    cutoff_day: int = 0
    pattern: Pattern | None = None
    seasonality: str = "history"
    event: tuple[str, ...] = ()
    season_by: str = "top"
    basis_years: int = 3
    recency: str = "0.5"
    weights: Path | pl.DataFrame | None = None
    weight_column: str | None = None
    roster: Path | None = None
    fix: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    growth_max: str | None = None
    unit: str = "1"
    where: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    subtotals: Literal["drop", "refuse"] | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    hidden_rows: Literal["refuse", "read", "skip"] = "refuse"
    fill_down: bool = False
    date_order: Literal["dmy", "mdy"] | None = None
    decimal_mark: Literal[".", ","] = "."
    zone: str = "Asia/Shanghai"
    partial_years: Literal["complete", "leave_out"] = "complete"
    on_zero_basis: Literal["equal", "refuse"] = "equal"
    on_negative_basis: Literal["refuse", "zero"] = "refuse"
    spring_festival: Literal["block", "off"] = "block"
    repeated_names: Literal["refuse", "separate"] = "refuse"
    country: str = "CN"

    def settings(self) -> dict[str, str]:
        """The options that were set or have a default, as texts, in a fixed order."""
        shown = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value is None or (isinstance(value, tuple) and not value):
                continue
            shown[one.name] = _text(value)
        return shown


CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "time": get_args(TimeKind),
    "pattern": get_args(Pattern),
    "subtotals": ("drop", "refuse"),
    "hidden_rows": ("refuse", "read", "skip"),
    "date_order": ("dmy", "mdy"),
    "decimal_mark": (".", ","),
    "partial_years": ("complete", "leave_out"),
    "on_zero_basis": ("equal", "refuse"),
    "on_negative_basis": ("refuse", "zero"),
    "spring_festival": ("block", "off"),
    "repeated_names": ("refuse", "separate"),
}


def refuse_unusable(request: DecomposeRequest) -> None:
    """Raise UsageRefused with every setting that no decomposition can have."""
    refused: list[Finding] = []
    for name, choices in CHOICES.items():
        value = getattr(request, name)
        if value is not None and value not in choices:
            allowed = ", ".join(choices)
            refused.append(
                error("option.unknown_choice", flag_of(name), value=str(value), allowed=allowed)
            )
    if not FIRST_TARGET <= request.year <= LAST_TARGET:
        ends = {"first": FIRST_TARGET, "last": LAST_TARGET}
        refused.append(error("year.out_of_range", str(request.year), **ends))
    if request.zone not in available_timezones():
        refused.append(error("zone.unknown", request.zone))
    if not 1 <= request.basis_years <= MOST_BASIS_YEARS:
        said = {"most": MOST_BASIS_YEARS}
        refused.append(error("basis.years_out_of_range", str(request.basis_years), **said))
    if refused:
        raise UsageRefused(refused)


def flag_of(name: str) -> str:
    """The option of the command that sets a field."""
    return "--" + name.replace("_", "-")


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return f"frame {value.shape}" if hasattr(value, "shape") else str(value)


@dataclass(frozen=True)
class Level:
    """One level of a hierarchy: the header of its codes and, where given, of its names."""

    code: str
    name: str | None = None


@dataclass(frozen=True)
class TreeText:
    """A parent-child hierarchy: its name, the member column, the parent column, the names."""

    name: str
    member: str
    parent: str
    label: str | None = None


@dataclass(frozen=True)
class Dimensions:
    """The hierarchies that were asked for and all columns that they need."""

    levels: tuple[tuple[Level, ...], ...] = ()
    trees: tuple[TreeText, ...] = ()
    columns: tuple[str, ...] = field(default=())


def read_dimensions(by: tuple[str, ...], tree: tuple[str, ...]) -> Dimensions:
    """Read ``--by`` and ``--tree``. A column may stand in one hierarchy only."""
    levels = tuple(tuple(_level(part) for part in split_marks(text, ">")) for text in by)
    trees = tuple(_tree(text) for text in tree)
    columns = [c for group in levels for level in group for c in (level.code, level.name) if c]
    columns += [one.member for one in trees]
    double = sorted({column for column in columns if columns.count(column) > 1})
    if double:
        raise UsageRefused([error("dimension.column_twice", column) for column in double])
    return Dimensions(levels, trees, tuple(columns))


def _level(text: str) -> Level:
    parts = [unquoted(part) for part in split_marks(text, "|")]
    if len(parts) > 2:
        raise UsageRefused([error("dimension.unreadable", text)])
    return Level(parts[0], parts[1] if len(parts) == 2 else None)


def _tree(text: str) -> TreeText:
    named = split_marks(text, "=")
    columns = split_marks(named[-1], "<")
    if len(named) != 2 or len(columns) != 2:
        raise UsageRefused([error("dimension.unreadable_tree", text)])
    member = _level(columns[0])
    return TreeText(unquoted(named[0]), member.code, unquoted(columns[1]), member.name)


def read_join(text: str) -> tuple[str, str, str, str | None]:
    """Read ``FILE on left=right [as alias]`` as file, left, right and alias.

    The file's name may hold blanks; a column that holds ``=``, `` on `` or `` as `` is quoted.
    """
    match = JOIN.fullmatch(text)
    if match is None:
        raise UsageRefused([error("join.unreadable", text)])
    keys = split_marks(match["keys"], "=")
    if len(keys) != 2:
        raise UsageRefused([error("join.unreadable", text)])
    alias = unquoted(match["alias"]) if match["alias"] else None
    return match["file"].strip(), unquoted(keys[0]), unquoted(keys[1]), alias


def read_pairs(texts: tuple[str, ...]) -> dict[str, str]:
    """Aliases as typed: ``wrong=right``."""
    pairs = {}
    for text in texts:
        parts = split_marks(text, "=")
        if len(parts) != 2:
            raise UsageRefused([error("alias.unreadable", text)])
        pairs[unquoted(parts[0])] = unquoted(parts[1])
    return pairs
