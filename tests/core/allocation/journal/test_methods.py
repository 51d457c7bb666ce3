"""Every method × replace, add, subtract × all, populated, beside shares worked out in fractions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.edit import Method, Set, Spread, Wish
from quotaloom.core.allocation.journal.method import FILLING, SHARING
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused, UsageRefused
from tests.core.allocation.journal.plans import KEY, History, at, plan_of

FIGURES = [[40, 10, 0, 30], [5, 0, 25, 60], [12, 8, 31, 0], [0, 20, 50, 9], [7, 70, 3, 17]] * 2
NULL = {(0, 2), (3, 0)}
WHERE = at(region="R1")
OTHER = Slice.of(region="R1", measure="booked", layer="submitted")
QUARTERS = tuple(map(Fraction, (15, 20, 30, 35)))
SHARED = {
    "proportional": Method(),
    "equal": Method("equal"),
    "by_reference": Method("by_reference", references=(OTHER,)),
    "blend": Method("blend", references=(OTHER, WHERE), weights=(Fraction(3, 5), Fraction(2, 5))),
    "by_weights": Method("by_weights", weights=QUARTERS),
    "seasonal": Method("seasonal", weights=(Fraction(40), Fraction(60))),
    "pattern": Method("pattern", weights=(Fraction(1), Fraction(2))),
    "pattern first": Method("pattern", place="first"),
    "pattern last": Method("pattern", place="last"),
}
FILLED = {
    "repeat": (Method("repeat"), 9),
    "straight_line": (Method("straight_line", end=400), 100),
    "growth": (Method("growth", rate=Fraction(1, 10)), 300),
    "percent": (Method("percent", rate=Fraction(1, 8)), None),
    "percent of another": (Method("percent", rate=Fraction(6, 5), references=(OTHER,)), None),
    "by_reference": (Method("by_reference", rate=Fraction(1, 10), references=(OTHER,)), None),
}
HOWS = list(product(("replace", "add", "subtract"), ("all", "populated")))


def history_with_two_layers():
    """A plan whose submitted layer has figures of its own, and two cells that hold none."""
    given = np.array([[(row, column) not in NULL for column in range(4)] for row in range(10)])
    history = History(plan_of(FIGURES, given))
    other = np.array(FIGURES)[:, ::-1].copy() + 1
    plan = history.now.with_column(
        ("booked", "submitted"), type(history.now.columns[KEY]).of(other)
    )
    history.plans[0] = plan
    return history, other


def table(history):
    """The cells of the region, by row and period."""
    column = history.now.columns[KEY]
    return column.values[:6].copy(), column.given[:6].copy()


def live_cells(method, scope, now, given):
    """Which cells the method moves."""
    if scope == "populated":
        return given & (now != 0)
    by_now = method.name in {"proportional", "by_weights", "seasonal", "pattern", "percent"}
    by_now |= method.name in {"straight_line", "growth"}
    return given if by_now and not method.references else np.ones(given.shape, bool)


def parts_of_periods(method):
    """The share of the amount for each quarter, None for methods that are not phased."""
    if method.place:
        return [Fraction(n == (0 if method.place == "first" else 3)) for n in range(4)]
    runs = {"by_weights": 4, "seasonal": 2, "pattern": 2}.get(method.name)
    if runs is None:
        return None
    if method.name == "seasonal":
        return None  # two halves: looked at as halves
    weights = [method.weights[n % len(method.weights)] for n in range(4)]
    return [weight / sum(weights) for weight in weights]


def shared(weights, live):
    """Each cell's part of 1."""
    exact = np.array([[Fraction(int(one)) for one in row] for row in weights]) * live
    return exact / exact.sum()


def wanted_shares(method, now, other, live):
    """Each cell's exact part of the amount."""
    if method.name == "equal":
        return shared(np.ones(now.shape, int), live)
    if method.name == "by_reference":
        return shared(other[:6], live)
    if method.name == "blend":
        return shared(other[:6], live) * method.weights[0] + shared(now, live) * method.weights[1]
    if method.name == "proportional":
        return shared(now, live)
    if method.name == "seasonal":
        halves = [shared(now[:, half], live[:, half]) for half in (slice(0, 2), slice(2, 4))]
        both = [half * weight / 100 for half, weight in zip(halves, method.weights, strict=True)]
        return np.concatenate(both, axis=1)
    parts = parts_of_periods(method)
    return np.concatenate(
        [shared(now[:, [n]], live[:, [n]]) * part for n, part in enumerate(parts)], axis=1
    )


