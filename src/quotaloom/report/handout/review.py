"""A return under review: what it would change, what is refused and where, what must be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, Severity, error
from quotaloom.cycle.exchange.compare import compared
from quotaloom.cycle.exchange.taken import NOTHING_TAKEN
from quotaloom.cycle.exchange.trial import sifted
from quotaloom.report.handout.read import read_return

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.cycle.exchange.batch import Batch
    from quotaloom.cycle.exchange.compare import Change, Side
    from quotaloom.cycle.exchange.handout import Cell, Handout
    from quotaloom.cycle.exchange.taken import Taken
    from quotaloom.report.handout.read import Said
    from quotaloom.report.handout.returned import Returned


@dataclass(frozen=True, slots=True)
class Choice:
    """What the taker decided: ``sides`` cell by cell, ``side`` for the others, "" for not yet.

    With ``only_valid`` the changes that are refused are left out; else they stop all of them.
    """

    sides: Mapping[Cell, Side]
    side: Side | None = None
    only_valid: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """``changes`` would be written together; ``met`` others changed too; ``findings`` name cells.

    ``batch`` are the edits that write them; ``figures`` are all figures that the file says.
    """

    handout: Handout
    changes: tuple[Change, ...]
    met: tuple[Change, ...]
    undecided: tuple[Change, ...]
    findings: tuple[Finding, ...]
    figures: Mapping[Cell, int]
    batch: Batch = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the file, unless only what is valid is taken."""
        return tuple(one for one in self.findings if one.severity == Severity.ERROR)

    def edits(self, choice: Choice) -> Batch:
        """What writes it, an edit a measure. Raises DataRefused with what stops it."""
        if self.errors and not choice.only_valid:
            raise DataRefused(self.findings)
        if self.undecided:
            raise DataRefused([error("handout.undecided", count=len(self.undecided))])
        return self.batch


def review(
    returned: Returned,
    handout: Handout,
    plan: Plan,
    choice: Choice,
    *,
    taken: Taken = NOTHING_TAKEN,
    allowed: Mask | None = None,
) -> Review:
    """Read a return against the plan as it is now; nothing is written.

    ``allowed`` marks the rows that the taker may write. Raises DataRefused where the file is not
    the one that was handed out, or its table is gone.
    """
    said = read_return(returned, handout)
    found = compared(handout, plan, said.figures, taken)
    met = tuple(one for one in found.changes if one.is_met)
    sides = {one.cell: choice.side for one in met if choice.side} | dict(choice.sides)
    kept = found.kept(sides)
    tried = sifted(handout, plan, kept, allowed)
    findings = [*said.findings]
    findings += [_at(said, one.cell, why) for one in found.gone for why in one.findings]
    findings += [
        _at(said, change.cell, why)
        for one in tried.refused
        for change in one.changes
        for why in one.findings
    ]
    return Review(
        handout,
        tried.changes,
        met,
        found.undecided(sides),
        tuple(_distinct(findings)),
        said.figures,
        tried.batch,
    )


def _at(said: Said, cell: Cell, why: Finding) -> Finding:
    """What the plan says to a cell, with the address of the cell."""
    return replace(why, severity=Severity.ERROR, params={**why.params, **said.where(cell)})


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    found: list[Finding] = []
    for one in findings:
        if one not in found:
            found.append(one)
    return found
