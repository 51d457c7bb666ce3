"""Where the lines and columns of a handout's sheets are in the file that came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info
from quotaloom.report.handout.write import column_key, row_key
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.outputs import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.cycle.exchange.handout import Handout
    from quotaloom.cycle.exchange.sheet import Sheet, Spot
    from quotaloom.report.handout.returned import Returned
    from quotaloom.warehouse.outputs import Rows


@dataclass(slots=True)
class Table:
    """A sheet of a return; ``lines`` and ``heads`` give the row and the column of each.

    ``findings`` says which of them are missing, there twice, mixed up or not ours.
    """

    file: str
    sheet: str
    rows: Rows
    titles: tuple[str, ...]
    lines: dict[int, int] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, row: int, column: int, head: int | None = None) -> dict[str, Param]:
        """The address of a cell, as findings tell it."""
        title = "" if head is None else f" {self.titles[head]}"
        where: dict[str, Param] = {"file": self.file, "sheet": self.sheet, "row": row}
        return {**where, "column": f"{letter(column)}{title}"}

    def where(self, spot: Spot) -> dict[str, Param]:
        """The address of a cell of the handout."""
        line, head = spot
        return self.place(self.lines[line], self.heads[head], head)

    @property
    def is_in_order(self) -> bool:
        """Whether the lines stand as they were written."""
        rows = [self.lines[line] for line in sorted(self.lines)]
        return rows == sorted(rows)


def table_of(returned: Returned, handout: Handout, place: int) -> Table:
    """Find all of a sheet by its keys, wherever it was moved. Raises DataRefused without it."""
    sheet, mark = handout.sheets[place], handout.mark(place)
    starts = (f"{mark}|", f"{mark}:")
    found = [title for title, rows in returned.sheets.items() if any(_keys(rows, starts))]
    if len(found) != 1:
        code = "handout.table_twice" if found else "handout.table_missing"
        raise DataRefused([error(code, "、".join(found), file=returned.file)])
    titles = tuple(head.title for head in sheet.heads)
    table = Table(returned.file, found[0], returned.sheets[found[0]], titles)
    columns = {column_key(mark, head): place for place, head in enumerate(sheet.heads)}
    rows = {row_key(mark, place): place for place in range(len(sheet.lines))}
    _heads(table, columns, starts[1])
    _lines(table, sheet, rows, starts[0])
    _strangers(table)
    return table


def _heads(table: Table, known: Mapping[str, int], start: str) -> None:
    for row, place, text in _keys(table.rows, (start,)):
        head = known.get(text)
        if head is None:
            _tell(table, "handout.column_unknown", text, table.place(row, place))
        elif head in table.heads:
            _tell(table, "handout.column_twice", table.titles[head], table.place(row, place))
        else:
            table.heads[head] = place
    for head, title in enumerate(table.titles):
        if head not in table.heads:
            _tell(table, "handout.column_missing", title, _where(table))
        elif not _is_said(title, (cells.get(table.heads[head]) for cells in table.rows.values())):
            _tell(table, "handout.column_mixed", title, table.place(1, table.heads[head]))


def _lines(table: Table, sheet: Sheet, known: Mapping[str, int], start: str) -> None:
    for row, place, text in _keys(table.rows, (start,)):
        line = known.get(text)
        if line is None:
            _tell(table, "handout.row_unknown", text, table.place(row, place))
            continue
        name = sheet.lines[line].name
        if line in table.lines:
            _tell(table, "handout.row_twice", name, table.place(row, place))
            continue
        table.lines[line] = row
        if not _is_said(name, table.rows[row].values()):
            _tell(table, "handout.row_mixed", name, table.place(row, place + 1))
    for line, one in enumerate(sheet.lines):
        if line not in table.lines:
            _tell(table, "handout.row_missing", one.name, _where(table))


def _strangers(table: Table) -> None:
    """Figures in our columns on rows that are not ours: within the table they would be lost."""
    ours, heads = set(table.lines.values()), {place: head for head, place in table.heads.items()}
    within = range(min(ours, default=0), max(ours, default=0))
    for row, cells in table.rows.items():
        typed = [place for place, value in cells.items() if place in heads and _is_figure(value)]
        if row in ours or not typed:
            continue
        where = {**table.place(row, typed[0], heads[typed[0]]), "value": str(cells[typed[0]])}
        lost = row in within
        tell, code = (error, "handout.row_added") if lost else (info, "handout.row_beside")
        table.findings.append(tell(code, "", **where))


def _is_figure(value: object) -> bool:
    return not isinstance(value, str)


def _is_said(name: str, cells: Iterable[object]) -> bool:
    """Whether a name is among some cells, however it is spaced."""
    wanted = _plain(name)
    return any(isinstance(one, str) and _plain(one) == wanted for one in cells)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _keys(rows: Rows, starts: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    for row, place, value in filled(rows):
        if isinstance(value, str) and value.startswith(starts):
            yield row, place, value


def _where(table: Table) -> dict[str, Param]:
    return {"file": table.file, "sheet": table.sheet}


def _tell(table: Table, code: str, subject: str, where: Mapping[str, Param]) -> None:
    table.findings.append(error(code, subject, **where))
