"""How many units each class of cells gets, so that every wish is met exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.refusals import conflict
from quotaloom.core.model.findings import Finding, warning
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.margins import Margin
from quotaloom.core.numeric.program import Program, least_sum, nearest_whole, whole_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.allocation.classes import Classes

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]
    Mask = NDArray[np.bool_]

SECONDS = 20.0  # how long the nearest whole units are looked for once some are known


@dataclass(frozen=True)
class Shares:
    """The units of each class in cells with weight, those in cells without, what had to be said."""

    units: Ints
    opened: Ints
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Parts:
    """What the units go to: the cells with weight of each class, then those without of each.

    ``asks`` has one row a wish (the total first) and one column a part; ``holds`` are the rows
    that are met by themselves first.
    """

    weights: Reals
    room: Ints
    asks: Mask
    low: Ints
    high: Ints
    holds: Mask

    @property
    def held(self) -> Mask:
        """The parts in any hold."""
        return np.asarray(self.asks[self.holds].any(axis=0), np.bool_)

    def program(self) -> Program:
        """The wishes as rows over the parts."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - heavy

        rows = csr_array(self.asks.astype(np.int64))
        return Program(rows, self.low, self.high, np.zeros_like(self.room), self.room)

    def limited(self, chosen: Mask, most: int) -> Parts:
        """One more wish: some parts together hold ``most`` at most."""
        return replace(
            self,
            asks=np.concatenate([self.asks, chosen[None, :]]),
            low=np.append(self.low, 0),
            high=np.append(self.high, most),
            holds=np.append(self.holds, [False]),
        )

    def margins(self, chosen: Mask, inside: Mask, used: Ints) -> list[Margin]:
        """Some wishes over some parts, less what other parts use; disjoint wishes go together."""
        spent = self.asks.astype(np.int64) @ used
        groups: list[list[int]] = []
        for row in np.flatnonzero(chosen & (self.asks & inside).any(axis=1)).tolist():
            apart = (g for g in groups if not (self.asks[g] & self.asks[row] & inside).any())
            group = next(apart, None)
            if group is None:
                groups.append([row])
            else:
                group.append(row)
        return [self._margin(group, inside, spent) for group in groups]

    def _margin(self, rows: list[int], inside: Mask, spent: Ints) -> Margin:
        codes = np.full(len(self.room), -1, dtype=np.int32)
        for place, row in enumerate(rows):
            codes[self.asks[row] & inside] = place
        left = Margin(codes, self.low[rows], self.high[rows]).less(spent[rows])
        return Margin(codes, np.maximum(left.low, 0), np.maximum(left.high, 0))


def share_out(classes: Classes) -> Shares:
    """Units for each class: in proportion to weight, each wish exact.

    Cells without weight get no more than the wishes force upon them. Raises Infeasible
    (``allocate.conflict`` …) with an irreducible set of wishes.
    """
    if len(classes.texts) == 1 and classes.total <= classes.room[0]:
        return Shares(classes.low[:1], np.zeros(1, dtype=np.int64), ())
    units, findings = _units(_weighty(classes))
    if units is None:
        opened = _opened(classes)
        units, findings = (None, []) if opened is None else _units(opened)
    if units is None:
        raise conflict(classes)
    inner, outer = np.split(units, 2)
    if outer.any():
        findings.append(warning("allocate.zero_basis_opened", units=int(outer.sum())))
    return Shares(inner, outer, tuple(findings))


def _weighty(classes: Classes) -> Parts:
    """Only the cells with weight are open."""
    weights = np.array([float(weight) for weight in classes.weights])
    nothing = np.zeros_like(classes.room)
    return Parts(
        np.concatenate([weights, nothing]),
        np.concatenate([classes.room, nothing]),
        np.concatenate([classes.members, classes.members], axis=1),
        classes.low,
        classes.high,
        np.array([kind == "hold" for kind in classes.kinds]),
    )


def _opened(classes: Classes) -> Parts | None:
    """Cells without weight are open as far as they are needed, worth the average of the others.

    None where even that does not help.
    """
    parts, count = _weighty(classes), len(classes.weights)
    spare = np.where(classes.room >= classes.total, 0, classes.spare)
    known, cells = sum(classes.weights), int(classes.full.sum())
    typical = known / cells if known else 1.0
    opened = replace(
        parts,
        weights=np.concatenate([parts.weights[:count], classes.empty * typical]),
        room=np.concatenate([classes.room, spare]),
    )
    empties = np.arange(2 * count) >= count
    least = least_sum(opened.program(), empties)
    if least is None:
        return None
    for more in (0, count, classes.total):
        limited = opened.limited(empties, least + more)
        if whole_cells(limited.program(), seconds=SECONDS).cells is not None:
            return limited
    return None


def _units(parts: Parts) -> tuple[Ints | None, list[Finding]]:
    """Whole units of each part, or None where none meet the wishes; holds first if that works."""
    program, held = parts.program(), parts.held
    fixed = _held_units(parts, program, held) if held.any() else None
    if fixed is not None:
        tight = program.within(fixed, np.where(held, fixed, parts.room))
        units = _near(parts, tight, ~held, fixed)
        if units is not None:
            return units, []
    units = _near(parts, program, np.ones_like(held), np.zeros_like(parts.room))
    return units, [warning("allocate.hold_reshaped")] if held.any() else []


def _held_units(parts: Parts, program: Program, held: Mask) -> Ints | None:
    """The units of the held parts as if there were no other wishes; 0 elsewhere."""
    nothing = np.zeros_like(parts.room)
    only = program.only(np.flatnonzero(parts.holds).tolist())
    inside = only.within(nothing, np.where(held, parts.room, 0))
    return _near(parts, inside, held, nothing, rows=parts.holds)


def _near(
    parts: Parts, program: Program, inside: Mask, used: Ints, *, rows: Mask | None = None
) -> Ints | None:
    """Whole units that the program allows, nearest to the fit of the parts inside."""
    if program.is_hopeless:
        return None
    weights = np.where(inside, parts.weights, 0.0)
    chosen = np.ones_like(parts.holds) if rows is None else rows
    tight = bool((parts.room < parts.low[0])[weights > 0].any())
    high = parts.room.astype(np.float64) if tight else None
    margins = parts.margins(chosen, inside, used)
    done = fit(weights, margins, high=high, careful=False)
    if not done.met:
        some = whole_cells(program, seconds=SECONDS)
        if some.cells is None and some.proven:
            return None
        done = done if high is None else fit(weights, margins, high=high)
    return nearest_whole(program, done.cells + used, seconds=SECONDS).cells
