"""An open plan: its journal replayed, new edits written behind what others wrote meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.apply import Applied, Context, apply
from quotaloom.core.allocation.journal.digest import written_digest
from quotaloom.core.allocation.journal.edit import EditionEdit, Revert
from quotaloom.core.allocation.journal.held import rules_told
from quotaloom.core.allocation.journal.meeting import meetings
from quotaloom.core.allocation.journal.method import VERSIONS
from quotaloom.core.model.errors import DataRefused, QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.chain import follow
from quotaloom.planfile.record import Record, read_record, write_record
from quotaloom.planfile.store import Overtaken
from quotaloom.planfile.stored import change_bytes, read_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.meeting import Meeting
    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.store import Head, JournalStore

REMEMBERED: Final = 256 << 20
"""Bytes of earlier plans that an open journal remembers, for undo without a replay."""
TRIES: Final = 100
NEAR: Final = 50
"""Edits that are replayed sooner than a checkpoint is opened."""


class Met(QuotaLoomError):
    """The edit meets others that its author had not seen. Nothing was written.

    ``records`` are those others, in order; ``meetings`` how many cells both are about.
    """

    def __init__(self, found: tuple[Meeting, ...], records: tuple[Record, ...]) -> None:
        self.meetings, self.records = found, records
        super().__init__(
            error("edit.met", f"#{one.seq}", cells=one.cells, author=record.author)
            for one, record in zip(found, records, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: an opaque id, the rows that he may write (None: all), and what he has seen.

    ``seen`` is the position that lay before him, None for the newest; ``known`` are later edits
    that he knows nevertheless, such as his own of a moment ago. ``batch`` is the number of the
    first edit that he writes together with others, 0 for one of its own.
    """

    id: str
    allowed: Mask | None = None
    seen: int | None = None
    known: frozenset[int] = frozenset()
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Staged:
    """What edits would do, and which of them (by number) meet others."""

    applied: list[Applied]
    met: list[tuple[int, Met]]


