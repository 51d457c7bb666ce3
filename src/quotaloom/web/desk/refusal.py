"""Refusals without a word about what their reader may not see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import MEMBER_EDITS
from quotaloom.core.allocation.journal.held import NONE
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error
from quotaloom.planfile.grammar import write_edit
from quotaloom.report.held import RULE_CODES
from quotaloom.web.desk.author import names_of
from quotaloom.web.desk.guard import is_covered, slices

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.journal import Met
    from quotaloom.planfile.record import Record
    from quotaloom.web.desk.hand import Hand

PLAIN: Final = frozenset(  # they name the author's own words, cells and edits, and nothing else
    {
        "edit.outside_scope",
        "edit.no_such_edit",
        "edit.not_merged",
        "edit.nothing_to_undo",
        "edit.nothing_to_redo",
        "edit.node_unclear",
        "edit.hold_moved",
        "edit.held_here",
        "edit.period_closed",
        "edit.elapsed_already",
        "edit.elapsed_released",
        "edit.elapsed_since",
        "edit.edition_stays",
        "edit.edition_by_release",
        "edit.would_break",
        "edit.touched_since",
        "edit.no_such_hold",
        "edit.no_parent",
        "edit.mixed_signs",
        "edit.negative_solving",
        "edit.bound_crossed",
        "edit.bound_not_kept",
        "edit.several_measures",
        "edit.hold_parent_one",
        "edit.method_lacks",
        "edit.negative_total",
        "edit.reference_count",
        "edit.step_refused",
        "edit.unknown_axis",
        "edit.unknown_layer",
        "edit.unknown_measure",
        "edit.unknown_method",
        "edit.unknown_period",
        "edit.unknown_reference",
        "edit.weights_do_not_fit",
        "edit.weights_too_fine",
        "edit.weights_zero",
        "edit.weights_zero_refused",
        "edit.wishes_share_cells",
        "edit.wish_outside",
        "edit.seen_unknown",
        "edit.hold_parent_replaces",
        "rake.conflict",
        "rake.no_whole_solution",
        "apportion.no_weight",
    }
)
NAMES: Final = frozenset({"edit.unknown_member", "edit.name_twice"})  # told as if it were hidden
OWN_WORDS: Final = (
    *("amount.", "target.", "planfile.", "paste.", "method.", "layers.", "hold.", "bound."),
)


@dataclass(frozen=True, slots=True)
class MetEdit:
    """An edit that was met. ``what`` is its text, "" where it names what the reader may not see."""

    seq: int
    author: str
    time: datetime
    cells: int
    what: str


class MetUnseen(QuotaLoomError):
    """Others wrote, since the author looked, what this edit is about. Nothing was written."""

    def __init__(self, met: tuple[MetEdit, ...], findings: tuple[Finding, ...]) -> None:
        self.met = met
        super().__init__(findings)


def met_seen(hand: Hand, plan: Plan, met: Met) -> MetUnseen:
    """The meeting as the author may know it: who, when, and what as far as she sees it."""
    found = tuple(
        MetEdit(one.seq, record.author, record.time, one.cells, what(hand, plan, record))
        for one, record in zip(met.meetings, met.records, strict=True)
    )
    return MetUnseen(found, met.findings)


def what(hand: Hand, plan: Plan, record: Record) -> str:
    """An edit in the words of the grammar, "" where it names anything that is not seen."""
    sight = hand.seen.sight
    covered = all(is_covered(plan, at, sight) for at in slices(record.edit))
    if sight.is_whole or (covered and not isinstance(record.edit, MEMBER_EDITS)):
        return write_edit(record.edit, plan.measures)
    return ""


def refusal_seen(hand: Hand, refusal: QuotaLoomError) -> QuotaLoomError:
    """The refusal with what may name others' figures left out, for those who see a part.

    The owners of holds are told by their names.
    """
    told = _with_owners(one for one in refusal.findings if _is_seen(hand, one))
    if not (hand.allowed is None and hand.seen.sight.is_whole):
        told = [_seen(one) for one in told]
    if told == list(refusal.findings):
        return refusal
    return type(refusal)(one for place, one in enumerate(told) if one not in told[:place])


def _is_seen(hand: Hand, one: Finding) -> bool:
    """Whether a finding tells no hold and no bound, or one that lies in what the reader sees."""
    living, sight = hand.seen.figures.living, hand.seen.sight
    if one.code not in RULE_CODES or sight.is_whole:
        return True
    if living is None:
        return False
    places = {f"#{hold.seq}": hold.at for hold in living.holds}
    places |= {f"#{bound.seq}": bound.at for bound in living.bounds}
    return one.subject in places and is_covered(living, places[one.subject], sight)


def _with_owners(findings: Iterable[Finding]) -> list[Finding]:
    found = list(findings)
    owners = {str(one.params["owner"]) for one in found if one.code in RULE_CODES} - {NONE}
    names = names_of(owners)
    return [
        replace(one, params={**one.params, "owner": names.get(str(one.params["owner"]), NONE)})
        if one.code in RULE_CODES
        else one
        for one in found
    ]


def _seen(one: Finding) -> Finding:
    if one.code in PLAIN | RULE_CODES or one.code.startswith(OWN_WORDS):
        return one
    return error("edit.outside_scope" if one.code in NAMES else "edit.kept_elsewhere")
