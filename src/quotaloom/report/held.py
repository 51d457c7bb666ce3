"""Refusals with their holds and bounds in words, where findings name them by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.held import NAMING, NUMBERED
from quotaloom.report.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang

RULE_CODES: Final = frozenset(
    {"edit.held_money", "edit.held_count", "edit.bounded_money", "edit.bounded_count"}
)
"""Findings that tell a hold or a bound, each after those that name it."""


def with_rules(findings: Iterable[Finding], lang: Lang) -> list[Finding]:
    """The findings with each number in words; what was said only to that end falls away."""
    found = list(findings)
    words = {one.subject: sentence(one, lang) for one in found if one.code in RULE_CODES}
    return [_worded(one, words) for one in found if one.code not in RULE_CODES]


def _worded(one: Finding, words: dict[str, str]) -> Finding:
    if one.code not in NAMING or not words:
        return one

    def said(text: object) -> str:
        return NUMBERED.sub(lambda number: words.get(number[0], number[0]), str(text))

    params = {key: said(value) if key == "holds" else value for key, value in one.params.items()}
    return replace(one, subject=said(one.subject), params=params)