@pytest.mark.parametrize("name", SHARED)
@pytest.mark.parametrize(("operation", "scope"), HOWS)
def test_a_total_is_shared_out(name, operation, scope):
    history, other = history_with_two_layers()
    now, given = table(history)
    amount = 97
    method = SHARED[name]
    history.add(Set((Wish(WHERE, amount),), grammar.Method(**_with(method, operation, scope))))
    after, _ = table(history)
    before = int(now.sum())
    assert (
        after.sum()
        == {"replace": amount, "add": before + amount, "subtract": before - amount}[operation]
    )
    live = live_cells(method, scope, now, given)
    if method.name == "blend":
        live &= given  # a cell that one driver does not know keeps out
    assert (after == now)[~live].all()
    exact = wanted_shares(method, now, other, live) * amount
    start = np.where(live, 0, now) if operation == "replace" else now
    sign = -1 if operation == "subtract" else 1
    assert all(abs(off) < 2 for off in (after - (start + sign * exact)).ravel())


@pytest.mark.parametrize("name", FILLED)
@pytest.mark.parametrize(("operation", "scope"), HOWS)
def test_a_slice_is_filled(name, operation, scope):
    history, other = history_with_two_layers()
    now, given = table(history)
    method, amount = FILLED[name]
    filled = grammar.Method(**_with(method, operation, scope))
    history.add(Spread(WHERE, filled, amount))
    after, _ = table(history)
    live = live_cells(method, scope, now, given)
    assert (after == now)[~live].all()
    exact = _filled_parts(method, amount, now, other, live)
    start = np.where(live, 0, now) if operation == "replace" else now
    sign = -1 if operation == "subtract" else 1
    assert all(abs(off) < 1 for off in (after - (start + sign * exact)).ravel())


def _filled_parts(method, amount, now, other, live):
    """What each cell gets, exactly."""
    if method.name == "repeat":
        return live * Fraction(amount)
    if method.name == "percent":
        source = other[:6] if method.references else now
        return shared(source, live) * int((source * live).sum()) * method.rate
    if method.name == "by_reference":
        return shared(other[:6], live) * round(int(other[:6].sum()) * (1 + method.rate))
    series = {
        "straight_line": [100, 200, 300, 400],
        "growth": [300, 330, 363, 399],  # 399.3
    }[method.name]
    return np.concatenate(
        [shared(now[:, [n]], live[:, [n]]) * one for n, one in enumerate(series)], axis=1
    )


def _with(method, operation, scope):
    fields = {name: getattr(method, name) for name in Method.__slots__}
    return fields | {"operation": operation, "scope": scope}


def test_all_methods_are_tried():
    assert {method.name for method in SHARED.values()} == set(SHARING)
    assert {method.name for method, _ in FILLED.values()} == set(FILLING) - {"blend"}


def test_what_is_excluded_leaves_the_denominator():
    history, _ = history_with_two_layers()
    now, _ = table(history)
    out = at(region="S2")
    history.add(Set((Wish(WHERE, 500),), Method("equal"), exclude=(out,)))
    after, _ = table(history)
    assert after.sum() == 500
    assert (after[2:4] == now[2:4]).all()
    assert len(set(np.delete(after, [2, 3], axis=0).ravel().tolist())) <= 2


def test_each_of_several_wishes_follows_its_own_reference():
    history = History(
        plan_of([[1, 10], [1, 30]], kind="half", seats={"S1": "R1", "S2": "R2"}, products=("P1",))
    )
    wishes = tuple(Wish(at("2027H1", region=one), amount) for one, amount in (("R1", 7), ("R2", 8)))
    history.add(Set(wishes, Method("by_reference", references=(at("2027H2"),))))
    assert history.now.columns[KEY].values[:, 0].tolist() == [7, 8]


def test_several_wishes_are_each_phased():
    history = History(plan_of([[0] * 4] * 2, seats={"S1": "R1", "S2": "R2"}, products=("P1",)))
    wishes = (Wish(at("2027H1", region="R1"), 30), Wish(at("2027H2", region="R2"), 60))
    history.add(Set(wishes, Method("pattern", weights=(Fraction(1), Fraction(2)))))
    assert history.now.columns[KEY].values.tolist() == [[10, 20, 0, 0], [0, 0, 20, 40]]


