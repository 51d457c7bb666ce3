"""Random cubes with wishes around a hidden plan, a part of them spoiled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from hypothesis import strategies as st

from quotaloom.core.allocation.cube import Cube, Wish
from quotaloom.core.model.hierarchy_build import from_levels
from quotaloom.core.model.periods import FiscalCalendar, rollups
from tests.support.oracle import Row

CALENDAR = FiscalCalendar()
ENDLESS = 10**7


@dataclass(frozen=True)
class Case:
    """A cube, its total in units, the wishes and the caps."""

    cube: Cube
    total: int
    wishes: tuple[Wish, ...]
    caps: np.ndarray | None = None

    @property
    def is_rich(self):
        """Three axes or more, a wish on an inner node, a hold and a bound."""
        kinds = {wish.kind for wish in self.wishes}
        nested = any(wish.text.startswith("inner") for wish in self.wishes)
        axes = len(self.cube.hierarchies) + (self.cube.size[1] > 1)
        return axes >= 3 and nested and kinds >= {"hold", "bound"}

    @property
    def weights(self):
        """The weight of each cell, as Python ints."""
        return self.cube.basis[:, None].astype(object) * self.cube.seasonal().astype(object)

    def rows(self):
        """The user's wishes over single cells, by their text; the total's text is ''."""
        numbers = np.arange(self.weights.size).reshape(self.weights.shape)
        rows = {"": Row(tuple(numbers.reshape(-1).tolist()), self.total, self.total)}
        for wish in self.wishes:
            cells = numbers[np.ix_(wish.tuples, wish.periods)].reshape(-1)
            high = ENDLESS if wish.high is None else wish.high
            rows[wish.text] = Row(tuple(cells.tolist()), wish.low, high)
        return rows

    def most(self, *, capped=True):
        """The upper bound of each cell."""
        if self.caps is None or not capped:
            return np.full(self.weights.size, ENDLESS)
        return self.caps.reshape(-1)


@lru_cache
def tree(name, fans):
    """A hierarchy of two levels: so many leaves under each top member."""
    rows = [
        (f"{name}{top}", f"{name}{top}{leaf}")
        for top, fan in enumerate(fans)
        for leaf in range(fan)
    ]
    return from_levels(name, [f"{name}上", f"{name}下"], rows)


def cube_of(trees, tuples, basis, profiles, *, kind="quarter", shape=None):
    """A cube over the periods of 2027; ``tuples`` has one row of leaf numbers a tuple."""
    tuples = np.array(tuples).reshape(-1, len(trees))
    return Cube(
        tuple(trees),
        tuple(tuples[:, n].astype(np.int32) for n in range(len(trees))),
        CALENDAR.periods(2027, kind),
        dict(rollups(CALENDAR, 2027, kind)),
        np.array(basis, np.int64),
        np.zeros(len(tuples), np.int32) if shape is None else np.array(shape, np.int32),
        np.array(profiles, np.int64),
    )


@st.composite
def cubes(draw, *, dense=False):
    """One to three trees, a part of their combinations, weights from 0 to 10**13."""
    kind = draw(st.sampled_from(["quarter", "half", "quarter", "quarter", "half", "year"]))
    count = draw(st.sampled_from([2, 2, 2, 2, 3, 1]))
    fan = st.sampled_from([(1,), (2,), (3,), (1, 2), (2, 2), (3, 1)])
    trees = [tree(f"维{n}", draw(fan)) for n in range(count)]
    every = np.indices([one.leaf_count for one in trees]).reshape(count, -1).T
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kept = rng.random(len(every)) < (1 if dense else draw(st.sampled_from([0.3, 0.7, 1])))
    kept[0] |= not kept.any()
    tuples = every[kept]
    sizes = [1, 7, 40, 10**6, 10**13] if dense else [0, 1, 7, 40, 10**6, 10**13]
    span = len(CALENDAR.periods(2027, kind))
    shapes = draw(st.integers(1, 2))
    profiles = rng.integers(1 if dense else 0, 9, (shapes, span))
    profiles *= 10**6 // np.maximum(profiles.sum(axis=1, keepdims=True), 1)
    return cube_of(
        trees,
        tuples,
        rng.choice(sizes, len(tuples)),
        profiles,
        kind=kind,
        shape=rng.integers(0, shapes, len(tuples)),
    )


@st.composite
def areas(draw, cube, *, inner=False):
    """A node, some periods or both: its name, its tuples and its periods."""
    count, span = cube.size
    tuples, periods, name = np.ones(count, bool), np.ones(span, bool), ""
    what = "node" if inner else draw(st.sampled_from(["node", "node", "time", "both"]))
    if what != "time":
        axis = draw(st.integers(0, len(cube.hierarchies) - 1))
        one = cube.hierarchies[axis]
        tops = np.flatnonzero(one.depths == 0)
        node = draw(st.integers(0, len(one) - 1))
        node = int(tops[node % len(tops)]) if inner else node
        first, past = one.spans[node].tolist()
        tuples = (cube.members[axis] >= first) & (cube.members[axis] < past)
        name = "inner" if one.depths[node] == 0 else "leaf"
    if what != "node":
        start = draw(st.integers(0, span - 1))
        periods = np.zeros(span, bool)
        periods[start : draw(st.integers(start + 1, span))] = True
        name += " time"
    return name, tuples, periods


@st.composite
def cases(draw):
    """Wishes that a hidden plan meets, some of them then moved by a unit or far off."""
    cube = draw(cubes())
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    plan = rng.integers(0, draw(st.sampled_from([2, 10])), cube.size)
    rich = ["inner fix", "hold", "bound"]  # the likeliest come first: the first is drawn often
    kinds = [
        *draw(st.sampled_from([rich, rich, rich, rich, rich, rich, ["fix"], []])),
        *draw(st.lists(st.sampled_from(["fix", "fix", "hold", "bound"]), max_size=3)),
    ]
    wishes = []
    for number, asked in enumerate(kinds):
        kind = asked.split()[-1]
        name, tuples, periods = draw(areas(cube, inner="inner" in asked))
        amount = int(plan[np.ix_(tuples, periods)].sum())
        amount = max(0, amount + draw(st.sampled_from([0] * 9 + [1, -3, 40])))
        ends = (amount, amount)
        if kind == "bound":
            ends = draw(st.sampled_from([(amount, None), (0, amount)]))
        wishes.append(Wish(f"{name} {kind} {number}", kind, tuples, periods, *ends))
    capped = draw(st.integers(0, 4)) == 0
    caps = plan + draw(st.integers(0, 3)) if capped else None
    return Case(cube, int(plan.sum()), tuple(wishes), caps)


def scaled(case, factor):
    """The same case in a unit that is so much smaller."""
    wishes = [
        replace(w, low=w.low * factor, high=None if w.high is None else w.high * factor)
        for w in case.wishes
    ]
    caps = None if case.caps is None else case.caps * factor
    return Case(case.cube, case.total * factor, tuple(wishes), caps)
