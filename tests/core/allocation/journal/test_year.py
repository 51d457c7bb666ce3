"""A year with a rename, a merge, a move and 兼任, as the docs tell it (a_year_of_changes.md)."""

from __future__ import annotations

from datetime import date

from quotaloom.core.allocation.journal.edit import Merge, Move, Rename
from tests.core.allocation.journal.plans import SEATS, History, at, plan_of
from tests.support.sources import ROOT

PAGE = ROOT / "docs/algorithms/a_year_of_changes.md"


def tables():
    """The rows of the page's two tables."""
    text = PAGE.read_text(encoding="utf-8").split("## A worked year")[1]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows if "---" not in row[0]]
    return cells[1:6], cells[7:]


def test_every_total_of_the_page_is_what_the_plan_shows():
    seats, totals = tables()
    values = [[int(cell) for cell in row[1:]] for row in seats]
    assert [row[0] for row in seats] == list(SEATS)
    history = History(plan_of(values, products=("P1",)))
    history.add(Rename("region", "R2", "华南", date(2027, 1, 1)))
    history.add(Merge("region", ("S2", "S3"), "S2", "", date(2027, 4, 1)))
    history.add(Move("region", "S1", "R2", date(2027, 7, 1)))
    plan = history.now
    person = plan.total(at(region="S4")) + plan.total(at(region="S5")) // 2
    late = sum(plan.total(at(f"2027Q{quarter}", region="S2")) for quarter in (2, 3, 4))
    shown = [
        plan.total(at()),
        plan.total(at(region="R1")),
        plan.total(at(region="R1"), date(2027, 12, 31)),
        plan.total(at(region="R2")),
        late,
        person,
    ]
    assert shown == [int(row[-1]) for row in totals]
    south = plan.axis("region").members[plan.axis("region").place("R2")]
    assert south.name(date(2027, 12, 31)) == "华南"
