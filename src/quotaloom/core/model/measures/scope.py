"""What a formula may name, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.core.model.names import nearest_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.core.model.measures.kind import MeasureKind
    from quotaloom.core.model.measures.quantity import Quantity
    from quotaloom.core.model.measures.source import Source


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure counts, and how it adds up. A plain number counts nothing (None)."""

    counts: Quantity | None
    kind: MeasureKind = "additive"


@dataclass
class Scope:
    """What a formula may name: kinds of facts, and the measures told before it."""

    code: str
    sources: Mapping[str, Source]
    measures: Mapping[str, Told]
    findings: list[Finding] = field(default_factory=list)

    def refuse(self, code: str, **params: Param) -> None:
        """Note what is wrong."""
        self.findings.append(error(code, self.code, **params))

    def nearest(self, name: str, known: Mapping[str, object]) -> str:
        """The names that are nearest to one that is not known."""
        return ", ".join(nearest_names(name, known)) or "—"


def added(left: Quantity, right: Quantity, scope: Scope) -> Quantity | None:
    """What the sum of two figures counts; None, with a finding, where they are unlike."""
    found = left.plus(right)
    if found is None:
        refuse_unlike(left, right, scope)
    return found


def refuse_unlike(left: Quantity, right: Quantity, scope: Scope) -> None:
    """Name the difference that forbids to add or to compare, the gravest first."""
    if left.unit != right.unit:
        scope.refuse("measure.units_differ", left=left.unit, right=right.unit)
        return
    others = scope.measures.items() - {(scope.code, scope.measures.get(scope.code))}
    alike = sorted(code for code, one in others if one.counts == left)
    way = ", ".join(alike[:5]) or "—"
    is_tax = left.tax != right.tax
    code = "measure.taxes_differ" if is_tax else "measure.stages_differ"
    one, other = (left.tax, right.tax) if is_tax else (left.stage, right.stage)
    scope.refuse(code, left=one or "none", right=other or "none", alike=way)
