"""Read the goal and the wishes against the basis: everything in whole units."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.resolve import Frame, resolve
from quotaloom.core.allocation.wish_text import parse_wish
from quotaloom.core.model.amounts import parse_amount, parse_share, parse_target
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import Finding, error, info, warning
from quotaloom.core.model.money import nearest_multiple, plain_amount, to_minor, to_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Wish, WishKind
    from quotaloom.core.allocation.wish_text import Relation, WishText
    from quotaloom.cycle.assembly import Basis
    from quotaloom.cycle.request import DecomposeRequest

NEAR = 10**8
BOTH: tuple[Relation, ...] = (">=", "<=", "=")


@dataclass(frozen=True)
class Goal:
    """The total in units, the unit in 分, and last year's amount in 分 where it is known."""

    units: int
    unit: int
    last_year: int | None


def refuse_unreadable(request: DecomposeRequest) -> None:
    """Raise UsageRefused with every amount that cannot be read, before any file is."""
    readings: list[tuple[str, Callable[[], object]]] = [
        (f"--total {request.total}", lambda: parse_target(request.total)),
        (f"--unit {request.unit}", lambda: parse_amount(request.unit)),
        (f"--growth-max {request.growth_max}", lambda: growth_factor(request)),
    ]
    refused: list[Finding] = []
    for words, reading in readings:
        try:
            with _naming(words):
                reading()
        except UsageRefused as refusal:
            refused += refusal.findings
    if refused:
        raise UsageRefused(refused)


def growth_factor(request: DecomposeRequest) -> Fraction | None:
    """What a cell may be of last year's at the most, None for no limit. Raises UsageRefused."""
    text = request.growth_max
    return None if text is None else 1 + parse_share(text.strip().lstrip("+＋"))


def settle_total(request: DecomposeRequest, basis: Basis) -> tuple[Goal, list[Finding]]:
    """The total in units. A typed total off the unit is refused, a growth is rounded and told."""
    unit = to_minor(parse_amount(request.unit).value)
    if unit <= 0:
        raise UsageRefused([error("unit.not_positive", request.unit)])
    with _naming(f"--total {request.total}"):
        return _goal(request, basis, unit)


def _goal(request: DecomposeRequest, basis: Basis, unit: int) -> tuple[Goal, list[Finding]]:
    target = parse_target(request.total)
    past = basis.past
    if target.kind == "absolute":
        if target.value < 0:
            raise UsageRefused([error("total.negative", request.total)])
        warned = [] if target.value else [warning("total.zero", request.total)]
        return Goal(to_units(target.value * 100, unit), unit, past), warned
    if past is None or past <= 0:
        raise UsageRefused([error("total.no_last_year", request.total)])
    factor = 1 + target.value if target.kind == "growth" else target.value
    minor = nearest_multiple(factor * past, unit)
    said = info(
        "total.from_last_year",
        request.total,
        last_year=plain_amount(past),
        total=plain_amount(minor),
    )
    return Goal(minor // unit, unit, past), [said]


def read_wishes(
    request: DecomposeRequest, basis: Basis, goal: Goal
) -> tuple[list[Wish], list[Finding], NDArray[np.int64] | None]:
    """All wishes, what was said about them, and the caps on cells; every refusal at once."""
    total = goal.units * goal.unit
    frame = Frame(basis.cube, basis.calendar, request.year, total, goal.unit, basis.also)
    currency = parse_target(request.total).currency
    wishes: list[Wish] = []
    said: list[Finding] = []
    refused: list[Finding] = []
    for kind, text, relations in _asked(request):
        try:
            with _naming(f"--{kind} {text}"):
                typed = parse_wish(text, relations=relations)
                _refuse_other(typed, currency)
                wish, echoed = resolve(typed, kind, frame)
        except UsageRefused as refusal:
            refused += refusal.findings
            continue
        wishes.append(wish)
        said += echoed
    if refused:
        raise UsageRefused(refused)
    caps, uncapped = growth_caps(request, basis, goal.unit)
    return wishes, [*said, *uncapped], caps


def _asked(request: DecomposeRequest) -> list[tuple[WishKind, str, tuple[Relation, ...]]]:
    """Each wish as typed, with the relations that its kind knows."""
    return [
        *(("fix", text, ("=",)) for text in request.fix),
        *(("hold", text, ("=",)) for text in request.hold),
        *(("bound", text, BOTH) for text in request.bound),
    ]


@contextmanager
def _naming(words: str) -> Iterator[None]:
    """A refusal of these words of the command, with the words in it."""
    try:
        yield
    except QuotaLoomError as refusal:
        named = [
            replace(one, params=dict(one.params) | {"wish": words}) for one in refusal.findings
        ]
        raise UsageRefused(named) from refusal


def _refuse_other(typed: WishText, currency: str | None) -> None:
    if typed.currency and currency and typed.currency != currency:
        told = {"found": typed.currency, "wanted": currency}
        raise UsageRefused([error("currency.differs", typed.text, **told)])


def growth_caps(
    request: DecomposeRequest, basis: Basis, unit: int
) -> tuple[NDArray[np.int64] | None, list[Finding]]:
    """The most units each cell may hold: last year's amount by profile, grown and rounded down.

    Profiles lie on a grid, so what misses a unit by less than its 10**-8 part reaches it.
    Tuples that sold nothing last year have no growth to cap; they are counted.
    """
    factor = growth_factor(request)
    if factor is None:
        return None, []
    if basis.last_year is None:
        raise UsageRefused([error("total.no_last_year", str(request.growth_max))])
    seasonal = basis.cube.seasonal()
    sold = np.maximum(basis.last_year, 0)
    whole = seasonal.sum(axis=1).astype(object) * factor.denominator * unit
    grown = sold.astype(object) * factor.numerator
    whole = np.maximum(whole, 1)[:, None]
    caps = (grown[:, None] * seasonal.astype(object) * (NEAR + 1)) // (whole * NEAR)
    free = basis.last_year <= 0
    caps[free] = np.iinfo(np.int64).max // 4
    said = [warning("growth.uncapped", count=int(free.sum()))] if free.any() else []
    return np.minimum(caps, np.iinfo(np.int64).max // 4).astype(np.int64), said
