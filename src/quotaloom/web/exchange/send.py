"""Hand out what a user sees of a plan: her screen, or a workbook for each member of a level."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.report.handout.draft import Ground, View
from quotaloom.report.handout.issue import HANDED_OUT, Issue, Named, each, handout_of, sheet_of
from quotaloom.report.handout.stamp import Called, Saying
from quotaloom.report.handout.words import word
from quotaloom.report.handout.write import write_handout
from quotaloom.report.workbook.titles import Titles
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.exchange.models import Handout
from quotaloom.web.exchange.store import table_of
from quotaloom.web.journals.opened import reading
from quotaloom.web.plans.counted import (
    measure_words,
    measures_open,
    shown_words,
    unit_of,
    unit_word,
)
from quotaloom.web.plans.download import shown_columns, shown_nodes
from quotaloom.web.plans.grid import period_words
from quotaloom.web.plans.store import figures
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.http.response import HttpResponseBase

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.cycle.exchange.handout import Handout as Table
    from quotaloom.cycle.progress import Progress
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.cut import Cut
    from quotaloom.web.ui.unit import Unit


def living_hand(hand: Hand, actor: Actor) -> Hand:
    """The same hand on a plan that has a journal."""
    plan_begin(plan=hand.seen.plan, actor=actor)
    return hand_of(hand.user, hand.seen.plan.pk, hand.seen.figures.key)


def screen_handout(
    *, hand: Hand, cut: Cut, query: Mapping[str, str], unit: Unit, actor: Actor
) -> Handout:
    """What the page shows. Asked again while nothing changed, it is the one of before."""
    hand = living_hand(hand, actor)
    nodes = shown_nodes(hand.seen, cut, query)
    columns = shown_columns(hand.seen, query)
    view = View(cut.rows, nodes, columns, word("rest", language()))
    issue = _issue(hand, unit)
    table = handout_of([sheet_of(_ground(hand), view, issue)], issue)
    bare = replace(table, stamp=replace(table.stamp, id="", time=""))
    number = UUID(bare.digest[:32])
    found = Handout.objects.filter(pk=number).first()
    if found is not None:
        return found
    named = replace(table, stamp=replace(table.stamp, id=number.hex))
    return _kept(hand, named, unit, is_screen=True)


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes out: a workbook for each member of ``level``, with a sheet for each of ``shows``.

    ``unit`` is that of money.
    """

    level: str
    shows: tuple[Key, ...]
    unit: Unit
    due: date | None = None


def measures_sent(hand: Hand) -> list[tuple[str, str]]:
    """The measures that the user may hand out: codes and words, the plan's own first."""
    return [
        (one.code, measure_words(one))
        for one in measures_open(hand.user, hand.seen)
        if one.kind in HANDED_OUT and hand.seen.sight.shows(one.code) and hand.reach.shows(one.code)
    ]


def handouts_send(
    *, hand: Hand, sending: Sending, actor: Actor, progress: Progress
) -> list[Handout]:
    """One for each member of a level of whose branch the user may write anything."""
    hand = living_hand(hand, actor)
    lang, level = language(), sending.level
    named = Named(word("whole", lang), word("rest", lang), lambda label: str(period_words(label)))
    grounds = [_ground(hand, key) for key in sending.shows]
    tables = []
    for number, table in enumerate(each(grounds, level, _issue(hand, sending.unit), named), 1):
        progress("write", number, 0)
        if table.entry_count:
            tables.append(table)
    if not tables:
        raise DataRefused([error("handout.nothing_to_edit", level)])
    with transaction.atomic():
        made = [_kept(hand, table, sending.unit, due=sending.due) for table in tables]
        told = {"level": level, "count": len(made), "position": tables[0].stamp.position}
        told["measures"] = "、".join(dict.fromkeys(code for code, _layer in sending.shows))
        subject = f"plan:{hand.seen.plan.pk}"
        audit_record(actor=actor, action="plan.hand_out", subject=subject, params=told)
    return made


def handout_file(row: Handout) -> HttpResponseBase:
    """The workbook of a handout."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "handout.xlsx")
        _write(row, path)
        name = f"{row.plan.name}-{row.scope}" if row.scope else row.plan.name
        return sent(path, f"{name}.xlsx")


def handouts_zip(rows: Iterable[Handout], name: str) -> HttpResponseBase:
    """Workbooks in one file, each named after whose it is."""
    titles = Titles()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "handouts.zip")
        with ZipFile(path, "w", ZIP_STORED) as package:  # workbooks are packed already
            for row in rows:
                one = Path(folder, "one.xlsx")
                _write(row, one)
                package.write(one, f"{titles.take_file(row.scope or row.plan.name)}.xlsx")
        return sent(path, f"{name}.zip")


def _write(row: Handout, path: Path) -> None:
    handout = table_of(row)
    called = tuple(_called(row, one.key) for one in handout.sheets)
    write_handout(handout, path, Saying(row.made_by.shown_name, language(), called))


def _called(row: Handout, key: Key) -> Called:
    """What a sheet is called, and the unit of its figures."""
    now = figures(row.plan, key)
    return Called(shown_words(now), unit_word(unit_of(now.measure, UNITS[row.unit])))


def _ground(hand: Hand, key: Key | None = None) -> Ground:
    """The plan as the user sees it, in the measure and layer of a key, or in those before her."""
    now = hand.seen.figures if key is None else figures(hand.seen.plan, key)
    if now.living is None:
        raise ValueError(f"the plan {hand.seen.plan.pk} has no journal")
    return Ground(now.living, now.pivot, now.key, hand.seen.sight.mask, hand.reach.mask)


def _issue(hand: Hand, unit: Unit) -> Issue:
    """The state that the user sees: edits elsewhere leave its stamp as it was."""
    plan, position = hand.seen.plan, hand.seen.position
    with reading(plan.pk) as journal:
        is_last = position >= journal.plan.position
        hash_ = journal.store.head().hash if is_last else journal.record(position + 1).previous
    time = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    author = str(hand.user.pk)
    told = (str(plan.pk), plan.name, position, hash_, time, author)
    return Issue(*told, unit.size, unit.decimals)


def _kept(
    hand: Hand, table: Table, unit: Unit, *, is_screen: bool = False, due: date | None = None
) -> Handout:
    return Handout.objects.create(
        id=UUID(table.stamp.id),
        plan=hand.seen.plan,
        scope=table.stamp.scope,
        is_screen=is_screen,
        position=table.stamp.position,
        content=table.dumps(),
        shows=[one.key for one in table.sheets],
        unit=unit.code,
        due=due,
        made_by=hand.user,
    )