def test_more_is_added_to_totals_that_share_cells():
    history = History(plan_of([[10, 20, 30, 40]] * 10))
    wishes = (Wish(at("2027Q4"), 100), Wish(at("2027Q4", region="R1"), 60))
    history.add(Set(wishes, Method(operation="add")))
    assert [history.now.total(wish.at) for wish in wishes] == [500, 300]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (Set((Wish(WHERE, 5),), Method("proportionl")), "unknown_method"),
        (Set((Wish(WHERE, 5),), Method("repeat")), "unknown_method"),
        (Spread(WHERE, Method("equal"), 5), "unknown_method"),
        (Set((Wish(WHERE, 5),), Method("by_reference")), "method_lacks by_reference"),
        (Set((Wish(WHERE, 5),), Method("by_weights")), "method_lacks by_weights"),
        (Spread(WHERE, Method("growth", rate=Fraction(1)), None), "method_lacks growth"),
        (Spread(WHERE, Method("percent")), "method_lacks percent"),
        (Spread(WHERE, Method("straight_line"), 5), "method_lacks straight_line"),
        (
            Set((Wish(WHERE, 5),), Method("blend", references=(OTHER,), weights=QUARTERS)),
            "reference_count blend",
        ),
        (
            Set((Wish(WHERE, 5), Wish(at(), 9)), Method("equal")),
            "wishes_share_cells equal",
        ),
        (Set((Wish(WHERE, 5), Wish(at(), 9)), keep="hold_parent"), "hold_parent_one"),
    ],
)
def test_a_method_that_cannot_be_meant_is_refused(edit, code):
    history, _ = history_with_two_layers()
    with pytest.raises(UsageRefused, match=f"edit.{code}"):
        history.add(edit)


def test_weights_that_are_all_zero_count_alike_with_a_warning():
    history = History(plan_of([[1, 1, 1, 1]], seats={"S1": "R1"}, products=("P1",)))
    zeros = (Fraction(0),) * 4
    done = history.add(Set((Wish(at(), 40),), Method("by_weights", weights=zeros)))
    assert history.now.columns[KEY].values.tolist() == [[10, 10, 10, 10]]
    assert [one.code for one in done.findings] == ["edit.weights_zero"]
    with pytest.raises(DataRefused, match=r"edit\.weights_zero_refused"):
        history.add(Set((Wish(at(), 8),), Method("by_weights", weights=zeros, on_zero="refuse")))


def test_a_basis_of_zeros_is_shared_out_alike_with_a_warning_or_refused():
    history = History(plan_of([[0] * 4], seats={"S1": "R1"}, products=("P1",)))
    with pytest.raises(DataRefused):
        history.add(Set((Wish(at(), 8),), Method(on_zero="refuse")))
    done = history.add(Set((Wish(at(), 8),)))
    assert [one.code for one in done.findings] == ["spread.zero_basis"]


def test_a_target_below_zero_is_told():
    """H59."""
    history = History(plan_of([[3] * 4], seats={"S1": "R1"}, products=("P1",)))
    done = history.add(Set((Wish(at(), -8),), Method("equal")))
    assert [one.code for one in done.findings] == ["edit.negative_total"]
    assert history.now.total(at()) == -8


@pytest.mark.parametrize(("rows", "codes"), [([0, 2], []), ([0, 3], ["edit.reference_unpaired"])])
def test_a_reference_that_pairs_with_nothing_is_told(rows, codes):
    seats = {"S1": "R1", "S2": "R2"}
    plan = plan_of([[5, 1], [4, 2], [3, 3], [2, 4]], kind="half", seats=seats)
    kept = type(plan.columns[KEY]).of(plan.columns[KEY].values[rows])
    history = History(replace(plan, rows=plan.rows[rows]).with_column(KEY, kept))
    method = Method("by_reference", references=(at(region="R2"),))
    done = history.add(Spread(at(region="R1"), method))
    assert [one.code for one in done.findings if one.code.startswith("edit")] == codes


def test_what_a_reference_does_not_know_keeps_out():
    seats = {"S1": "R1", "S2": "R1", "S3": "R1"}
    history = History(plan_of([[5, 1], [5, 0], [5, 3]], kind="half", seats=seats, products=("P1",)))
    column = history.now.columns[KEY]
    given = column.given.copy()
    given[1, 1] = False
    history.plans[0] = history.now.with_column(KEY, type(column).of(column.values, given))
    method = Method("by_reference", references=(at("2027H2"),))
    done = history.add(Set((Wish(at("2027H1"), 45),), method))
    assert history.now.columns[KEY].values[:, 0].tolist() == [10, 5, 30]
    assert [one.code for one in done.findings] == ["spread.null_basis"]
