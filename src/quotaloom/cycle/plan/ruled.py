"""Which lines of a plan each rule is about: every line belongs to exactly one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.place_text import write_slice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.cycle.plan.lines import Lines
    from quotaloom.planfile.rule_text import ClienteleRule, RecognitionRule

    Mask = NDArray[np.bool_]
Rule = TypeVar("Rule", "ClienteleRule", "RecognitionRule")


def ruled(lines: Lines, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Mask]]:
    """Each rule and the lines that it is about.

    Raises DataRefused for a rule about no line, and for lines that two rules are about or none.
    """
    masks = [_about(lines, rule.at) for rule in rules]
    count = np.sum(masks, axis=0)
    refused = [
        error("rule.about_nothing", write_slice(rule.at))
        for rule, mask in zip(rules, masks, strict=True)
        if not mask.any()
    ]
    for code, wrong in (("rule.lines_missed", count == 0), ("rule.lines_twice", count > 1)):
        if wrong.any():
            refused.append(error(code, _first(lines, wrong), rows=int(wrong.sum())))
    if refused:
        raise DataRefused(refused)
    yield from zip(rules, masks, strict=True)


def _about(lines: Lines, at: Slice) -> Mask:
    """The lines whose columns hold the members, by code or by name. DataRefused for no column."""
    found: Mask = np.ones(lines.frame.height, np.bool_)
    for column, member in at.members:
        if column not in lines.frame.columns:
            known = "、".join(lines.frame.columns)
            raise DataRefused([error("edit.no_column", column, columns=known)])
        label = lines.label_of.get(column, column)
        same = (lines.frame[column] == member) | (lines.frame[label] == member)
        found &= same.fill_null(value=False).to_numpy()
    return found


def _first(lines: Lines, wrong: Mask) -> str:
    """The members of the first such line."""
    line = lines.frame.row(int(np.flatnonzero(wrong)[0]), named=True)
    members = [column for column in line if column not in {"period", "quota", "basis"}]
    return " ".join(str(line[column]) for column in members if line[column])
