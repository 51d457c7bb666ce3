"""Which edit a page asks for: a node, a period, and what was typed, pasted or pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Release, Revert
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import info
from quotaloom.cycle.plan.days import days_counted, with_days
from quotaloom.web.desk.block import read_block
from quotaloom.web.desk.figure import Place
from quotaloom.web.desk.layer import layers_edit
from quotaloom.web.desk.member import member_edit
from quotaloom.web.desk.merge import WAYS, merged
from quotaloom.web.desk.method import how_asked
from quotaloom.web.desk.node import columns_asked, node_asked, node_at, node_words, paths_asked
from quotaloom.web.desk.paste import Pasted, edit_pasted, located, refuse_all
from quotaloom.web.desk.rule import bound_asked, hold_asked
from quotaloom.web.desk.typed import edit_again, edit_typed
from quotaloom.web.plans.cut import cut_asked
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.hand import Hand


class Wanted:
    """What a form asks for, made of the newest plan; ``notes`` is to be told beside it."""

    def __init__(self, request: Request, hand: Hand) -> None:
        self.request, self.hand = request, hand
        self.edit: Edit | None = None
        self.notes: list[Finding] = []

    def __call__(self, journal: Journal) -> list[Edit]:
        """The edits of the form; of one that met others, what is to be kept of both.

        Raises UsageRefused.
        """
        way = self.request.POST.get("merge", "")
        if way not in WAYS:
            return self.on(journal.plan)
        found = merged(self.hand, journal, self.on, way=way, was=was_asked(self.request))
        self.edit = found[0]
        return found

    def on(self, plan: Plan) -> list[Edit]:
        """The edits of the form on some state of the plan, most often one. Raises UsageRefused."""
        if self.request.POST.get("act") == "paste":
            pasted = pasted_asked(self.request, self.hand, plan)
            self.edit, self.notes = pasted.edit, pasted.notes
            return [pasted.edit]
        if self.request.POST.get("act") == "bound":
            return bounds_asked(self.request, self.hand, plan)
        self.edit = edit_asked(self.request, self.hand, plan)
        return [self.edit]


def was_asked(request: Request) -> int:
    """The position that lay before whoever met others; the beginning where none is said."""
    text = request.POST.get("was", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def edit_asked(request: Request, hand: Hand, plan: Plan) -> Edit:
    """The edit of a form: typed, a hold set or lifted, an edit taken back. Raises UsageRefused."""
    asked = request.POST
    if asked.get("act") in ("release", "revert"):
        seq = asked.get("seq", "")
        number = int(seq) if seq.isdecimal() and len(seq) < 10 else 0
        return Release(number) if asked["act"] == "release" else Revert(number)
    at = node_asked(asked, hand, plan)
    if asked.get("act") == "member":
        cut = cut_asked(asked, hand.seen.pivot)
        return member_edit(asked, plan, cut.rows, (cut.path, at))
    if asked.get("act") == "hold":
        return hold_asked(asked, hand, at)
    if asked.get("act") == "layers":
        return layers_edit(asked, plan, at)
    size = UNITS[chosen_unit(request)].size
    how = how_asked(asked, plan, size, hand.seen.figures.measure)
    if asked.get("act") == "again":
        return with_days(edit_again(plan, at, how), plan)
    return with_days(edit_typed(plan, at, asked.get("typed", "")[:64], size, how), plan)


def bounds_asked(request: Request, hand: Hand, plan: Plan) -> list[Edit]:
    """The edits that give a figure its lowest and highest. Raises UsageRefused."""
    at = node_asked(request.POST, hand, plan)
    return [*bound_asked(request.POST, plan, at, UNITS[chosen_unit(request)].size)]


def pasted_asked(request: Request, hand: Hand, plan: Plan) -> Pasted:
    """The edit of a block of figures that lies on some rows and periods.

    Raises UsageRefused with every figure that cannot be read or written, and UnitAsked.
    """
    asked = request.POST
    unit = asked.get("as", "")
    size = UNITS[unit if unit in UNITS else chosen_unit(request)].size
    places, left_out = _places(asked, hand, plan)
    how = how_asked(asked, plan, size, hand.seen.figures.measure)
    found = edit_pasted(plan, places, size, how, is_said=unit in UNITS)
    notes = [info("paste.left_out", cells=left_out)] if left_out else []
    return Pasted(days_counted(found.edit, plan), [*found.notes, *notes])


def _places(asked: Mapping[str, str], hand: Hand, plan: Plan) -> tuple[list[Place], int]:
    """The figures of a block that name a period, and how many lie on other columns."""
    rows = cut_asked(asked, hand.seen.pivot).rows
    paths, periods = paths_asked(asked.get("paths", "")), columns_asked(asked.get("periods", ""))
    block = read_block(asked.get("block", ""), (len(paths), len(periods)))
    texts = [
        (path, period, text)
        for path, line in zip(paths, block, strict=False)
        for period, text in zip(periods, line, strict=False)
        if text.strip()
    ]
    found: list[Place] = []
    wrong: list[Finding] = []
    for path, period, text in texts:
        if period is None:
            continue
        words = node_words(hand, rows, path, period)
        try:
            found.append(Place(text, node_at(hand, plan, rows, path, period), words))
        except UsageRefused as refusal:
            wrong += [located(one, words) for one in refusal.findings]
    refuse_all(wrong)
    return found, len(texts) - len(found)
