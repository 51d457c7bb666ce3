"""Take a file back into a plan that lies in a folder: whole or not at all, and noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused, QuotaLoomError
from quotaloom.core.model.findings import error, info
from quotaloom.cycle.exchange.shelf import Return
from quotaloom.planfile.journal import Author
from quotaloom.report.handout.returned import open_return
from quotaloom.report.handout.review import review

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.shelf import Sent, Shelf
    from quotaloom.planfile.journal import Journal
    from quotaloom.report.handout.returned import Returned
    from quotaloom.report.handout.review import Choice, Review


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: taken, ready (only looked at), nothing, again, undecided, refused.

    ``edit`` is the number of the last edit that wrote it, 0 for none.
    """

    file: str
    state: str
    scope: str = ""
    cells: int = 0
    edit: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are taken back to, by whom; with ``preview`` nothing is written."""

    journal: Journal
    shelf: Shelf
    author: str
    reason: str = ""
    preview: bool = False


def collect(desk: Desk, path: Path, choice: Choice) -> Outcome:
    """One file, read against the newest plan. What it is refused for is its outcome."""
    try:
        returned = open_return(path)
        sent = desk.shelf.find(returned.id)
        if sent is None:
            raise DataRefused([_unknown(desk, returned)])
    except QuotaLoomError as refusal:
        return Outcome(path.name, "refused", findings=refusal.findings)
    sent = sent.standing(desk.journal.taken_back())
    scope = sent.handout.stamp.scope
    before = sent.same(returned.digest)
    if before is not None:
        told = info("handout.taken_before", edit=before.edit, file=path.name)
        return Outcome(path.name, "again", scope, edit=before.edit, findings=(told,))
    try:
        taken = sent.taken(desk.journal.batch)
        found = review(returned, sent.handout, desk.journal.refresh(), choice, taken=taken)
        outcome = _written(desk, found, choice, (path.name, scope))
    except QuotaLoomError as refusal:
        outcome = Outcome(path.name, "refused", scope, findings=refusal.findings)
        found = None
    if not desk.preview:
        _note(desk, sent, returned, (outcome, found))
    return outcome


def _unknown(desk: Desk, returned: Returned) -> Finding:
    """Why a file is not known here: it is of another plan, or of none that was handed out."""
    plans = [one.text for one in returned.stamps.get("plan", ())]
    if plans and desk.shelf.plan not in plans:
        return error("handout.other_plan", plans[0][:80], file=returned.file)
    return error("handout.unknown", returned.id[:40], file=returned.file)


def _written(desk: Desk, found: Review, choice: Choice, named: tuple[str, str]) -> Outcome:
    file, scope = named
    if found.undecided and not found.errors:
        told = error("handout.undecided", count=len(found.undecided), file=file)
        return Outcome(file, "undecided", scope, len(found.undecided), findings=(told,))
    edits = found.edits(choice)
    if not edits:
        return Outcome(file, "nothing", scope, findings=found.findings)
    count = len(found.changes)
    if desk.preview:
        return Outcome(file, "ready", scope, count, findings=found.findings)
    author = Author(desk.author, seen=desk.journal.plan.position)
    applied = desk.journal.write_all(edits, author, desk.reason or file)
    return Outcome(file, "taken", scope, count, applied[-1].plan.position, found.findings)


def _note(desk: Desk, sent: Sent, returned: Returned, what: tuple[Outcome, Review | None]) -> None:
    outcome, found = what
    figures = found.figures if found and outcome.edit else {}
    came = Return(
        file=outcome.file,
        digest=returned.digest,
        time=desk.journal.clock().isoformat(timespec="seconds"),
        author=desk.author,
        state=outcome.state,
        edit=outcome.edit,
        figures=tuple((*cell, units) for cell, units in sorted(figures.items())),
    )
    desk.shelf.note(sent.handout.stamp.id, came)
