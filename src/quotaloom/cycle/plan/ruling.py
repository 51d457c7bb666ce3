"""Lines under the rules with which a plan begins: more axes, more measures, and what is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import plain_amount
from quotaloom.cycle.plan.clientele import by_clientele
from quotaloom.cycle.plan.recognition import recognise
from quotaloom.planfile.rule_text import ClienteleRule, RecognitionRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.plan.lines import Lines
    from quotaloom.planfile.rule_text import Rule


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """The lines of the first measure, those of measures that the rules add, and what is said."""

    lines: Lines
    more: Mapping[str, Lines]
    findings: tuple[Finding, ...] = ()


def ruling(lines: Lines, rules: Sequence[Rule], *, file: str) -> Ruling:
    """Customers are told apart first, then revenue is recognised, of both kinds of customers.

    UsageRefused where no rule of the file is about the beginning of a plan; DataRefused for an
    amount that is no multiple of the unit.
    """
    clienteles = [one for one in rules if isinstance(one, ClienteleRule)]
    recognitions = [one for one in rules if isinstance(one, RecognitionRule)]
    if not (clienteles or recognitions):
        raise UsageRefused([error("rule.none", file, verbs="clientele、recognition")])
    odd = lines.frame.filter(pl.col("quota") % lines.unit != 0).height
    if odd:
        unit = plain_amount(lines.unit)
        raise DataRefused([error("edit.no_multiple", lines.file, rows=odd, unit=unit)])
    more: dict[str, Lines] = {}
    findings: tuple[Finding, ...] = ()
    if clienteles:
        lines, more["new_customers"] = by_clientele(lines, clienteles)
    if recognitions:
        found = recognise(lines, recognitions)
        more["recognised"], findings = found.lines, found.findings
    return Ruling(lines, more, findings)
