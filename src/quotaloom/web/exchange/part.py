"""What a return changes of a measure, as its page shows it: cells with names, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from quotaloom.web.desk.author import names_of
from quotaloom.web.journals.opened import reading
from quotaloom.web.plans.counted import shown_words, unit_of, unit_word
from quotaloom.web.plans.store import figures
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.cycle.exchange.compare import Change
    from quotaloom.cycle.exchange.sheet import Sheet
    from quotaloom.report.handout.review import Choice, Review
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.ui.unit import Unit

MOST: Final = 300  # cells of a measure on one page


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: where it is, what was handed out, what the file and the plan say, None for nothing.

    Money is in 分, a rate in millionths.
    """

    field: str
    path: str
    period: str
    base: int | None
    mine: int
    theirs: int | None

    @property
    def more(self) -> int:
        """How much more the file says than the plan."""
        return self.mine - (self.theirs or 0)


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown of one measure: its name and unit, what changes, and what others changed too.

    ``counted`` is the unit of what is no money, None for money. ``met`` has with each cell which
    side is chosen and who wrote it. ``total`` of all changes is None for rates, ``more`` how many
    are not shown.
    """

    measure: str
    unit_word: str
    counted: Unit | None
    changes: list[Shown]
    met: list[tuple[Shown, str, list[str]]]
    total: int | None
    more: int


def parts_of(hand: Hand, found: Review, choice: Choice, page_unit: Unit) -> list[Part]:
    """The measures of which anything changes; ``page_unit`` is that of money."""
    writers = _writers(hand, found.met)
    told = []
    for place, sheet in enumerate(found.handout.sheets):
        changes = [one for one in found.changes if one.cell[0] == place]
        met = [one for one in found.met if one.cell[0] == place]
        plain = [one for one in changes if not one.is_met]
        if not (changes or met):
            continue
        now = figures(hand.seen.plan, sheet.key)
        unit = unit_of(now.measure, page_unit)
        total = sum(one.mine - (one.theirs or 0) for one in changes) * sheet.unit
        told.append(
            Part(
                measure=shown_words(now),
                unit_word=unit_word(unit),
                counted=None if unit.code in UNITS else unit,
                changes=_shown(sheet, plain[:MOST]),
                met=_met(sheet, met, choice, writers),
                total=total if sheet.adds else None,
                more=max(len(plain) - MOST, 0),
            )
        )
    return told


def _shown(sheet: Sheet, changes: Iterable[Change]) -> list[Shown]:
    paths = _paths(sheet)
    return [
        Shown(
            field="cell-" + "-".join(map(str, one.cell)),
            path=paths[one.cell[1]],
            period=sheet.heads[one.cell[2]].title,
            base=_minor(sheet, one.base),
            mine=one.mine * sheet.unit,
            theirs=_minor(sheet, one.theirs),
        )
        for one in changes
    ]


def _minor(sheet: Sheet, units: int | None) -> int | None:
    return None if units is None else units * sheet.unit


def _met(
    sheet: Sheet, met: Sequence[Change], choice: Choice, writers: dict[int, str]
) -> list[tuple[Shown, str, list[str]]]:
    sides = {one.cell: choice.sides.get(one.cell) or choice.side or "" for one in met}
    return [
        (shown, sides[one.cell], [writers[seq] for seq in one.by])
        for shown, one in zip(_shown(sheet, met), met, strict=True)
    ]


def _writers(hand: Hand, met: Sequence[Change]) -> dict[int, str]:
    """Who wrote the edits of others, and when."""
    with reading(hand.seen.plan.pk) as journal:
        records = {seq: journal.record(seq) for one in met for seq in one.by}
    names = names_of(one.author for one in records.values())
    return {
        seq: f"{names.get(one.author, '')} {timezone.localtime(one.time):%m-%d %H:%M}"
        for seq, one in records.items()
    }


def _paths(sheet: Sheet) -> list[str]:
    """The names from the top line down to each line."""
    found: list[str] = []
    above: list[str] = []
    for line in sheet.lines:
        above = [*above[: line.depth], line.name]
        found.append(" › ".join(above[1:] or above))
    return found
