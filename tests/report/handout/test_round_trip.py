"""A workbook goes out, is edited, comes back: exactly those figures, and every sum right."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.allocation.journal.edit import HoldEdit, Revert, Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.exchange.handout import loads
from quotaloom.cycle.exchange.taken import Taken
from quotaloom.planfile.journal import Author
from quotaloom.report.handout.draft import Ground
from quotaloom.report.handout.issue import Issue, sheet_of
from quotaloom.report.handout.review import Choice
from quotaloom.report.handout.view import branch
from quotaloom.report.living import plan_pivot
from quotaloom.report.wording import sentence
from tests.support.counts import examples
from tests.support.handouts import (
    FEN,
    KEY,
    WAN,
    edited,
    entries,
    figures,
    handed,
    journal,
    looked,
    place,
    took,
    typed,
    written,
)
from tests.support.workbooks import recomputed, resaved


@pytest.fixture
def living(tmp_path):
    return journal(tmp_path)


def said(found):
    return [sentence(one, "zh") for one in found.findings]


def codes(found):
    return [one.code for one in found.findings]


def other(living, edit, author="li"):
    """Somebody else's edit meanwhile."""
    living.write(edit, Author(author))


def of(handout, name, label, sheet=0):
    """The cell of a seat's product and a month, named 岗位/产品."""
    seat, product = name.split("/")
    wanted = {("大区", seat), ("产品", product)}
    one = handout.sheets[sheet]
    line = next(at for at, line in enumerate(one.lines) if set(line.members) == wanted)
    return sheet, line, next(at for at, head in enumerate(one.heads) if head.label == label)


def test_what_was_not_edited_changes_nothing(living, tmp_path):
    handout = handed(living, "华东")
    found = looked(written(handout, tmp_path), handout, living.plan)
    assert (found.changes, found.findings, found.edits(Choice({}))) == ((), (), ())


def test_the_record_of_a_handout_reads_back_the_same(living):
    handout = handed(living, "华北", size=FEN)
    assert loads(handout.dumps()) == handout
    assert loads(handout.dumps()).digest == handout.digest


@pytest.mark.parametrize("member", ["", "华东", "华北"])
def test_a_workbook_holds_its_own_branch_alone_and_every_cached_sum(living, tmp_path, member):
    handout = handed(living, member)
    path = written(handout, tmp_path)
    shown = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    for cell, figure in figures(handout, living.plan).items():
        assert round(shown.cell(*place(cell)).value * WAN) == figure * FEN
    words = " ".join(str(one.value) for row in shown.iter_rows() for one in row)
    assert ("E1" in words, "N1" in words) == (member != "华北", member != "华东")


