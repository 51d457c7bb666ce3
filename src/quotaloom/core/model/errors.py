"""What the house raises: refusals that carry their findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding


SHOWN = 5  # findings in the text of the exception; all are in its ``findings``


class QuotaLoomError(Exception):
    """A refusal. ``findings`` says why, one finding a cause, in the order they were met."""

    exit_code: ClassVar[int] = 1

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        shown = "; ".join(str(finding) for finding in self.findings[:SHOWN])
        more = len(self.findings) - SHOWN
        super().__init__(f"{shown}; and {more} more" if more > 0 else shown)


class UsageRefused(QuotaLoomError):
    """The request itself cannot be read: an option, an amount or a node name."""

    exit_code = 2


class DataRefused(QuotaLoomError):
    """The data cannot be used as they are. Nothing was written."""

    exit_code = 3


class Infeasible(QuotaLoomError):
    """The wishes, holds and bounds contradict each other."""

    exit_code = 4
