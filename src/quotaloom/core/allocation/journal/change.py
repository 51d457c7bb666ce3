"""What an edit does to the cells of one column, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Ints, Key, Mask, Region
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, eq=False)
class Change:
    """The live cells of a region and what they hold after; the others stay.

    ``method`` names the method with its version. ``is_solved`` marks cells that came out of a
    float solver: they are stored with the edit, because another machine may find others.
    """

    key: Key
    region: Region
    live: Mask
    after: Ints
    method: str
    is_solved: bool = False
    findings: tuple[Finding, ...] = ()

    def on(self, plan: Plan, seq: int) -> Plan:
        """The plan after edit ``seq`` wrote this."""
        column = plan.column(self.key).written(self.region, self.live, self.after, seq)
        return plan.with_column(self.key, column)

    def telling(self, findings: tuple[Finding, ...]) -> Change:
        """The change with more to be said about it, first."""
        return replace(self, findings=(*findings, *self.findings)) if findings else self