class Journal:
    """One plan, opened from a store. Not for several threads at once: each opens its own.

    ``first`` is the plan before its first edit, or at any later position (a checkpoint);
    ``earlier`` answers the plan at a position or before it, for what lies before ``first``.
    """

    def __init__(
        self,
        store: JournalStore,
        first: Plan,
        clock: Callable[[], datetime],
        earlier: Callable[[int], Plan] | None = None,
    ) -> None:
        self.store, self.clock, self.earlier = store, clock, earlier
        self.plan = first
        self._first = first
        self._past: OrderedDict[int, Plan] = OrderedDict({first.position: first})
        self._records: dict[int, Record] = {}
        self.refresh()

    def refresh(self) -> Plan:
        """The plan with everything that others have appended. Each digest is verified."""
        for text in self.store.records(self.plan.position):
            self._take(read_record(text, self.plan.measures))
        return self.plan

    def preview(self, edit: Edit, author: Author) -> Applied:
        """What the edit would do now; nothing is written. Raises as ``write`` does."""
        self.refresh()
        return self.tried(self.plan, edit, author, {})

    def write(self, edit: Edit, author: Author, reason: str = "", origin: str = "") -> Applied:
        """Apply the edit to the newest plan and append it; ``origin`` is as in Record.

        Edits that the author had not seen and that this one does not meet are taken along
        silently; else Met. Whoever is overtaken while appending tries again on the new head.
        """
        text = self.store.put_text(reason) if reason else ""
        for _ in range(TRIES):
            applied = self.preview(edit, author)
            try:
                self._append(edit, applied, author, (text, origin))
            except Overtaken:
                continue
            return applied
        raise UsageRefused([error("edit.too_busy")])

    def stage(self, edits: Iterable[tuple[int, Edit]], author: Author) -> Staged:
        """What several edits would do one after the other; nothing is written.

        Each comes with a number of its own, by which a later one may take it back. An edit that
        meets what the author had not seen is left out, and told.
        """
        plan = self.refresh()
        past: dict[int, tuple[Plan, Plan]] = {}
        staged = Staged([], [])
        for number, edit in edits:
            try:
                applied = self.tried(plan, edit, author, past)
            except Met as met:
                staged.met.append((number, met))
                continue
            past[number] = (plan, applied.plan)
            plan = applied.plan
            staged.applied.append(applied)
        return staged

    def tried(
        self, plan: Plan, edit: Edit, author: Author, past: Mapping[int, tuple[Plan, Plan]]
    ) -> Applied:
        """What an edit would do to a plan that follows from the newest; nothing is written.

        ``past`` has the plans around edits that were tried before, by a number of their own. A
        refusal that names holds or bounds by number tells them after it, with their reasons.
        """
        around = partial(self._around, past)
        try:
            applied = apply(plan, edit, Context(around=around, allowed=author.allowed))
        except QuotaLoomError as refusal:
            told = rules_told(plan, refusal.findings, self._said)
            raise type(refusal)([*refusal.findings, *told]) from refusal
        self._meet(edit, applied, author)
        return applied

    def undo(self, author: Author) -> Applied:
        """Take back the author's last edit that still stands, with all that it was written with.

        Either all of them are taken back or none; answers what the last step did.
        """
        return self.write_all(self.undoing(author.id), author)[-1]

    def undoing(self, author: str) -> list[Revert]:
        """What takes back the author's last edit that still stands, and what was written with it.

        A release stays. UsageRefused where there is nothing.
        """
        self.refresh()
        gone = self.taken_back()
        for seq in range(self.plan.position, 0, -1):
            record = self.record(seq)
            stands = seq not in gone and not isinstance(record.edit, Revert | EditionEdit)
            if record.author == author and stands:
                return [Revert(one) for one in reversed(self.batch(seq)) if one not in gone]
        raise UsageRefused([error("edit.nothing_to_undo")])

    def write_all(self, edits: Sequence[Edit], author: Author, reason: str = "") -> list[Applied]:
        """Edits one after the other, as one batch: all of them are written or none."""
        text = self.store.put_text(reason) if reason else ""
        for _ in range(TRIES):
            start = self.refresh()
            staged = self.stage(enumerate(edits, start=start.position + 1), author)
            for _, met in staged.met:
                raise met
            try:
                self._extend(list(zip(edits, staged.applied, strict=True)), author, text)
            except Overtaken:
                continue
            return staged.applied
        raise UsageRefused([error("edit.too_busy")])

    def batch(self, seq: int) -> list[int]:
        """The numbers of the edits that were written as one with an edit, itself among them."""
        first = self.record(seq).batch or seq
        together = [first]
        for one in range(first + 1, self.plan.position + 1):
            if self.record(one).batch == first:
                together.append(one)
            elif one > seq:
                break
        return together

    def record(self, seq: int) -> Record:
        """The record of an edit."""
        return self.records([seq])[0]

    def records(self, numbers: Sequence[int]) -> list[Record]:
        """The records of some edits; those not known yet are read in one go."""
        unknown = {seq for seq in numbers if seq not in self._records}
        if unknown:
            first = min(unknown)
            texts = enumerate(self.store.records(first - 1, max(unknown)), start=first)
            measures = self.plan.measures
            found = {seq: read_record(text, measures) for seq, text in texts if seq in unknown}
            self._records |= found
        return [self._records[seq] for seq in numbers]

    def at(self, position: int) -> Plan:
        """The plan as it stood at a position: remembered, or replayed from what was before it."""
        if not 0 <= position <= self.plan.position:
            raise UsageRefused([error("edit.seen_unknown", str(position), head=self.plan.position)])
        if position in self._past:
            self._past.move_to_end(position)
            return self._past[position]
        plan = self._before(position)
        for record in self.records(range(plan.position + 1, position + 1)):
            plan = self._replayed(plan, record).plan
        self._remember(plan)
        return plan

    def _before(self, position: int) -> Plan:
        """The nearest plan that is known at a position or before it."""
        start = max((one for one in self._past if one <= position), default=-1)
        if start >= 0 and (self.earlier is None or position - start <= NEAR):
            return self._past[start]
        if self.earlier is None or position < 0:
            raise UsageRefused([error("edit.position_forgotten", str(position))])
        kept = self.earlier(position)
        return kept if kept.position > start else self._past[start]

    def taken_back(self) -> set[int]:
        """The edits that were taken back, by reverts that were not taken back themselves."""
        gone: set[int] = set()
        for seq in sorted(self.plan.reverts, reverse=True):
            edit = self.record(seq).edit
            if seq not in gone and isinstance(edit, Revert):
                gone.add(edit.seq)
        return gone

    def _said(self, seq: int) -> tuple[str, str]:
        """Who wrote an edit, and the reason; "" where there is none or it is not written yet."""
        if seq > self.plan.position:
            return "", ""
        record = self.record(seq)
        return record.author, (self.store.text(record.reason) or "") if record.reason else ""

    def _around(self, staged: Mapping[int, tuple[Plan, Plan]], seq: int) -> tuple[Plan, Plan]:
        if seq in staged:
            return staged[seq]
        if not 1 <= seq <= self.plan.position:
            raise UsageRefused([error("edit.no_such_edit", f"#{seq}")])
        return self.at(seq - 1), self.at(seq)

    def _context(self) -> Context:
        return Context(around=partial(self._around, {}))

    def _meet(self, edit: Edit, applied: Applied, author: Author) -> None:
        seen = self.plan.position if author.seen is None else author.seen
        if not 0 <= seen <= self.plan.position:
            raise UsageRefused([error("edit.seen_unknown", str(seen), head=self.plan.position)])
        later = [seq for seq in range(seen + 1, self.plan.position + 1) if seq not in author.known]
        unseen = [(seq, self.record(seq)) for seq in later]
        met = meetings(self.plan, edit, applied, [(seq, one.edit) for seq, one in unseen])
        if met:
            by_seq = dict(unseen)
            raise Met(met, tuple(by_seq[one.seq] for one in met))

    def _append(
        self, edit: Edit, applied: Applied, author: Author, beside: tuple[str, str]
    ) -> None:
        """Seal the edit behind the head, with its reason and its origin ``beside`` it."""
        head = self._own_head()
        record = self._record(edit, (self.plan, applied), author, head)
        reason, origin = beside
        record = replace(record, reason=reason, origin=origin)
        self.store.append(write_record(record, self.plan.measures), expected=head.position)
        self._records[record.seq] = record
        self._remember(applied.plan)
        self.plan = applied.plan

    def _extend(self, done: list[tuple[Edit, Applied]], author: Author, reason: str) -> None:
        """Seal edits that follow each other behind the head, in one step of the store."""
        start = head = self._own_head()
        plan, texts, records = self.plan, [], []
        for edit, applied in done:
            record = self._record(edit, (plan, applied), author, head)
            is_first = head is start
            record = replace(record, reason=reason, batch=0 if is_first else start.position + 1)
            texts.append(write_record(record, plan.measures))
            records.append(record)
            head = follow(texts[-1], head)
            plan = applied.plan
        self.store.extend(texts, expected=start.position)
        for record, (_, applied) in zip(records, done, strict=True):
            self._records[record.seq] = record
            self._remember(applied.plan)
        self.plan = plan

    def _own_head(self) -> Head:
        """The head of the store where the plan stands there; Overtaken where others were faster."""
        head = self.store.head()
        if head.position != self.plan.position:
            raise Overtaken(self.plan.position, head)
        return head

    def _record(
        self, edit: Edit, around: tuple[Plan, Applied], author: Author, head: Head
    ) -> Record:
        """The record of an edit that follows a head, with the cells of a solver put by."""
        before, applied = around
        stored = ""
        if applied.stored is not None:
            stored = self.store.put_cells(change_bytes(applied.stored))
        return Record(
            seq=head.position + 1,
            author=author.id,
            time=self.clock(),
            seen=head.position if author.seen is None else author.seen,
            edit=edit,
            previous=head.hash,
            batch=author.batch,
            method=applied.method,
            inputs=written_digest(before, applied.written),
            cells=written_digest(applied.plan, applied.written),
            stored=stored,
        )

    def _take(self, record: Record) -> None:
        self._records[record.seq] = record
        self.plan = self._replayed(self.plan, record).plan
        self._remember(self.plan)

    def _replayed(self, plan: Plan, record: Record) -> Applied:
        """The edit again, with what a solver found then.

        DataRefused where its method is unknown, or the cells before or after are not the same.
        """
        subject = f"#{record.seq}"
        if record.method and record.method not in VERSIONS:
            raise DataRefused([error("edit.method_version", subject, method=record.method)])
        stored = read_change(self.store.cells(record.stored)) if record.stored else None
        applied = apply(plan, record.edit, replace(self._context(), stored=stored))
        found = (
            applied.method,
            written_digest(plan, applied.written),
            written_digest(applied.plan, applied.written),
        )
        if found != (record.method, record.inputs, record.cells):
            raise DataRefused([error("edit.replay_differs", subject)])
        return applied

    def _remember(self, plan: Plan) -> None:
        self._past[plan.position] = plan
        cells = max(plan.shape[0] * plan.shape[1] * len(plan.columns), 1)
        most = max(REMEMBERED // (13 * cells), 4)
        while len(self._past) > most:
            oldest = next(iter(self._past))
            if oldest == self._first.position:
                self._past.move_to_end(oldest)
                oldest = next(iter(self._past))
            del self._past[oldest]
