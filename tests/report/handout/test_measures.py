"""One workbook with a sheet a measure: each in its own unit, taken together or not at all."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from quotaloom.core.allocation.journal.edit import HoldEdit, Set, Wish
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.exchange.handout import loads
from quotaloom.cycle.exchange.taken import taken_by
from quotaloom.planfile.journal import Author
from quotaloom.report.handout.review import Choice
from tests.support.handouts import (
    KEY,
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

MARGIN, RATE, COUNT, STRETCH = (
    (code, "issued") for code in ("margin", "margin_rate", "new_customers", "stretch")
)
E1 = (("产品", "平台"), ("大区", "E1"))
MILLIONTHS = 10**6


@pytest.fixture
def living(tmp_path):
    return journal(tmp_path, "margin", "margin_rate", "new_customers", "stretch")


def january(handout, key):
    """The cell of E1, 平台 and January on the sheet of a measure."""
    sheet = next(at for at, one in enumerate(handout.sheets) if one.key == key)
    one = handout.sheets[sheet]
    line = next(at for at, line in enumerate(one.lines) if line.members == E1)
    return sheet, line, next(at for at, head in enumerate(one.heads) if head.label == "2027-01")


def now(living, handout, key):
    return figures(handout, living.plan)[january(handout, key)]


def give(living, handout, key, units):
    """Somebody gives a figure to the first cell of a measure."""
    living.write(Set((Wish(handout.at(january(handout, key)), units),)), Author("li"))


def codes(findings):
    return [one.code for one in findings]


def test_each_sheet_is_read_in_its_own_unit_and_all_are_one_batch(living, tmp_path):
    handout = handed(living, "华东", keys=(KEY, MARGIN, COUNT))
    typings = {KEY: 3, MARGIN: 0.5, COUNT: 36}
    path = written(handout, tmp_path)
    assert openpyxl.load_workbook(path).sheetnames == ["签约额", "毛利", "新客户数", "说明"]
    found = looked(
        typed(path, {january(handout, key): one for key, one in typings.items()}),
        handout,
        living.plan,
    )
    took(living, found)
    assert [now(living, handout, key) for key in typings] == [30_000, 5_000, 36]
    assert living.batch(1) == [1, 2, 3]
    living.undo(Author("ops"))
    assert [now(living, handout, key) for key in (MARGIN, COUNT)] == [0, 0]


def test_what_is_not_given_is_blank_and_stays_so_until_a_figure_is_typed(living, tmp_path):
    handout = handed(living, "华东", keys=(KEY, COUNT))
    cell = january(handout, COUNT)
    path = written(handout, tmp_path)
    assert openpyxl.load_workbook(path).worksheets[1].cell(*place(cell)).value is None
    assert looked(path, handout, living.plan).changes == ()
    took(living, looked(typed(path, {cell: 0}), handout, living.plan))
    given = living.plan.column(COUNT).given
    assert (int(given.sum()), living.plan.position) == (1, 1)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("1.2万", 12_000), ("３６", 36), (2.5, "handout.not_whole"), ("￥5", "handout.currency")],
)
def test_what_is_counted_is_whole(living, tmp_path, value, outcome):
    handout = handed(living, "华东", keys=(COUNT,))
    path = typed(written(handout, tmp_path), {january(handout, COUNT): value})
    found = looked(path, handout, living.plan)
    assert (codes(found.errors) or [one.mine for one in found.changes])[0] == outcome


@pytest.mark.parametrize("value", [0.352, "35.2%", "35.2"])
def test_a_rate_moves_its_declared_side(living, tmp_path, value):
    give(living, handed(living, "华东", keys=(MARGIN,)), MARGIN, 100)
    handout = handed(living, "华东", keys=(RATE, KEY))
    booked = now(living, handout, KEY)
    cell = january(handout, RATE)
    path = typed(written(handout, tmp_path), {cell: value})
    (change,) = looked(path, handout, living.plan).changes
    assert change.mine == 352_000
    took(living, looked(path, handout, living.plan))
    margin = living.plan.total(replace(handout.at(cell), measure="margin"))
    assert (margin, now(living, handout, KEY)) == (round(booked * 0.352), booked)


def test_a_rate_and_the_side_that_it_moves_are_not_taken_together(living, tmp_path):
    handout = handed(living, "华东", keys=(KEY, MARGIN, RATE))
    said = {january(handout, MARGIN): 0.1, january(handout, RATE): 0.3}
    found = looked(typed(written(handout, tmp_path), said), handout, living.plan)
    (why,) = found.errors
    assert (why.code, why.params["sheet"]) == ("handout.rate_and_side", "margin_rate")


@pytest.mark.parametrize(
    ("base", "stretch"),
    [((5, 5), (6, 6)), ((0.1, 0.1), (0.2, 0.2)), ((5, 0.1), (6, 0.2))],
    ids=["both rise", "both fall", "one rises, one falls"],
)
def test_base_and_challenge_are_written_in_an_order_that_goes(living, tmp_path, base, stretch):
    handout = handed(living, "华东", keys=(KEY, STRETCH))
    pairs = {
        key: [c for c in entries(handout) if c[0] == at][:2]
        for at, key in enumerate((KEY, STRETCH))
    }
    raised = [
        Wish(handout.at(c), handout.base(pairs[KEY][at]) + 1) for at, c in enumerate(pairs[STRETCH])
    ]
    living.write(Set(tuple(raised)), Author("li"))
    handout = handed(living, "华东", keys=(KEY, STRETCH))
    said = dict(zip(pairs[KEY] + pairs[STRETCH], base + stretch, strict=True))
    found = looked(typed(written(handout, tmp_path), said), handout, living.plan)
    assert (found.errors, len(found.changes)) == ((), 4)
    took(living, found)
    after = figures(handout, living.plan)
    assert [after[cell] for cell in said] == [round(one * 10_000) for one in said.values()]


def test_a_challenge_below_its_base_is_refused_alone_and_by_its_cell(living, tmp_path):
    handout = handed(living, "华东", keys=(KEY, COUNT, STRETCH))
    said = {january(handout, COUNT): 3, january(handout, STRETCH): 0.0001}
    found = looked(typed(written(handout, tmp_path), said), handout, living.plan)
    assert [one.mine for one in found.changes] == [3]
    assert {(one.code, one.params["sheet"]) for one in found.errors} == {
        ("edit.below_base", "挑战目标")
    }
    with pytest.raises(DataRefused):
        found.edits(Choice({}))


def test_a_hold_of_one_measure_locks_only_its_sheet(living):
    handout = handed(living, "华东", keys=(KEY, COUNT))
    held, free = january(handout, COUNT), january(handout, KEY)
    living.write(HoldEdit(handout.at(held), owner="li"), Author("li"))
    handout = handed(living, "华东", keys=(KEY, COUNT))
    assert (held in entries(handout), free in entries(handout)) == (False, True)


def test_others_are_met_measure_by_measure(living, tmp_path):
    handout = handed(living, "华东", keys=(KEY, COUNT))
    path = typed(written(handout, tmp_path), {january(handout, KEY): 7, january(handout, COUNT): 8})
    give(living, handout, COUNT, 5)
    found = looked(path, handout, living.plan)
    assert [(one.cell, one.base, one.theirs) for one in found.undecided] == [
        (january(handout, COUNT), None, 5)
    ]
    choice = Choice({}, "theirs")
    took(living, looked(path, handout, living.plan, choice), choice)
    assert (now(living, handout, KEY), now(living, handout, COUNT)) == (70_000, 5)


def test_a_record_of_one_sheet_is_told_as_it_always_was(living):
    """A file that was handed out before there were sheets still has the digest that it says."""
    handout = handed(living, "华东")
    text = handout.dumps()
    assert text.startswith('{"decimals":0,"format":1,"heads":')
    assert '"sheets"' not in text
    assert loads(text) == handout
    several = handed(living, "华东", keys=(KEY, RATE))
    assert loads(several.dumps()) == several
    taken = taken_by([([[2, 3, 50]], 4), ([[1, 2, 3, 60]], 6)], lambda edit: [edit - 1, edit])
    assert (dict(taken.figures), taken.edits) == ({(0, 2, 3): 50, (1, 2, 3): 60}, {3, 4, 5, 6})