def test_only_cells_of_the_lowest_lines_and_months_are_unlocked(living, tmp_path):
    handout = handed(living, "华东")
    sheet = openpyxl.load_workbook(written(handout, tmp_path)).worksheets[0]
    open_cells = {
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert sheet.protection.sheet
    assert open_cells == {place(cell) for cell in entries(handout)}
    assert len(open_cells) == 2 * 2 * 12
    assert all(handout.sheets[0].heads[head].label[5:6] for *_, head in entries(handout))


def test_held_cells_are_locked(living, tmp_path):
    held = Slice((("大区", "E1"),), "2027Q1", *KEY)
    other(living, HoldEdit(held, owner="li"))
    handout = handed(living, "华东")
    cell = of(handout, "E1/平台", "2027-02")
    assert cell not in entries(handout)
    assert of(handout, "E1/平台", "2027-04") in entries(handout)
    found = looked(typed(written(handout, tmp_path), {cell: 9}), handout, living.plan)
    assert codes(found) == ["handout.locked"]


def test_an_edit_comes_back_as_one_edit_and_one_undo(living, tmp_path):
    handout = handed(living, "华东")
    cells = [of(handout, "E1/平台", "2027-02"), of(handout, "E2/终端", "2027-11")]
    path = typed(written(handout, tmp_path), dict(zip(cells, (3, 4.5678), strict=True)))
    before = living.plan
    found = looked(path, handout, before)
    assert [(one.cell, one.mine) for one in found.changes] == [(cells[0], 30000), (cells[1], 45678)]
    took(living, found)
    now = figures(handout, living.plan)
    assert (now[cells[0]], now[cells[1]], living.plan.position) == (30000, 45678, 1)
    living.write(Revert(1), Author("ops"))
    assert figures(handout, living.plan) == figures(handout, before)


@given(data=st.data())
@settings(max_examples=examples(200), deadline=None)
def test_any_edits_give_exactly_those_figures_and_every_sum(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    living = journal(folder)
    size = data.draw(st.sampled_from([FEN, WAN]))
    handout = handed(living, data.draw(st.sampled_from(["", "华东", "华北"])), size)
    chosen = data.draw(st.lists(st.sampled_from(entries(handout)), unique=True, max_size=30))
    wanted = {cell: data.draw(st.integers(0, 10**9)) for cell in chosen}
    path = typed(written(handout, folder), {c: v * FEN / size for c, v in wanted.items()})
    before = figures(handout, living.plan)
    found = looked(path, handout, living.plan)
    assert not found.errors, said(found)
    took(living, found)
    now = figures(handout, living.plan)
    lowest = {cell: wanted.get(cell, before[cell]) for cell in entries(handout)}
    assert {cell: now[cell] for cell in lowest} == lowest
    (sheet,) = handout.sheets
    for at, line in enumerate(sheet.lines):
        for head in range(len(sheet.heads)):
            parts = [
                lowest[0, one, month]
                for one in range(at, at + line.below + 1)
                for month in months(sheet, head)
                if (0, one, month) in lowest
            ]
            assert now[0, at, head] == sum(parts)


def months(sheet, head):
    """The columns of the months in a column."""
    parts = sheet.heads[head].parts
    return [one for part in parts for one in months(sheet, part)] if parts else [head]


@pytest.mark.parametrize(
    ("value", "units", "notice"),
    [
        (1.5, 15000, None),
        ("1.5", 15000, "handout.text_read"),
        ("１，２００", 12_000_000, "handout.text_read"),
        ("￥350", 350, "handout.text_read"),
        ("0.2亿", 20_000_000, "handout.text_read"),
        (0.1 + 0.2, 3000, None),
        (1 / 3, 3333, "handout.rounded"),
        (0, 0, None),
    ],
)
def test_what_was_typed_is_read_as_people_mean_it(living, tmp_path, value, units, notice):
    handout = handed(living, "华东")
    cell = of(handout, "E2/平台", "2027-06")
    found = looked(typed(written(handout, tmp_path), {cell: value}), handout, living.plan)
    assert [one.mine for one in found.changes] == [units]
    assert codes(found) == ([notice] if notice else [])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "handout.empty"),
        ("大约三百", "amount.chinese_numerals"),
        ("US$5", "handout.currency"),
        ("=1+1", "handout.unsaved"),
        ("#REF!", "handout.broken"),
        (1e18, "handout.too_large"),
        ("10%", "amount.percent"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(living, tmp_path, value, code):
    handout = handed(living, "华东")
    cell = of(handout, "E2/平台", "2027-06")
    found = looked(typed(written(handout, tmp_path), {cell: value}), handout, living.plan)
    (why,) = found.errors
    row, _column = place(cell)
    assert why.code == code
    assert (why.params["sheet"], why.params["row"]) == ("华东", row)
    assert str(why.params["column"]).endswith("2027-06")
    with pytest.raises(DataRefused):
        found.edits(Choice({}))


def test_a_sum_that_was_typed_over_is_told_and_nothing_is_applied(living, tmp_path):
    handout = handed(living, "华东")
    year, cell = (0, 0, 0), of(handout, "E1/平台", "2027-01")
    found = looked(typed(written(handout, tmp_path), {year: 9999, cell: 7}), handout, living.plan)
    assert codes(found) == ["handout.typed_over_sum"]
    with pytest.raises(DataRefused):
        took(living, found)
    assert living.plan.position == 0


def test_what_is_valid_alone_is_taken_only_where_that_was_asked(living, tmp_path):
    handout = handed(living, "华东")
    good, bad = of(handout, "E1/平台", "2027-01"), of(handout, "E1/平台", "2027-02")
    path = typed(written(handout, tmp_path), {good: 7, bad: "？？"})
    choice = Choice({}, only_valid=True)
    took(living, looked(path, handout, living.plan, choice), choice)
    now = figures(handout, living.plan)
    assert (now[good], now[bad]) == (70000, handout.base(bad))


def test_what_the_plan_refuses_is_told_with_its_cell(living, tmp_path):
    handout = handed(living, "华东")
    good, bad = of(handout, "E1/平台", "2027-01"), of(handout, "E2/平台", "2027-02")
    other(living, HoldEdit(handout.at(bad), owner="li"))
    found = looked(typed(written(handout, tmp_path), {good: 7, bad: 8}), handout, living.plan)
    assert [one.cell for one in found.changes] == [good]
    told = {(why.params["row"], why.code.partition(".")[0]) for why in found.errors}
    assert told == {(place(bad)[0], "edit"), (place(bad)[0], "spread")}


def test_rows_outside_the_takers_scope_are_refused(living, tmp_path):
    handout = handed(living)
    good, bad = of(handout, "E1/平台", "2027-01"), of(handout, "N2/平台", "2027-02")
    allowed = living.plan.region(Slice((("大区", "华东"),), "", *KEY)).whole_mask(living.plan.shape)
    path = typed(written(handout, tmp_path), {good: 7, bad: 8})
    found = looked(path, handout, living.plan, allowed=allowed.any(axis=1))
    assert ([one.code for one in found.errors], found.errors[0].params["row"]) == (
        ["edit.outside_scope"],
        place(bad)[0],
    )


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "@x",
        "+5",
        "-5",
        "<r>x</r>",
        "  空 格 ",
        "_x0041_",
        "\u202e倒",
        "1e5",
        "'x",
    ],
)
def test_any_name_goes_out_as_text_and_is_known_again(living, tmp_path, name):
    handout = handed(living, "华东")
    (only,) = handout.sheets
    lines = tuple(replace(one, name=f"{name}{at}") for at, one in enumerate(only.lines))
    handout = replace(handout, sheets=(replace(only, lines=lines),))
    path = written(handout, tmp_path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {sheet.cell(row, 2).data_type for row in range(6, 6 + len(lines))} == {"s"}
    assert looked(path, handout, living.plan).findings == ()


@pytest.mark.parametrize("kind", ["balance", "distinct"])
def test_a_measure_that_does_not_add_up_is_not_handed_out(living, kind):
    plan = living.plan
    odd = replace(plan, measures={"booked": replace(plan.measures["booked"], kind=kind)})
    pivot = plan_pivot(plan, KEY)
    ground = Ground(odd, pivot, KEY, pivot.everything, pivot.everything)
    view = branch(ground, ((), (), "合计"), str, "其余")
    with pytest.raises(UsageRefused) as refused:
        sheet_of(ground, view, Issue("p", "t", 0, "", "t", "ops", FEN))
    assert [one.code for one in refused.value.findings] == ["handout.not_additive"]


# --- a file that is behind the plan ----------------------------------------------------------


def test_cells_that_only_one_side_changed_are_merged_silently(living, tmp_path):
    handout = handed(living, "华东")
    mine, theirs = of(handout, "E1/平台", "2027-01"), of(handout, "E1/平台", "2027-03")
    path = typed(written(handout, tmp_path), {mine: 7})
    other(living, Set((Wish(handout.at(theirs), 5),)))
    took(living, looked(path, handout, living.plan))
    now = figures(handout, living.plan)
    assert (now[mine], now[theirs]) == (70000, 5)


@pytest.mark.parametrize(
    ("choice", "after"),
    [(Choice({}, "mine"), 70000), (Choice({}, "theirs"), 5)],
    ids=["mine", "theirs"],
)
def test_a_cell_that_both_changed_waits_for_a_choice(living, tmp_path, choice, after):
    handout = handed(living, "华东")
    cell = of(handout, "E1/平台", "2027-01")
    path = typed(written(handout, tmp_path), {cell: 7})
    other(living, Set((Wish(handout.at(cell), 5),)))
    found = looked(path, handout, living.plan)
    assert [(one.base, one.mine, one.theirs, one.by) for one in found.undecided] == [
        (handout.base(cell), 70000, 5, (1,))
    ]
    with pytest.raises(DataRefused):
        found.edits(Choice({}))
    took(living, looked(path, handout, living.plan, choice), choice)
    assert figures(handout, living.plan)[cell] == after


def test_each_cell_may_be_chosen_alone(living, tmp_path):
    handout = handed(living, "华东")
    one, two = of(handout, "E1/平台", "2027-01"), of(handout, "E1/平台", "2027-02")
    path = typed(written(handout, tmp_path), {one: 7, two: 8})
    other(living, Set(tuple(Wish(handout.at(cell), 5) for cell in (one, two))))
    choice = Choice({one: "mine", two: "theirs"})
    took(living, looked(path, handout, living.plan, choice), choice)
    now = figures(handout, living.plan)
    assert (now[one], now[two]) == (70000, 5)


def test_an_edit_of_a_total_above_meets_what_it_moved(living, tmp_path):
    handout = handed(living, "华东")
    cell = of(handout, "E1/平台", "2027-01")
    path = typed(written(handout, tmp_path), {cell: 7})
    east = Slice((("大区", "华东"),), "2027Q1", *KEY)
    other(living, Set((Wish(east, 10_000),)))
    assert [one.cell for one in looked(path, handout, living.plan).undecided] == [cell]


def test_the_same_answer_from_both_sides_is_no_change(living, tmp_path):
    handout = handed(living, "华东")
    cell = of(handout, "E1/平台", "2027-01")
    other(living, Set((Wish(handout.at(cell), 70000),)))
    found = looked(typed(written(handout, tmp_path), {cell: 7}), handout, living.plan)
    assert found.changes == found.met == ()


def test_a_second_return_is_compared_with_the_first(living, tmp_path):
    handout = handed(living, "华东")
    cell, again = of(handout, "E1/平台", "2027-01"), of(handout, "E1/平台", "2027-02")
    path = written(handout, tmp_path)
    first = looked(typed(path, {cell: 7}), handout, living.plan)
    took(living, first)
    taken = Taken(first.figures, frozenset({1}))
    found = looked(typed(path, {again: 9}), handout, living.plan, taken=taken)
    wanted = {cell: handout.base(cell), again: 90000}
    assert {one.cell: one.mine for one in found.changes} == wanted  # the first is taken back
    assert found.met == ()


def test_a_member_that_is_gone_is_told_with_its_cells(living, tmp_path):
    handout = handed(living, "华东")
    cell = of(handout, "E1/平台", "2027-01")
    stale = loads(handout.dumps().replace('"E1"]', '"E9"]'))
    found = looked(typed(written(stale, tmp_path), {cell: 7}), stale, living.plan)
    assert [one.code for one in found.errors] == ["edit.unknown_member"]


# --- LibreOffice ------------------------------------------------------------------------------


@pytest.mark.parametrize("save", [resaved, recomputed], ids=["saved", "computed anew"])
def test_libreoffice_opens_and_saves_it_without_a_change(living, tmp_path, save):
    handout = handed(living, "华东")
    found = looked(save(written(handout, tmp_path)), handout, living.plan)
    assert (found.changes, found.findings) == ((), ())


def test_libreoffice_computes_the_sums_of_an_edit_on_every_sheet(tmp_path):
    living = journal(tmp_path, "new_customers")
    handout = handed(living, "华北", keys=(KEY, ("new_customers", "issued")))
    cells = [of(handout, "N3/终端", "2027-12", sheet) for sheet in (0, 1)]
    said = dict(zip(cells, (123.4567, 36), strict=True))
    path = recomputed(typed(written(handout, tmp_path), said))
    found = looked(path, handout, living.plan)
    assert ([one.mine for one in found.changes], found.findings) == ([1_234_567, 36], ())
    book = openpyxl.load_workbook(path, data_only=True)
    took(living, found)
    for at, figure in figures(handout, living.plan).items():
        size = 1 if at[0] else WAN / FEN
        assert round((book.worksheets[at[0]].cell(*place(at)).value or 0) * size) == figure


# --- damage -----------------------------------------------------------------------------------


def delete_row(sheet):
    sheet.delete_rows(8)


def insert_row(sheet):
    sheet.insert_rows(8)
    sheet.cell(8, 6).value = 5


def delete_column(sheet):
    sheet.delete_cols(7)


def swap_names(sheet):
    one, two = sheet.cell(8, 2), sheet.cell(9, 2)
    one.value, two.value = two.value, one.value


def copy_key(sheet):
    sheet.cell(9, 1).value = sheet.cell(8, 1).value


def foreign_key(sheet):
    sheet.cell(9, 1).value = "ab12cd34|999"


def drop_keys(sheet):
    sheet.delete_cols(1)
    sheet.delete_rows(4)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (delete_row, "handout.row_missing"),
        (insert_row, "handout.row_added"),
        (delete_column, "handout.column_missing"),
        (swap_names, "handout.row_mixed"),
        (copy_key, "handout.row_twice"),
        (foreign_key, "handout.row_unknown"),
        (drop_keys, "handout.table_missing"),
    ],
)
def test_a_damaged_table_is_refused_by_its_address(living, tmp_path, damage, code):
    handout = handed(living, "华东")
    path = edited(written(handout, tmp_path), damage)
    with pytest.raises(DataRefused) as refused:
        looked(path, handout, living.plan).edits(Choice({}))
    assert code in [one.code for one in refused.value.findings]


