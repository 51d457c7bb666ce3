"""The company's target: industry growth × 1.3–1.5 (E5, F-01)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, get_args

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.targets.band import HQ_FACTOR, refuse_unknown
from quotaloom.core.targets.target import Target, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.model.findings import Finding

HqReading = Literal["base", "market", "least"]
Falling = Literal["floor", "widen"]
FACTORS: Final = (Fraction(13, 10), Fraction(14, 10), Fraction(15, 10))
USUAL_FACTOR: Final = FACTORS[1]


@dataclass(frozen=True, slots=True)
class HqFigures:
    """What the formula eats. Growths are rates (0.10 is +10 %); ``share`` is 0..1.

    ``market`` and ``share`` serve the reading ``market``, ``planned`` the reading ``least``.
    """

    base: Fraction
    industry: Fraction
    market: Fraction | None = None
    share: Fraction | None = None
    planned: Fraction | None = None


@dataclass(frozen=True, slots=True)
class HqRule:
    """How it is read.

    ``base``: base × (1 + g×k). ``market``: market × share × (1 + g×k). ``least``: g×k is only the
    least growth, base × (1 + max(planned, g×k)). ``falling`` decides for a shrinking industry,
    where multiplying would deepen the fall: ``floor`` grows by 0, ``widen`` by g + |g|×(k−1).
    """

    factor: Fraction = USUAL_FACTOR
    reading: HqReading = "base"
    falling: Falling | None = None


def hq_growth(
    industry: Fraction, factor: Fraction = USUAL_FACTOR, *, falling: Falling | None = None
) -> Fraction:
    """Growth as g × k; for g < 0 as ``falling`` says, UsageRefused where undecided."""
    if industry >= 0:
        return industry * factor
    if falling is None:
        raise UsageRefused([error("calibrate.falling_undecided", value=plain(industry))])
    return Fraction(0) if falling == "floor" else industry + abs(industry) * (factor - 1)


def hq_target(figures: HqFigures, rule: HqRule = HqRule()) -> Target:
    """The company's target under one reading; every refusal of its input at once."""
    refuse_unknown("hq_reading", rule.reading, get_args(HqReading))
    refuse_unknown("falling", rule.falling, (*get_args(Falling), None))
    refused = [*_refusals(figures, rule)]
    if refused:
        raise UsageRefused(refused)
    floor = hq_growth(figures.industry, rule.factor, falling=rule.falling)
    amount = _amount(figures, rule, floor)
    trace = {
        "reading": rule.reading,
        "base": figures.base,
        "industry": figures.industry,
        "factor": rule.factor,
        "product": floor,
        **_extra(figures, rule),
    }
    return Target("hq", amount, amount / figures.base - 1, trace, _remarks(figures, rule))


def hq_choices(figures: HqFigures, rule: HqRule = HqRule()) -> tuple[Target, ...]:
    """The targets at k = 1.3, 1.4 and 1.5 under the rule's reading, to choose from."""
    return tuple(
        hq_target(figures, HqRule(factor, rule.reading, rule.falling)) for factor in FACTORS
    )


def _amount(figures: HqFigures, rule: HqRule, growth: Fraction) -> Fraction:
    if rule.reading == "market":
        return (figures.market or Fraction(0)) * (figures.share or Fraction(0)) * (1 + growth)
    if rule.reading == "least":
        growth = max(growth, figures.planned or Fraction(0))
    return figures.base * (1 + growth)


def _extra(figures: HqFigures, rule: HqRule) -> dict[str, Fraction | str]:
    """What the reading or the guard added to the formula."""
    given = {name: getattr(figures, name) for name in _NEEDED[rule.reading]}
    return {**given, "falling": rule.falling or "-"} if figures.industry < 0 else given


_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "base": (),
    "market": ("market", "share"),
    "least": ("planned",),
}


def _refusals(figures: HqFigures, rule: HqRule) -> Iterator[Finding]:
    yield from HQ_FACTOR.refuse(rule.factor)
    if figures.base <= 0:
        yield error("calibrate.base_not_positive", "hq", base=plain(figures.base))
    if figures.industry < 0 and rule.falling is None:
        yield error("calibrate.falling_undecided", "hq", value=plain(figures.industry))
    for name in _NEEDED[rule.reading]:
        if getattr(figures, name) is None:
            yield error("calibrate.figure_missing", "hq", figure=name, reading=rule.reading)


def _remarks(figures: HqFigures, rule: HqRule) -> tuple[Finding, ...]:
    if figures.industry >= 0 or rule.falling is None:
        return ()
    value = plain(figures.industry)
    return (warning("calibrate.industry_falls", "hq", value=value, falling=rule.falling),)
