"""``calibrate`` and ``reconcile``: 下达, 上报 and 折中 brought together, each sum exact."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from quotaloom.core.allocation.journal.edit import Calibrate, HoldEdit, Reconcile, Revert, Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.allocation.journal.together import gaps
from quotaloom.core.model.errors import Infeasible, UsageRefused
from tests.core.allocation.journal.plans import KEY, History, plan_of
from tests.support.sources import ROOT

ISSUED, SUBMITTED = (Slice(measure="booked", layer=layer) for layer in ("issued", "submitted"))


@pytest.fixture
def history():
    """Five seats × two products × four quarters, issued from above and submitted from below."""
    rng = np.random.default_rng(5)
    plan = plan_of(rng.integers(10, 90, (10, 4)))
    theirs = Column.of(rng.integers(10, 90, (10, 4)))
    return History(plan.with_column(("booked", "submitted"), theirs))


def totals(history, at, axis=""):
    """The totals below a slice: by period, or by the top members of an axis."""
    plan = history.now
    if not axis:
        return [plan.total(Slice((), one.label, *at.key)) for one in plan.periods]
    below = plan.axis(axis).children("", plan.periods[0].start)
    return [plan.total(at.at(axis, child)) for child in below]


def test_a_layer_takes_the_totals_of_another_on_every_side(history):
    before = history.now.columns[KEY].values
    wanted = [totals(history, SUBMITTED, axis) for axis in ("region", "product", "")]
    done = history.add(Calibrate(ISSUED, SUBMITTED, ("region", "product", "")))
    assert [totals(history, ISSUED, axis) for axis in ("region", "product", "")] == wanted
    assert done.method == "calibrate@1"
    assert done.stored is not None
    after = history.now.columns[KEY].values
    theirs = history.now.columns["booked", "submitted"].values
    assert (after != theirs).any()  # the cells stay nearer to their own than to the others'
    history.add(Revert(1))
    assert (history.now.columns[KEY].values == before).all()


def test_a_held_cell_stays_in_a_calibration(history):
    seat = Slice.of(region="S1", period="2027Q1", measure="booked", layer="issued")
    before = history.now.total(seat)
    history.add(HoldEdit(seat))
    history.add(Calibrate(ISSUED, SUBMITTED, ("", "region")))
    assert history.now.total(seat) == before
    assert totals(history, ISSUED) == totals(history, SUBMITTED)


def test_a_calibration_that_a_hold_makes_impossible_is_named(history):
    history.add(HoldEdit(Slice.of(period="2027Q1", measure="booked", layer="issued")))
    with pytest.raises(Infeasible, match=r"2027Q1"):
        history.add(Calibrate(ISSUED, SUBMITTED, ("",)))


def test_a_slice_without_anything_below_has_nothing_to_calibrate(history):
    leaf = Slice.of(region="S1", measure="booked", layer="issued")
    with pytest.raises(UsageRefused, match=r"edit\.nothing_below region"):
        history.add(Calibrate(leaf, SUBMITTED, ("region",)))


@pytest.mark.parametrize(
    ("weights", "share"),
    [
        ((), Fraction(1, 2)),
        ((Fraction(60), Fraction(40)), Fraction(3, 5)),
        ((1, 2), Fraction(1, 3)),
    ],
)
def test_the_mean_of_two_layers(history, weights, share):
    mean = Slice(measure="booked", layer="submitted")
    mine, theirs = history.now.columns[KEY].values, history.now.columns[mean.key].values
    edit = Reconcile(mean, (ISSUED, SUBMITTED), tuple(map(Fraction, weights)))
    done = history.add(edit)
    exact = [
        share * one + (1 - share) * other
        for one, other in zip(mine.ravel().tolist(), theirs.ravel().tolist(), strict=True)
    ]
    after = history.now.columns[mean.key].values.ravel().tolist()
    assert sum(after) == (2 * sum(exact) + 1) // 2
    assert all(abs(cell - wish) < 1 for cell, wish in zip(after, exact, strict=True))
    assert done.method == "reconcile@1"


def test_the_mean_follows_a_seat_that_one_side_never_gave(history):
    column = history.now.columns["booked", "submitted"]
    given = column.given.copy()
    given[:2] = False
    plan = history.now.with_column(("booked", "submitted"), Column.of(column.values, given))
    history.plans[0] = plan
    history.add(Reconcile(SUBMITTED, (ISSUED, SUBMITTED)))
    seat = Slice.of(region="S1", measure="booked", layer="submitted")
    assert history.now.total(seat) > 0


@pytest.mark.parametrize(
    ("weights", "references"),
    [((1,), 2), ((0, 0), 2), ((-1, 2), 2), ((1, 1, 1), 2)],
)
def test_odd_weights_are_refused(history, weights, references):
    edit = Reconcile(SUBMITTED, (ISSUED, SUBMITTED)[:references], tuple(map(Fraction, weights)))
    with pytest.raises(UsageRefused, match=r"edit\.reference_count reconcile"):
        history.add(edit)


def test_weights_too_fine_to_count_with_are_refused(history):
    weights = (Fraction(1, 2**61 - 1), Fraction(1, 3))
    with pytest.raises(UsageRefused, match=r"edit\.weights_too_fine"):
        history.add(Reconcile(SUBMITTED, (ISSUED, SUBMITTED), weights))


def test_another_measure_is_refused(history):
    other = Slice(measure="margin", layer="issued")
    for edit in (Reconcile(SUBMITTED, (other,)), Calibrate(ISSUED, other, ("",))):
        with pytest.raises(UsageRefused, match=r"edit\.several_measures"):
            history.add(edit)


def test_the_fixed_point(history):
    """Layers that agree already do not move."""
    history.add(Set((Wish(SUBMITTED, 10),)))
    before = history.now.columns["booked", "submitted"].values
    history.add(Reconcile(SUBMITTED, (SUBMITTED,)))
    assert (history.now.columns["booked", "submitted"].values == before).all()


def page_table(name):
    """The rows of a page's worked table, without the names of their rows."""
    text = (ROOT / f"docs/algorithms/{name}.md").read_text(encoding="utf-8")
    lines = [line for line in text.split("## Worked table")[1].splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line.strip("|").split("|")][1:] for line in lines[2:]]


