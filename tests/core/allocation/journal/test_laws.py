"""Random edits of a plan: sums hold, holds stand, refusals are proofs, undo is exact (R1–R5)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.apply import apply
from quotaloom.core.allocation.journal.digest import plan_digest
from quotaloom.core.allocation.journal.meeting import meetings
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.errors import Infeasible, QuotaLoomError
from quotaloom.core.model.money import half_up
from tests.core.allocation.journal.plans import KEY, SEATS, History, at, plan_of
from tests.support.counts import examples
from tests.support.oracle import Row, exists

PLACES = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["R1", "R2", *SEATS]),
        "product": st.sampled_from(["P1", "P2"]),
    },
)
PERIODS = st.sampled_from(["", "2027H1", "2027H2", "2027Q1", "2027Q2", "2027Q3", "2027Q4"])
SLICES = st.builds(lambda members, period: at(period, **members), PLACES, PERIODS)
AMOUNTS = st.integers(0, 4_000)
TURN = date(2027, 7, 1)
SUBMITTED = replace(at(), layer="submitted")
SHARES = tuple(map(Fraction, (15, 20, 30, 35)))
METHODS = list(
    product(
        [
            grammar.Method(),
            grammar.Method("equal"),
            grammar.Method("by_reference", references=(SUBMITTED,)),
            grammar.Method("by_weights", weights=SHARES[:2]),
            grammar.Method("seasonal", weights=SHARES),
            grammar.Method("pattern", place="last"),
        ],
        ("replace", "add", "subtract"),
        ("all", "populated"),
    )
)


class Planning(RuleBasedStateMachine):
    """A team that edits one plan in every way that the grammar has."""

    @initialize(
        values=st.lists(st.integers(0, 200), min_size=40, max_size=40),
        given=st.lists(st.integers(0, 9).map(bool), min_size=40, max_size=40),
    )
    def begin(self, values, given):
        plan = plan_of(values, np.array(given).reshape(10, 4))
        theirs = Column.of(plan.columns[KEY].values[::-1].copy())
        self.history = History(plan.with_column(SUBMITTED.key, theirs))
        self.away = None
        self.digests = [plan_digest(self.history.now)]

    def tried(self, edit):
        """The edit, or its refusal: then nothing has changed."""
        before = self.history.now
        try:
            done = self.history.add(edit)
        except QuotaLoomError as refusal:
            assert self.history.now is before
            assert plan_digest(before) == self.digests[-1]
            return refusal
        self.digests.append(plan_digest(self.history.now))
        return done

    @rule(where=SLICES, amount=AMOUNTS, equal=st.booleans())
    def set_total(self, where, amount, equal):
        before = self.history.now
        method = grammar.Method("equal" if equal else "proportional")
        done = self.tried(grammar.Set((grammar.Wish(where, amount),), method))
        if isinstance(done, Infeasible):
            assert not _possible(before, [(where, amount)])
        elif not isinstance(done, QuotaLoomError):
            assert self.history.now.total(where) == amount

    @rule(where=SLICES, amount=AMOUNTS, along=st.sampled_from(["", "region", "product"]))
    def set_and_hold_parent(self, where, amount, along):
        before = self.history.now.total(at())
        edit = grammar.Set((grammar.Wish(where, amount),), keep="hold_parent", along=along)
        if not isinstance(self.tried(edit), QuotaLoomError):
            assert self.history.now.total(where) == amount
            assert self.history.now.total(at()) == before

    @rule(wishes=st.lists(st.tuples(SLICES, AMOUNTS), min_size=2, max_size=3))
    def set_several(self, wishes):
        before = self.history.now
        done = self.tried(grammar.Set(tuple(grammar.Wish(w, a) for w, a in wishes)))
        if isinstance(done, Infeasible) and done.findings[0].code == "rake.conflict":
            assert not _possible(before, wishes, whole=False)
        elif not isinstance(done, QuotaLoomError):
            assert [self.history.now.total(w) for w, _ in wishes] == [a for _, a in wishes]

    @rule(where=SLICES, share=st.fractions(0, 1, max_denominator=20))
    def fix(self, where, share):
        now = self.history.now
        wish = grammar.Wish(where, int(now.total(at()) * share))
        if not isinstance(self.tried(grammar.Fix((wish,))), QuotaLoomError):
            assert self.history.now.total(where) == wish.amount
            assert self.history.now.total(at()) == now.total(at())

    @rule(where=SLICES, amount=AMOUNTS, how=st.sampled_from(METHODS), out=SLICES)
    def spread_by_a_method(self, where, amount, how, out):
        method, operation, scope = how
        before = self.history.now.total(where)
        asked = replace(method, operation=operation, scope=scope)
        edit = grammar.Set((grammar.Wish(where, amount),), asked, exclude=(out,))
        sign = {"replace": 0, "add": 1, "subtract": -1}[operation]
        if not isinstance(self.tried(edit), QuotaLoomError):
            wanted = before + sign * amount if sign else amount
            assert self.history.now.total(where) == wanted

    @rule(along=st.lists(st.sampled_from(["", "region", "product"]), min_size=1, unique=True))
    def calibrate(self, along):
        if isinstance(self.tried(grammar.Calibrate(at(), SUBMITTED, tuple(along))), QuotaLoomError):
            return
        for axis in along:
            assert _below(self.history.now, at(), axis) == _below(self.history.now, SUBMITTED, axis)

    @rule(weight=st.integers(0, 5))
    def reconcile(self, weight):
        weights = (Fraction(weight), Fraction(1))
        before = self.history.now
        done = self.tried(grammar.Reconcile(SUBMITTED, (at(), SUBMITTED), weights))
        if not isinstance(done, QuotaLoomError):
            mean = Fraction(weight * before.total(at()) + before.total(SUBMITTED), weight + 1)
            assert self.history.now.total(SUBMITTED) == half_up(mean)

    @rule()
    def part(self):
        """A branch begins here; an earlier one is forgotten."""
        self.away = History(self.history.now)
        self.parted = self.history.now.position

    @precondition(lambda self: self.away is not None)
    @rule(where=SLICES, amount=AMOUNTS)
    def edit_the_branch(self, where, amount):
        with suppress(QuotaLoomError):
            self.away.add(grammar.Set((grammar.Wish(where, amount),)))

    @precondition(lambda self: self.away is not None)
    @rule()
    def merge_the_branch(self):
        """What it meets is left out; nothing that was wished here moves."""
        wished = [wish.at for edit in self._since() for wish in getattr(edit, "wishes", ())]
        before = [self.history.now.total(where) for where in wished]
        is_plain = not self._since()
        merged = set()
        for edit in self.away.edits:
            if not self._met(edit, merged) and not isinstance(self.tried(edit), QuotaLoomError):
                merged.add(self.history.now.position)
        assert [self.history.now.total(where) for where in wished] == before
        if is_plain:
            assert plan_digest(self.history.now) == plan_digest(self.away.now)
        self.away = None

    def _since(self):
        """The edits here since the branch began."""
        return self.history.edits[self.parted :]

    def _met(self, edit, merged):
        """Whether an edit of the branch meets others than those that came with it."""
        numbered = enumerate(self._since(), start=self.parted + 1)
        unseen = [(seq, one) for seq, one in numbered if seq not in merged]
        try:
            done = apply(self.history.now, edit)
        except QuotaLoomError:
            return True
        return bool(meetings(self.history.now, edit, done, unseen))

    @rule(where=SLICES, rate=st.fractions(-1, 1, max_denominator=40))
    def scale(self, where, rate):
        self.tried(grammar.Scale(where, rate))

    @rule(where=SLICES, kind=st.sampled_from(["cells", "total"]))
    def hold(self, where, kind):
        self.tried(grammar.HoldEdit(where, kind, "u1"))

    @rule(where=SLICES, low=st.integers(0, 300), room=st.integers(0, 900))
    def bound(self, where, low, room):
        self.tried(grammar.BoundEdit(where, low, low + room))

    @precondition(lambda self: self.history.now.holds or self.history.now.bounds)
    @rule(data=st.data())
    def release(self, data):
        now = self.history.now
        rules = sorted(one.seq for one in (*now.holds, *now.bounds))
        self.tried(grammar.Release(data.draw(st.sampled_from(rules))))

    @rule(seat=st.sampled_from(sorted(SEATS)), region=st.sampled_from(["R1", "R2"]))
    def move(self, seat, region):
        before = self.history.now.total(at())
        self.tried(grammar.Move("region", seat, region, TURN))
        assert self.history.now.total(at()) == before

    @rule(seat=st.sampled_from(sorted(SEATS)), weight=st.integers(0, 5))
    def split(self, seat, weight):
        before = self.history.now.total(at())
        number = self.history.now.position
        parts = ((f"{seat}a{number}", "", Fraction(1)), (f"{seat}b{number}", "", Fraction(weight)))
        self.tried(grammar.Split("region", seat, parts, TURN))
        assert self.history.now.total(at()) == before

    @rule(seats=st.lists(st.sampled_from(sorted(SEATS)), min_size=2, max_size=3, unique=True))
    def merge(self, seats):
        before = self.history.now.total(at())
        self.tried(grammar.Merge("region", tuple(seats), seats[0], "", TURN))
        assert self.history.now.total(at()) == before

    @rule(region=st.sampled_from(["R1", "R2"]))
    def add_seat(self, region):
        seat = f"N{self.history.now.position}"
        self.tried(grammar.Open("region", seat, region))

    @rule(seat=st.sampled_from(sorted(SEATS)), to=st.sampled_from(["", *SEATS]))
    def retire(self, seat, to):
        before = self.history.now.total(at())
        if seat != to:
            self.tried(grammar.Close("region", seat, TURN, to))
        assert self.history.now.total(at()) == before

    @precondition(lambda self: self.history.now.position)
    @rule(data=st.data())
    def take_back(self, data):
        self.tried(grammar.Revert(data.draw(st.integers(1, self.history.now.position))))

    @invariant()
    def every_parent_is_the_sum_of_its_children(self):
        now = self.history.now
        for period in ("", "2027Q3"):
            tops = now.axis("region").children("", TURN)
            assert sum(now.total(at(period, region=top)) for top in tops) == now.total(at(period))
        quarters = [now.total(at(f"2027Q{quarter}")) for quarter in range(1, 5)]
        assert sum(quarters) == now.total(at())

    @invariant()
    def holds_and_bounds_stand(self):
        now = self.history.now
        for hold in now.holds:
            then = self.history.plans[hold.seq]
            if hold.kind == "total" and not _reopened(self.history, hold.seq):
                assert now.total(hold.at) == then.total(hold.at)
        for bound in now.bounds:
            assert bound.low <= now.total(bound.at) <= bound.high

    def teardown(self):
        """Everything taken back, last first, gives each earlier plan again, to the unit."""
        if not hasattr(self, "history"):
            return
        for seq in range(self.history.now.position, 0, -1):
            if isinstance(self.history.edits[seq - 1], grammar.Release | grammar.Revert):
                return
            self.history.add(grammar.Revert(seq))
            assert plan_digest(self.history.now) == self.digests[seq - 1]


def _below(plan, where, axis):
    """The totals right below a slice along an axis, "" being time."""
    if not axis:
        return [plan.total(replace(where, period=one.label)) for one in plan.periods]
    children = plan.axis(axis).children("", plan.periods[0].start)
    return [plan.total(where.at(axis, child)) for child in children]


def _reopened(history, seq):
    """Whether a later edit took the hold back and another one gave it again."""
    return any(all(one.seq != seq for one in plan.holds) for plan in history.plans[seq:])


def _possible(plan, wishes, *, whole=True):
    """Whether whole cells exist that meet the wishes and keep every hold and bound."""
    regions = [plan.region(where) for where, _ in wishes]
    inside = np.logical_or.reduce([one.whole_mask(plan.shape) for one in regions])
    values = plan.columns[KEY].values
    whole_plan = plan.region(at())
    live = inside & plan.writable(whole_plan)
    for hold in plan.holds:
        if hold.kind == "cells":
            live &= ~plan.region(hold.at).whole_mask(plan.shape)
    least = np.where(live, 0, values).ravel().tolist()
    most = np.where(live, 10**6, values).ravel().tolist()
    rows = [_row(plan, where, amount, amount) for where, amount in wishes]
    rows += [_row(plan, h.at, *[plan.total(h.at)] * 2) for h in plan.holds if h.kind == "total"]
    rows += [_row(plan, b.at, b.low, b.high) for b in plan.bounds]
    return exists(rows, least, most, whole=whole)


def _row(plan, where, low, high):
    cells = np.flatnonzero(plan.region(where).whole_mask(plan.shape).ravel())
    return Row(tuple(cells.tolist()), low, high)


PART = 4


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PART))
def test_whatever_a_team_edits_every_law_holds(part):
    del part
    Planning.TestCase.settings = settings(
        max_examples=examples(10_000) // PART, stateful_step_count=12, deadline=None
    )
    Planning.TestCase("runTest").runTest()