def test_rows_that_were_sorted_whole_are_found_by_their_keys(living, tmp_path):
    handout = handed(living, "华东")
    cell = of(handout, "E1/平台", "2027-01")

    def sort(sheet):
        rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=6)]
        for number, row in enumerate(reversed(rows), 6):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    path = edited(typed(written(handout, tmp_path), {cell: 7}), sort)
    found = looked(path, handout, living.plan)
    assert [(one.cell, one.mine) for one in found.changes] == [(cell, 70000)]
    assert codes(found) == ["handout.rows_moved"]


@pytest.mark.parametrize("field", ["id", "plan", "position", "hash", "digest"])
def test_a_stamp_that_was_changed_is_refused(living, tmp_path, field):
    handout = handed(living, "华东")
    path = written(handout, tmp_path)
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[1].iter_rows():
        if row[2].value == f"quotaloom:{field}":
            row[3].value = "17"
    book.save(path)
    with pytest.raises(DataRefused) as refused:
        looked(path, handout, living.plan)
    (why,) = refused.value.findings
    assert (why.code, why.subject, why.params["sheet"]) == ("handout.tampered", field, "说明")


def test_without_its_sheet_the_stamp_is_in_the_properties(living, tmp_path):
    handout = handed(living, "华东")
    path = written(handout, tmp_path)
    book = openpyxl.load_workbook(path)
    del book["说明"]
    book.save(path)
    assert looked(path, handout, living.plan).findings == ()