def test_the_page_of_reconcile_tells_the_truth():
    *seats, region = page_table("reconcile")
    issued, submitted, _, written = zip(*seats, strict=True)
    people = {f"S{number}": "R1" for number in range(len(seats))}
    plan = plan_of([[int(one)] for one in issued], kind="year", seats=people, products=("P1",))
    theirs = Column.of(np.array([[int(one)] for one in submitted]))
    history = History(plan.with_column(SUBMITTED.key, theirs))
    history.add(Reconcile(SUBMITTED, (ISSUED, SUBMITTED), (Fraction(60), Fraction(40))))
    assert history.now.columns[SUBMITTED.key].values.ravel().tolist() == list(map(int, written))
    assert history.now.total(SUBMITTED) == int(region[-1])


def test_the_page_of_calibrate_tells_the_truth():
    one, two, _, *after = page_table("calibrate")
    values = [[int(cell) for cell in row[:2]] for row in (one, two)]
    plan = plan_of(values, kind="half", seats={"S1": "R1", "S2": "R2"}, products=("P1",))
    history = History(plan.with_column(SUBMITTED.key, Column.of(np.array([[25, 25], [20, 50]]))))
    history.add(Calibrate(ISSUED, SUBMITTED, ("region", "")))
    found = history.now.columns[KEY].values
    assert found.tolist() == [[int(cell) for cell in row[:2]] for row in after]


def test_cells_that_one_layer_has_and_another_lacks_are_told(history):
    has = np.ones((10, 4), np.bool_)
    has[2:4, 1] = False
    theirs = Column.of(np.where(has, 50, 0), has)
    plan = history.now.with_column(("booked", "submitted"), theirs)
    both, (six, four) = (ISSUED, SUBMITTED), (Fraction(6), Fraction(4))
    for edit in (Reconcile(ISSUED, both, (six, four)), Calibrate(ISSUED, SUBMITTED, ("",))):
        ((source, cells),) = gaps(plan, edit)
        assert source.layer == "submitted"
        assert (cells == ~has).all()
    for edit in (
        Reconcile(ISSUED, both, (six, Fraction(0))),
        Reconcile(SUBMITTED, (SUBMITTED,), (four,)),
        Calibrate(SUBMITTED, ISSUED, ("",)),
    ):
        assert gaps(plan, edit) == ()
