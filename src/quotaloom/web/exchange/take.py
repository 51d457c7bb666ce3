"""Files that came back: kept, looked at, taken whole or not at all, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from quotaloom.core.allocation.journal.edit import Revert
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused, QuotaLoomError
from quotaloom.core.model.findings import error
from quotaloom.report.handout.returned import open_return
from quotaloom.report.handout.review import Choice, review
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.desk.refusal import refusal_seen
from quotaloom.web.desk.services import Asked, plan_edit
from quotaloom.web.exchange.models import Handout, Return, State
from quotaloom.web.exchange.store import return_path, table_of, taken_of
from quotaloom.web.jobs.tasks import plain
from quotaloom.web.journals.opened import reading
from quotaloom.web.plans.sight import covers
from quotaloom.web.ui.uploaded import bytes_keep, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.cycle.exchange.handout import Handout as Table
    from quotaloom.planfile.journal import Journal
    from quotaloom.report.handout.review import Review
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.desk.services import Done

OPEN_CHOICE = Choice({})
OWN = ("handout.", "intake.", "amount.")
PLACE = ("file", "sheet", "row", "column", "value")
OVER = (State.TAKEN, State.AGAIN, State.NOTHING, State.UNDONE)


@dataclass(frozen=True, slots=True)
class Look:
    """What a return would do to the plan as it is seen at a position, or why not at all."""

    position: int
    review: Review | None
    findings: tuple[Finding, ...]


def return_keep(*, hand: Hand, file: UploadedFile[bytes], actor: Actor) -> Return:
    """Keep a file as it came; nothing is read of it yet."""
    row = Return(plan=hand.seen.plan, name=plain_name(file, "file.xlsx"), brought_by=hand.user)
    row.sha256 = bytes_keep(file, return_path(row))
    with transaction.atomic():
        row.save(force_insert=True)
        told = {"name": row.name, "sha256": row.sha256}
        subject = f"plan:{row.plan_id}"
        audit_record(actor=actor, action="plan.return", subject=subject, params=told)
    return row


def return_look(*, hand: Hand, row: Return, choice: Choice = OPEN_CHOICE) -> Look:
    """Read a return against the plan as it is now, and note how it stands."""
    try:
        hand, found = _reviewed(hand, row, choice)
    except QuotaLoomError as refusal:
        told = _told(hand, refusal.findings)
        _note(row, State.REFUSED, told)
        return Look(hand.seen.position, None, told)
    told, state = _told(hand, found.findings), _state(found, choice)
    _note(row, state, told, cells=len(found.changes) + len(found.undecided))
    return Look(hand.seen.position, found, told)


def return_take(*, hand: Hand, row: Return, seen: int, choice: Choice, actor: Actor) -> Done | None:
    """Write what a return says, all of it or nothing; None where there is nothing to write.

    ``seen`` is the position that the taker looked at. Raises DataRefused with what stops it and
    MetUnseen where others wrote the same cells since.
    """
    hand, found = _reviewed(hand, row, choice)
    edits = found.edits(choice)
    if not edits:
        _note(row, State.NOTHING, _told(hand, found.findings))
        return None

    def note(done: Done) -> None:
        row.figures = [[*cell, units] for cell, units in sorted(found.figures.items())]
        row.edit = max(done.applied)
        _note(row, State.TAKEN, _told(hand, found.findings), cells=len(found.changes))

    asked = Asked(lambda _journal: edits, seen, row.name, "plan.take")
    return plan_edit(hand=hand, asked=asked, actor=actor, also=note)


def returns_settle(*, hand: Hand) -> None:
    """Note which takings were taken back elsewhere, such as by an undo on the workbench."""
    taken = Return.objects.filter(plan=hand.seen.plan, state=State.TAKEN)
    if hand.seen.figures.living is None or not taken.exists():
        return
    with reading(hand.seen.plan.pk) as journal:
        gone = journal.taken_back()
    taken.filter(edit__in=gone).update(state=State.UNDONE)


def return_undo(*, hand: Hand, row: Return, actor: Actor) -> Done:
    """Take back the edits that wrote a return, all of them or none."""

    def note(_done: Done) -> None:
        _note(row, State.UNDONE, (), cells=row.cells)

    def back(journal: Journal) -> list[Revert]:
        gone = journal.taken_back()
        return [Revert(one) for one in reversed(journal.batch(row.edit)) if one not in gone]

    asked = Asked(back, reason=row.name, action="plan.take_back")
    return plan_edit(hand=hand, asked=asked, actor=actor, also=note)


def handout_seen(hand: Hand, number: str) -> Handout | None:
    """A handout of the plan all of which the user sees, None for any other."""
    try:
        key = UUID(number)
    except ValueError:
        return None
    row = Handout.objects.filter(plan=hand.seen.plan, pk=key).first()
    return row if row is not None and sees_handout(hand, row) else None


def sees_handout(hand: Hand, row: Handout) -> bool:
    """Whether all of it lies within what the user sees, or she was given it as it is."""
    living = hand.seen.figures.living
    if hand.seen.sight.is_whole or row.made_by_id == hand.user.pk:
        return True
    tops = [Slice(one.lines[0].members, "", *one.key) for one in table_of(row).sheets]
    try:
        return living is not None and all(covers(living, at, hand.seen.sight) for at in tops)
    except QuotaLoomError:
        return False


def _reviewed(hand: Hand, row: Return, choice: Choice) -> tuple[Hand, Review]:
    """Find the handout of a file and read it, with the hand on its first measure.

    Raises DataRefused for what is none of ours.
    """
    returned = open_return(return_path(row))
    handout = handout_seen(hand, returned.id)
    if handout is None:
        raise DataRefused([error("handout.unknown", returned.id[:40], file=row.name)])
    row.handout = handout
    before = handout.returns.filter(sha256=row.sha256, state=State.TAKEN).exclude(pk=row.pk).first()
    if before is not None:
        raise DataRefused([error("handout.taken_before", edit=before.edit, file=row.name)])
    table = table_of(handout)
    shows = table.sheets[0].key
    if shows != hand.seen.figures.key:
        hand = hand_of(hand.user, hand.seen.plan.pk, shows)
    living = hand.seen.figures.living
    if living is None or not _sees_entries(hand, living, table):
        raise DataRefused([error("handout.unknown", returned.id[:40], file=row.name)])
    taken = taken_of(handout)
    return hand, review(returned, table, living, choice, taken=taken, allowed=hand.allowed)


def _sees_entries(hand: Hand, living: LivingPlan, table: Table) -> bool:
    """Whether the user still sees all that is compared with the plan as it is now."""
    if hand.seen.sight.is_whole:
        return True
    return all(covers(living, at, hand.seen.sight) for at in set(table.entries))


def _told(hand: Hand, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as far as the reader may know them: what the plan said is told as the desk does.

    What was read of the file is hers, and so is the address of a cell.
    """
    return tuple(
        one if one.code.startswith(OWN) else replace(seen, params={**seen.params, **_place(one)})
        for one in findings
        for seen in refusal_seen(hand, DataRefused([one])).findings
    )


def _place(one: Finding) -> dict[str, Param]:
    return {name: one.params[name] for name in PLACE if name in one.params}


def _state(found: Review, choice: Choice) -> str:
    if found.errors and not choice.only_valid:
        return State.REFUSED
    if found.undecided:
        return State.UNDECIDED
    return State.READY if found.changes else State.NOTHING


def _note(row: Return, state: str, findings: Iterable[Finding], cells: int = 0) -> None:
    told = plain(findings)
    is_again = any(one["code"] == "handout.taken_before" for one in told)
    row.state = State.AGAIN if is_again else state
    row.findings, row.cells = told, cells
    row.save()
