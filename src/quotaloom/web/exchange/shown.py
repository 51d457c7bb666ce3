"""A return as its page shows it: cells with their names, before and after, in 分."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import Severity
from quotaloom.report.handout.review import Choice
from quotaloom.web.desk.consequence import touched
from quotaloom.web.desk.services import Asked, plan_preview
from quotaloom.web.desk.words import names_of
from quotaloom.web.exchange.take import return_look
from quotaloom.web.journals.opened import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.compare import Change, Side
    from quotaloom.cycle.exchange.handout import Cell
    from quotaloom.cycle.exchange.handout import Handout as Table
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.exchange.models import Return
    from quotaloom.web.exchange.take import Look

MOST: Final = 300  # cells on one page
SIDES: Final = ("mine", "theirs")


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: where it is, what was handed out, what the file and the plan say, in 分."""

    field: str
    path: str
    period: str
    base: int
    mine: int
    theirs: int

    @property
    def more(self) -> int:
        """How much more the file says than the plan."""
        return self.mine - self.theirs


def page_of(hand: Hand, row: Return, choice: Choice, actor: Actor) -> dict[str, Any]:
    """The context of a return that is not over yet."""
    look = return_look(hand=hand, row=row, choice=choice)
    found = look.review
    changes = found.changes if found else ()
    page: dict[str, Any] = told(look.findings) | {"look": look, "count": len(changes)}
    if found is None:
        return page
    table = found.handout
    plain = [one for one in changes if not one.is_met]
    return page | {
        "changes": _shown(table, plain[:MOST]),
        "more": max(len(plain) - MOST, 0),
        "met": _met(hand, table, found.met, choice),
        "errors": len(found.errors),
        "undecided": len(found.undecided),
        "total": sum(one.mine - one.theirs for one in changes) * table.unit,
        "text": _consequence(hand, look, choice, actor),
    }


def told(findings: Iterable[Finding]) -> dict[str, Any]:
    """Findings for a page: what matters, and apart from it what was only noted on reading."""
    every = list(findings)
    noted = [one for one in every if one.severity == Severity.INFO]
    return {"findings": [one for one in every if one not in noted], "noted": noted}


def choice_asked(asked: Mapping[str, str]) -> Choice:
    """What a form chose: a side for a cell, or for all of them."""
    sides: dict[Cell, Side] = {}
    for name, value in asked.items():
        line, _dash, head = name.removeprefix("cell-").partition("-")
        if name.startswith("cell-") and line.isdecimal() and head.isdecimal():
            sides[int(line), int(head)] = "mine" if value == "mine" else "theirs"
    every = asked.get("side", "")
    side: Side | None = "mine" if every == "mine" else "theirs" if every == "theirs" else None
    return Choice(sides, side, only_valid=asked.get("only_valid") == "1")


def _shown(table: Table, changes: Iterable[Change]) -> list[Shown]:
    paths = _paths(table)
    return [
        Shown(
            field=f"cell-{one.cell[0]}-{one.cell[1]}",
            path=paths[one.cell[0]],
            period=table.heads[one.cell[1]].title,
            base=one.base * table.unit,
            mine=one.mine * table.unit,
            theirs=one.theirs * table.unit,
        )
        for one in changes
    ]


def _met(
    hand: Hand, table: Table, met: Sequence[Change], choice: Choice
) -> list[tuple[Shown, str, list[str]]]:
    """The cells that both sides changed: what is chosen already, and who else wrote them when."""
    with reading(hand.seen.plan.pk) as journal:
        records = {seq: journal.record(seq) for one in met for seq in one.by}
    names = names_of(one.author for one in records.values())
    told = {
        seq: f"{names.get(one.author, '')} {timezone.localtime(one.time):%m-%d %H:%M}"
        for seq, one in records.items()
    }
    sides = {one.cell: choice.sides.get(one.cell) or choice.side or "" for one in met}
    return [
        (shown, sides[one.cell], [told[seq] for seq in one.by])
        for shown, one in zip(_shown(table, met), met, strict=True)
    ]


def _paths(table: Table) -> list[str]:
    """The names from the top line down to each line."""
    found: list[str] = []
    above: list[str] = []
    for line in table.lines:
        above = [*above[: line.depth], line.name]
        found.append(" › ".join(above[1:] or above))
    return found


def _consequence(hand: Hand, look: Look, choice: Choice, actor: Actor) -> str:
    """How many cells of the plan, on how many seats, the edit would write; "" for none."""
    if look.review is None or not look.review.changes:
        return ""
    try:
        edit = look.review.edit(choice)
        asked = Asked(lambda _journal: [edit] if edit else [], look.position)
        done = plan_preview(hand=hand, asked=asked, actor=actor)
    except QuotaLoomError:
        return ""
    cells, seats = touched(done, hand.seen.plan.org_header)
    told = ngettext("%(count)s cell", "%(count)s cells", cells) % {"count": f"{cells:,}"}
    if seats:
        seat = ngettext("%(count)s seat", "%(count)s seats", seats) % {"count": f"{seats:,}"}
        told = f"{told} / {seat}"
    return _("Will change {text}").format(text=told)
