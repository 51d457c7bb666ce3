"""A team that edits a plan at random, the same edits for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.edit import Method, Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import QuotaLoomError

TURN = date(2027, 7, 1)
METHODS = (
    Method(),
    Method(),
    Method("equal"),
    Method(scope="populated"),
    Method(operation="add"),
    Method("pattern", place="last"),
)


class Team:
    """Draws edits of a plan: totals, several totals, rates, holds, bounds, members, reverts."""

    def __init__(self, rng, key=("booked", "issued")):
        self.rng, self.key, self.opened = rng, key, 0

    def one_of(self, choices):
        """Any of them."""
        return choices[int(self.rng.integers(len(choices)))]

    def slice(self, plan, within=None):
        """Any node × period, or one below a member of the first axis."""
        members = {}
        for number, axis in enumerate(plan.axes):
            names = [one.id for one in axis.members if one.closed is None]
            if number == 0 and within is not None:
                names = [within, *axis.children(within, TURN)]
            if (number == 0 and within is not None) or self.rng.random() < 0.6:
                members[axis.name] = self.one_of(names)
        periods = ["", *plan.rollups[plan.periods[0].label][:2], *(p.label for p in plan.periods)]
        return Slice(tuple(sorted(members.items())), self.one_of(periods), *self.key)

    def edit(self, plan, within=None):
        """One edit, which the plan may refuse."""
        at = self.slice(plan, within)
        total = plan.total(at)
        near = int(total * self.rng.uniform(0.7, 1.4)) + int(self.rng.integers(0, 50))
        kind = self.rng.random()
        if within is not None or kind < 0.55:
            return Set((Wish(at, near),), self.one_of(METHODS))
        if kind < 0.65:
            return Set((Wish(at, near),), keep="hold_parent", along=self.one_of(("", "region")))
        if kind < 0.72:
            return grammar.Fix((Wish(at, near), Wish(self.slice(plan), near)))
        if kind < 0.75:
            return self._layers(plan, at)
        if kind < 0.8:
            return grammar.Scale(at, Fraction(int(self.rng.integers(-20, 20)), 100))
        return self._rule(plan, at, total)

    def _layers(self, plan, at):
        """A slice filled by a rate or a line, or brought together with another layer."""
        other = replace(at, layer=plan.layers[-1])
        kind = self.rng.random()
        if kind < 0.4:
            rate = Fraction(int(self.rng.integers(1, 30)), 100)
            return grammar.Spread(at, Method("percent", operation="add", rate=rate))
        if kind < 0.6:
            return grammar.Spread(at, Method("growth", rate=Fraction(1, 50)), 900)
        if kind < 0.8:
            return grammar.Reconcile(other, (at, other), (Fraction(2), Fraction(1)))
        return grammar.Calibrate(at, other, ("",))

    def _rule(self, plan, at, total):
        kind = self.rng.random()
        if kind < 0.25:
            return grammar.HoldEdit(at, self.one_of(("cells", "total")), "team")
        if kind < 0.45:
            return grammar.BoundEdit(at, total // 2, total * 3 + 10)
        rules = [one.seq for one in (*plan.holds, *plan.bounds)]
        if kind < 0.75 and rules:
            return grammar.Release(self.one_of(rules))
        axis = plan.axes[0]
        seats = [one.id for one in axis.members if one.parent(TURN) and one.closed is None]
        tops = axis.children("", TURN)
        if kind < 0.85:
            return grammar.Move(axis.name, self.one_of(seats), self.one_of(tops), TURN)
        if kind < 0.92:
            self.opened += 1
            return grammar.Open(axis.name, f"N{self.opened}", self.one_of(tops))
        return grammar.Revert(int(self.rng.integers(1, max(plan.position, 2))))


def work(journal, team, author, count, within=None):
    """So many edits that the plan took; answers how many it refused on the way."""
    refused = done = 0
    while done < count:
        try:
            journal.write(team.edit(journal.plan, within), author)
        except QuotaLoomError:
            refused += 1
            continue
        done += 1
    return refused
