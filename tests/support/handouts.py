"""A small living plan handed out as workbooks, and what people do to those."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import polars as pl

from quotaloom.cycle.exchange.handout import Handout, Stamp
from quotaloom.cycle.plan import desk
from quotaloom.cycle.plan.catalogue import in_units, known
from quotaloom.cycle.plan.lines import Lines, from_lines
from quotaloom.planfile.journal import Author
from quotaloom.report.handout.draft import Ground, members_of
from quotaloom.report.handout.issue import Issue, sheet_of
from quotaloom.report.handout.returned import open_return
from quotaloom.report.handout.review import Choice, review
from quotaloom.report.handout.stamp import Called, Saying
from quotaloom.report.handout.view import branch
from quotaloom.report.handout.write import BEFORE, FIRST_ROW, write_handout
from quotaloom.report.living import plan_pivot

KEY = ("booked", "issued")
WAN = 10_000 * 100
FEN = 100
ID = "ab12cd34" * 4
SEATS = {"华东": ("E1", "E2"), "华北": ("N1", "N2", "N3")}
PRODUCTS = ("平台", "终端")
CALLED = {"booked": "签约额", "margin": "毛利", "new_customers": "新客户数", "stretch": "挑战目标"}
AXES = (("大区", "岗位"), ("产品",))


def lines():
    """A quota for each seat, product and month of 2027, in 分."""
    return pl.DataFrame(
        [
            (f"2027-{month:02d}", region, seat, product, 1000 * FEN * (month + 3 * row + place))
            for region, seats in SEATS.items()
            for row, seat in enumerate(seats, 1)
            for place, product in enumerate(PRODUCTS)
            for month in range(1, 13)
        ],
        schema=["period", "大区", "岗位", "产品", "quota"],
        orient="row",
    )


def journal(folder, *also):
    """The plan of these lines, opened; ``also`` are measures of which nothing is given yet."""
    measures = [in_units(known(code), FEN) for code in ("booked", *also)]
    begun = from_lines(Lines(lines(), "x", axes=AXES), "计划", measures=measures)
    store = desk.create(folder / "计划.plan", begun)
    return desk.open_plan(store, clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def handed(journal, member="", size=WAN, number=ID, keys=(KEY,)):
    """The handout of a region, or of the whole plan, with a sheet for each key."""
    plan = journal.plan
    sheets = []
    for key in keys:
        pivot = plan_pivot(plan, key)
        every = pivot.everything
        ground, top = Ground(plan, pivot, key, every, every), ((), (), "合计")
        if member:
            named = next(one for one in members_of(ground, "大区") if one[1].name == member)
            rows, node = named
            ground = replace(ground, among=pivot.inside(rows, node.path, every))
            top = (rows, node.path, member)
        view = branch(ground, top, lambda label: label, "其余")
        issue = Issue("计划", "计划", plan.position, "", "t", "ops", size)
        sheets.append(sheet_of(ground, view, issue))
    stamp = Stamp(number, "计划", plan.position, journal.store.head().hash, "t", "ops", member)
    return Handout(stamp, "计划", tuple(sheets))


def written(handout, folder, lang="zh"):
    """The workbook of a handout."""
    path = folder / f"{handout.stamp.scope or '全部'}.xlsx"
    called = tuple(Called(CALLED.get(one.key[0], one.key[0]), "万元") for one in handout.sheets)
    write_handout(handout, path, Saying("运营", lang, called))
    return path


def place(cell):
    """Row and column of a cell in its sheet as openpyxl counts."""
    return FIRST_ROW + cell[-2] + 1, BEFORE + cell[-1] + 1


def entries(handout):
    """All cells that may be edited."""
    return [
        (sheet, at, head)
        for sheet, one in enumerate(handout.sheets)
        for at, line in enumerate(one.lines)
        for head in line.entry
    ]


def edited(path, change, sheet=0):
    """The workbook after ``change(sheet)``, saved by openpyxl beside it."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[sheet])
    after = path.with_name(f"改-{path.name}")
    book.save(after)
    return after


def typed(path, values):
    """The workbook with values typed into cells of the handout."""

    def type_in(first):
        for cell, value in values.items():
            first.parent.worksheets[cell[0]].cell(*place(cell)).value = value

    return edited(path, type_in)


def looked(path, handout, plan, choice=None, **more):
    """The review of a returned file."""
    return review(open_return(path), handout, plan, choice or Choice({}), **more)


def took(journal, found, choice=None, author="ops"):
    """Write what a review found."""
    edits = found.edits(choice or Choice({}))
    return journal.write_all(edits, Author(author))[-1] if edits else None


def figures(handout, plan):
    """What the plan says in each cell of the handout."""
    return {
        (sheet, at, head): plan.total(handout.at((sheet, at, head)))
        for sheet, one in enumerate(handout.sheets)
        for at, line in enumerate(one.lines)
        for head in range(len(one.heads))
        if line.members or at == 0
    }
