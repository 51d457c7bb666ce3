"""The rows of a list as plain values, each with the address of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.findings import Finding, Severity, warning
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.progress import silent
from quotaloom.warehouse.intake.date_text import Day, Habits, read_day
from quotaloom.warehouse.intake.name_text import clean
from quotaloom.warehouse.intake.place import shown
from quotaloom.web.org.lists.stage import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.raw_table import RawTable
    from quotaloom.web.jobs.registry import Progress
    from quotaloom.web.org.lists.column import Columns

_KINDS: Final = {
    "unit": "单位|部门|组织|公司|大区|unit|department",
    "seat": "岗位|职位|席位|seat|position",
    "item": "末级|明细|item|leaf",
    "others": "其他|others",
}
KINDS: Final = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
GONE: Final = frozenset(
    (
        "已撤销",
        "撤销",
        "离职",
        "已离职",
        "停用",
        "已停用",
        "关闭",
        "已关闭",
        "禁用",
        "已禁用",
        "退出",
    )
)
VACANT: Final = frozenset({"待招", "空缺", "空岗", "TBH", "vacant"})
LONGEST: Final = {"name": 200, "title": 200, "grade": 40, "person": 100, "staff_no": 40}
HABITS: Final = Habits(FiscalCalendar())
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: cleaned texts by role, its paths of units, its days, its share."""

    table: RawTable
    headers: Mapping[str, str]
    number: int
    cells: Mapping[str, str]
    paths: tuple[Path, ...]
    start: date | None = None
    end: date | None = None
    holds_from: date | None = None
    holds_to: date | None = None
    share: Decimal | None = None

    def cell(self, role: str) -> str:
        """The text of a role; blank without a column."""
        return self.cells.get(role, "")

    def fault(self, code: str, role: str, **params: Param) -> Finding:
        """An error about the row's cell of a role."""
        return Finding(code, Severity.ERROR, self.cell(role), self.address(role) | params)

    def doubt(self, code: str, role: str, **params: Param) -> Finding:
        """A warning about the row's cell of a role."""
        return Finding(code, Severity.WARNING, self.cell(role), self.address(role) | params)

    def address(self, role: str) -> dict[str, Param]:
        """Where the cell stands."""
        header = self.headers.get(role, "")
        letters = dict(zip(self.table.headers, self.table.letters, strict=True))
        return {
            "file": self.table.file,
            "sheet": self.table.sheet,
            "row": self.number,
            "column": f"{letters.get(header, '')} {header}".strip(),
            "value": shown(self.cell(role)),
        }


def rows_of(
    table: RawTable, columns: Columns, progress: Progress = silent
) -> tuple[list[Row], list[Finding]]:
    """The rows that say anything, and what cannot be read in them."""
    names = list(dict.fromkeys([*columns.roles.values(), *columns.levels]))
    texts = table.frame.select(pl.col(names).cast(pl.String)) if names else pl.DataFrame()
    rows: list[Row] = []
    found: list[Finding] = []
    left: list[int] = []
    cells = zip(table.rows, texts.iter_rows(), strict=False)
    for number, values in counted(cells, len(table.rows), "read", progress):
        told = {h: clean(v) if v else "" for h, v in zip(names, values, strict=True)}
        gone = told.get(columns.roles.get("state", ""), "") in GONE
        if gone:
            left.append(int(number))
        elif any(told.values()):
            row, faults = _row(table, columns, int(number), told)
            rows.append(row)
            found += faults
    if left:
        found.append(warning("enlist.gone", table.file, count=len(left), first=left[0]))
    return rows, found


def _row(
    table: RawTable, columns: Columns, number: int, told: Mapping[str, str]
) -> tuple[Row, list[Finding]]:
    cells = {role: told[header] for role, header in columns.roles.items()}
    levels = tuple(told[header] for header in columns.levels if told[header])
    paths = _paths(cells.get("path", ""), columns) or ((levels,) if levels else ())
    row = Row(table, columns.roles, number, cells, paths)
    found = [row.fault("enlist.too_long", role, most=most) for role, most in _too_long(row)]
    start, end = _days(row, "from", "to", found)
    sits, leaves = _days(row, "holds_from", "holds_to", found)
    share = _share(row, found)
    row = replace(row, start=start, end=end, share=share)
    return replace(row, holds_from=sits or start, holds_to=leaves or end), found


def _days(row: Row, start: str, end: str, found: list[Finding]) -> tuple[date | None, date | None]:
    first, past = _day(row, start, found), _day(row, end, found)
    if first and past and past <= first:
        found.append(row.fault("enlist.empty_span", end))
    return first, past


def _too_long(row: Row) -> list[tuple[str, int]]:
    """Roles whose text the database does not hold."""
    found = [(role, most) for role, most in LONGEST.items() if len(row.cell(role)) > most]
    names = [len(name) for path in row.paths for name in path]
    return found + ([("path", 200)] if max(names, default=0) > 200 else [])


def _paths(text: str, columns: Columns) -> tuple[Path, ...]:
    """The paths of a cell, each from the top down."""
    several = re.split(f"[{re.escape(columns.preset.several)}]", text)
    steps = f"[{re.escape(columns.preset.steps)}]"
    split = [
        tuple(part.strip() for part in re.split(steps, one) if part.strip()) for one in several
    ]
    return tuple(dict.fromkeys(path for path in split if path))


def _day(row: Row, role: str, found: list[Finding]) -> date | None:
    text = row.cell(role)
    if not text or text in {"至今", "长期", "-", "—"}:
        return None
    read = read_day(text, HABITS)
    if isinstance(read, Day):
        return read.day
    found.append(row.fault("enlist.date_unreadable", role))
    return None


def _share(row: Row, found: list[Finding]) -> Decimal | None:
    text = row.cell("share").replace("％", "%")
    if not text:
        return None
    read = read_amount(text.removesuffix("%"))
    if isinstance(read, Amount):
        value = Decimal(read.value.numerator) / Decimal(read.value.denominator)
        value = value / 100 if "%" in text or value > 1 else value
        if 0 < value <= 1:
            return value
    found.append(row.fault("enlist.share_unreadable", "share"))
    return None
