"""What a re-check found, and the amounts it compares: whole numbers of 1/10,000 元."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.findings import Severity
from quotaloom.report.numbers import scaled_text

if TYPE_CHECKING:
    from quotaloom.core.model.decomposition import Check
    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.outputs import Value

SCALE: Final = 4
TICKS: Final = 10**SCALE  # in a 元
FEN_TICKS: Final = TICKS // 100
LARGEST: Final = 10**18  # 元 in one cell; more is no amount
LARGEST_LEAF: Final = 10**14  # 元 in a leaf cell, which must fit into int64


@dataclass(frozen=True, slots=True)
class Recheck:
    """Checks with their counts, and a finding for each thing that is wrong or worth knowing."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def ticks(value: Value) -> int | None:
    """A cell's 元 in 1/10,000, rounded half up; None for text, errors and absurd sizes."""
    if isinstance(value, int):
        return value * TICKS if abs(value) < LARGEST else None
    if not isinstance(value, Decimal) or abs(value) >= LARGEST:
        return None
    return int((value * TICKS).to_integral_value(ROUND_HALF_UP))


def leaf_ticks(value: Value) -> int | None:
    """The same for a leaf cell, whose amount must be one that can be added up."""
    tick = ticks(value)
    return tick if tick is not None and abs(tick) < LARGEST_LEAF * TICKS else None


def amount(tick: int) -> str:
    """1/10,000 元 as text in 元."""
    return scaled_text(tick, SCALE)


def same(one: int, other: int) -> bool:
    """Equal to the 分. A spreadsheet adds doubles, so its sums carry noise far below half a 分."""
    return abs(one - other) < FEN_TICKS // 2
