"""Several totals at once, pasted, filled or cleared: one edit, and what is to be said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import Set
from quotaloom.core.allocation.journal.wished import figure
from quotaloom.core.model.amounts import parse_target
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error, info
from quotaloom.core.model.money import half_up, nearest_multiple
from quotaloom.core.model.names import half_width
from quotaloom.web.desk.figure import Figure
from quotaloom.web.desk.tiling import without_sums
from quotaloom.web.desk.typed import FILLS, read_typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.web.desk.figure import Place
    from quotaloom.web.desk.typed import How

TELLING: Final = 1_000  # so many times more or less than what is there: the unit is asked
MOST_TOLD: Final = 20  # cells that a refusal names
_RATE: Final = re.compile(r"[-+].*%")


class UnitAsked(QuotaLoomError):
    """The block is so much larger or smaller than what is there that its unit must be said.

    ``bare`` is the sum of its figures as numbers, ``there`` what stands in their place in 分.
    """

    def __init__(self, bare: Fraction, there: int) -> None:
        self.bare, self.there = bare, there
        super().__init__([error("paste.unit_unclear")])


@dataclass(frozen=True, slots=True)
class Pasted:
    """The edit of a block and what is to be told beside it."""

    edit: Set
    notes: list[Finding] = field(default_factory=list)


def edit_pasted(
    plan: Plan, places: Sequence[Place], size: int, how: How, *, is_said: bool = False
) -> Pasted:
    """One edit for all figures of a block; ``size`` is the unit of bare numbers in 分.

    A total whose parts are in the block too must be their sum, and is left to them. Raises
    UsageRefused with every figure that cannot be read, by its place; UnitAsked unless the unit
    ``is_said``.
    """
    figures = _read(plan, [one for one in places if one.text.strip()], size)
    if not figures:
        raise UsageRefused([error("paste.empty")])
    if not is_said:
        _ask_unit(plan, figures)
    if len(figures) > 1 and (how.keep != "roll_up" or how.method.name in FILLS):
        raise UsageRefused([error("paste.one_at_a_time")])
    rounded = sum(one.is_rounded for one in figures)
    notes = [info("paste.rounded", cells=rounded)] if rounded else []
    adds_up = plan.measure(figures[0].place.at.measure).kind == "additive"
    wishes = [one.wish for one in (without_sums(plan, figures) if adds_up else figures)]
    return Pasted(Set(tuple(wishes), how.method, how.keep, how.along, how.exclude), notes)


def _read(plan: Plan, places: Sequence[Place], size: int) -> list[Figure]:
    figures, wrong = [], []
    for place in places:
        try:
            figures.append(_figure(plan, place, size))
        except UsageRefused as refusal:
            wrong += [located(one, place.words) for one in refusal.findings]
    refuse_all(wrong)
    return figures


def refuse_all(wrong: Sequence[Finding]) -> None:
    """Refuse a block with what is wrong in it, if anything; of very much the first only."""
    if wrong:
        more = len(wrong) - MOST_TOLD
        told = [info("paste.more_wrong", count=more)] if more > 0 else []
        raise UsageRefused([*wrong[:MOST_TOLD], *told])


def located(finding: Finding, words: str) -> Finding:
    """The finding with the place that it is about, as the page calls it."""
    return replace(finding, params={**finding.params, "wish": words})


def _figure(plan: Plan, place: Place, size: int) -> Figure:
    """A sign before a number is its own; before a percentage it raises or lowers what is there."""
    text = half_width(place.text).strip()
    measure = plan.measure(place.at.measure)
    if _RATE.fullmatch(text):
        rate = parse_target(text).value
        return Figure(place, half_up((figure(plan, place.at) or 0) * (1 + rate)))
    read = read_typed(text, measure, size)
    whole = nearest_multiple(read.minor, read.step)
    bare = Fraction(read.minor) / size if read.is_bare else None
    return Figure(place, whole // read.step, bare, is_rounded=whole != read.minor)


def _ask_unit(plan: Plan, figures: Sequence[Figure]) -> None:
    bare = [one for one in figures if one.bare is not None]
    typed = sum(abs(one.amount) for one in bare)
    there = sum(abs(plan.total(one.place.at)) for one in bare)
    if typed and there and (typed >= TELLING * there or there >= TELLING * typed):
        unit = plan.measure(bare[0].place.at.measure).unit
        raise UnitAsked(sum((one.bare for one in bare if one.bare), Fraction(0)), there * unit)
