"""The sums that the overview shows, found by the words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.report.recheck.sums import Sum
from quotaloom.report.workbook.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.report.recheck.truth import Truth
    from quotaloom.warehouse.outputs import Rows, Value

Table = list[tuple[int, str, "Value"]]  # row, label, amount


def overview_sums(title: str, rows: Rows, truth: Truth) -> Iterator[Sum]:
    """The total, each table of top members and the table of periods."""
    layout, lang = truth.layout, truth.layout.lang
    card = word("target", lang)
    for row, cells in rows.items():
        if cells.get(0) == card and 0 in rows.get(row + 1, {}):
            yield Sum(title, row + 1, 0, card, rows[row + 1][0], truth.whole[0])
    for tree in truth.trees:
        top = layout.hierarchies[tree][1][0]
        name = layout.label_of.get(top, top)
        table = _table(rows, name, 3, truth)
        yield from _member_sums(title, table, truth, tree)
    places = {column.label: at for at, column in enumerate(truth.columns)}
    for row, label, shown in _table(rows, word("period", lang), 1, truth):
        at = 0 if label == word("total", lang) else places.get(label)
        if at is not None:
            yield Sum(title, row, 1, label, shown, truth.whole[at])


def _table(rows: Rows, head: str, place: int, truth: Truth) -> Table:
    """The lines below a header that begins with ``head`` and has the quota at ``place``."""
    quota, total = word("quota", truth.layout.lang), word("total", truth.layout.lang)
    found: Table = []
    start = next(
        (row for row, cells in rows.items() if cells.get(0) == head and cells.get(place) == quota),
        None,
    )
    if start is None:
        return found
    row = start + 1
    while row in rows and 0 in rows[row]:
        label = str(rows[row][0])
        if place in rows[row]:
            found.append((row, label, rows[row][place]))
        row += 1
        if label == total:
            break
    return found


def _member_sums(title: str, table: Table, truth: Truth, tree: int) -> Iterator[Sum]:
    """Known members by their name; the one line that is none stands for all others."""
    shape = truth.cube.trees[truth.trees.index(tree)]
    members = {shape.labels[node]: (shape.hierarchy.codes[node],) for node in shape.tops()}
    sums = {label: truth.node(tree, path) for label, path in members.items()}
    whole = truth.whole[0]
    shown = {label for _, label, _ in table}
    rest = whole - sum(known[0] for label, known in sums.items() if known and label in shown)
    unknown = [row for row, label, _ in table[:-1] if label not in sums]
    for row, label, amount in table:
        known = sums.get(label)
        if known is not None and row != table[-1][0]:
            yield Sum(title, row, 3, label, amount, known[0])
        elif row == table[-1][0]:
            yield Sum(title, row, 3, label, amount, whole)
        elif len(unknown) == 1:
            yield Sum(title, row, 3, label, amount, rest)
