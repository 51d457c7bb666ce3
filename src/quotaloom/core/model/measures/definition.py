"""A measure told once: what it is called, what it counts, how, for whom and how fresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.core.model.measures.expression import Node
    from quotaloom.core.model.measures.kind import MeasureKind
    from quotaloom.core.model.measures.quantity import Quantity

Better = Literal["higher", "lower"]
Group = Literal["core", "chain", "result", "process", "team", "development", "any", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of a measure.

    ``names`` and ``meanings`` are Chinese, English. ``formula`` is the text and ``expression`` what
    it says. ``since`` is the first day on which this version counts (None: always has);
    ``fresh_days`` is how old its facts may be. ``owner`` answers for it.
    """

    code: str
    names: tuple[str, str]
    meanings: tuple[str, str]
    formula: str
    expression: Node
    kind: MeasureKind
    counts: Quantity
    group: Group
    owner: str
    better: Better = "higher"
    fresh_days: int = 1
    version: int = 1
    since: date | None = None
