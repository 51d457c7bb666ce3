"""Measures: what is counted, and how its figures may be added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.findings import Finding

MeasureKind = Literal["additive", "ratio", "balance", "distinct"]
Side = Literal["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One named measure.

    ``additive`` sums over every axis; ``balance`` sums over all but time, where the last one
    counts; ``distinct`` (new customers) sums over nothing; a ``ratio`` is never stored: editing it
    moves its ``declared`` side.
    """

    code: str
    kind: MeasureKind = "additive"
    numerator: str = ""
    denominator: str = ""
    declared: Side = "numerator"

    @property
    def is_stored(self) -> bool:
        """Whether cells hold it; a ratio is derived from its two sides."""
        return self.kind != "ratio"

    def sums_over(self, axis: str) -> bool:
        """Whether a parent's figure on this axis is the sum of its children's."""
        return self.kind == "additive" or (self.kind == "balance" and axis != "period")


def registry(measures: Iterable[Measure]) -> Mapping[str, Measure]:
    """The measures by code. Refuses a code given twice and a ratio without two additive sides."""
    found: dict[str, Measure] = {}
    refused: list[Finding] = []
    for measure in measures:
        if measure.code in found:
            refused.append(error("measure.twice", measure.code))
        found[measure.code] = measure
    for measure in found.values():
        refused += [
            error("measure.ratio_side", measure.code, side=side)
            for side in (measure.numerator, measure.denominator)
            if measure.kind == "ratio" and not _is_additive(found.get(side))
        ]
    if refused:
        raise UsageRefused(refused)
    return found


def _is_additive(measure: Measure | None) -> bool:
    return measure is not None and measure.kind == "additive"
