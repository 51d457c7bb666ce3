"""What must hold within a row of a kind, beyond its single cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.warehouse.intake.place import cell_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.place import Place
    from quotaloom.warehouse.tables.column import Kind

    Written = Mapping[str, pl.Series]  # the cells of a column as they stand in the file
    Rule = Callable[[pl.DataFrame, Mapping[str, Place], Written], list[Finding]]


def filled(
    kind: Kind, blanks: Mapping[str, pl.Series], places: Mapping[str, Place]
) -> list[Finding]:
    """An error for each row whose cells are blank in all columns of a group that is needed."""
    found: list[Finding] = []
    for group in kind.groups():
        own = [blanks[name] for name in group if name in blanks]
        if own:
            empty = pl.DataFrame(own).select(pl.all_horizontal(pl.all())).to_series()
            place = places[next(name for name in group if name in blanks)]
            nothing = pl.Series([""]).new_from_index(0, len(empty))
            found += cell_errors(place, empty, nothing, code="tables.cell_blank")
    return found


def _red_is_negative(
    frame: pl.DataFrame, places: Mapping[str, Place], written: Written
) -> list[Finding]:
    """A red-letter invoice takes back what a blue one billed: its amounts are below zero."""
    if "sort" not in frame.columns:
        return []
    found = []
    for name in ("amount", "net_amount"):
        if name in frame.columns:
            wrong = (frame["sort"] == "red") & (frame[name] > 0)
            found += cell_errors(places[name], wrong, written[name], code="tables.red_positive")
    return found


def _net_within_gross(
    frame: pl.DataFrame, places: Mapping[str, Place], written: Written
) -> list[Finding]:
    """An amount without tax is no larger than the one with tax, and of the same sign."""
    if not {"amount", "net_amount"} <= set(frame.columns):
        return []
    gross, net = frame["amount"], frame["net_amount"]
    wrong = (net.abs() > gross.abs()) | (net.sign() * gross.sign() < 0)
    cells = written["net_amount"]
    return cell_errors(places["net_amount"], wrong, cells, code="tables.net_above_gross")


_OF_KIND: Final[dict[str, tuple[Rule, ...]]] = {"invoices": (_red_is_negative,)}


def row_findings(
    kind: Kind, frame: pl.DataFrame, places: Mapping[str, Place], written: Written
) -> list[Finding]:
    """Everything that is wrong between the cells of a row."""
    found: list[Finding] = []
    for rule in (_net_within_gross, *_OF_KIND.get(kind.name, ())):
        found += rule(frame, places, written)
    return found
