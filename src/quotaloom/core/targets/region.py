"""A region's target: compound growth × resources × market potential 0.8–1.2 (E6, F-02)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.core.targets.band import POTENTIAL, RESOURCE, refuse_unknown
from quotaloom.core.targets.root import root
from quotaloom.core.targets.target import Target, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotaloom.core.model.findings import Finding

RegionReading = Literal["growth", "level"]


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its yearly amounts, oldest first, the last one being the base.

    ``resource`` is 1 where nothing changes; ``potential`` lies in 0.8–1.2.
    """

    code: str
    history: tuple[Fraction, ...]
    resource: Fraction = Fraction(1)
    potential: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class RegionRule:
    """How it is read.

    ``growth``: base × (1 + CAGR×R×P). ``level``: base × (1 + CAGR) × R × P. ``bounded_resource``
    holds R to 0.8–1.2 as well. ``years`` is the span of the CAGR; a shorter history is used whole.
    """

    reading: RegionReading = "growth"
    years: int = 3
    bounded_resource: bool = False


def cagr(history: tuple[Fraction, ...]) -> Fraction:
    """(last ÷ first) to the power 1 ÷ steps, less 1, to the nearest 1e-12.

    Needs two years or more, the first > 0 and the last >= 0.
    """
    return root(Fraction(history[-1]) / history[0], len(history) - 1) - 1


def region_targets(
    regions: Iterable[Region],
    rule: RegionRule = RegionRule(),
) -> tuple[Target, ...]:
    """One target a region, in their order. Raises DataRefused with every refusal at once."""
    refuse_unknown("region_reading", rule.reading, get_args(RegionReading))
    regions = tuple(regions)
    refused = [finding for region in regions for finding in _refusals(region, rule)]
    if refused:
        raise DataRefused(refused)
    return tuple(_target(region, rule) for region in regions)


def _target(region: Region, rule: RegionRule) -> Target:
    span = region.history[-rule.years - 1 :]
    base, compound = Fraction(span[-1]), cagr(span)
    factors = region.resource * region.potential
    levelled = rule.reading == "level"
    multiple = (1 + compound) * factors if levelled else 1 + compound * factors
    trace = {
        "reading": rule.reading,
        "base": base,
        "first": Fraction(span[0]),
        "years": Fraction(len(span) - 1),
        "cagr": compound,
        "resource": region.resource,
        "potential": region.potential,
    }
    findings = tuple(_remarks(region, rule, compound))
    return Target(region.code, base * multiple, multiple - 1, trace, findings)


def _refusals(region: Region, rule: RegionRule) -> Iterator[Finding]:
    span = region.history[-rule.years - 1 :]
    if len(span) < 2:
        yield error("calibrate.history_too_short", region.code, years=len(span))
    elif span[0] <= 0 or span[-1] <= 0:
        first, last = plain(Fraction(span[0])), plain(Fraction(span[-1]))
        yield error("calibrate.history_not_positive", region.code, first=first, last=last)
    yield from POTENTIAL.refuse(region.potential, region.code)
    if rule.bounded_resource:
        yield from RESOURCE.refuse(region.resource, region.code)
    elif region.resource <= 0:
        yield error("calibrate.resource_not_positive", region.code, value=plain(region.resource))


def _remarks(region: Region, rule: RegionRule, compound: Fraction) -> Iterator[Finding]:
    steps = min(rule.years, len(region.history) - 1)
    if steps < rule.years:
        yield info("calibrate.history_short", region.code, years=steps, asked=rule.years)
    if compound < 0:  # a larger R or P then lowers the target
        yield warning("calibrate.region_falls", region.code, cagr=plain(compound))
