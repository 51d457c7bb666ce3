"""Hand out what a user sees of a plan: her screen, or a workbook for each member of a level."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.report.handout.draft import Ground, View
from quotaloom.report.handout.issue import Issue, Named, each, handout_of
from quotaloom.report.handout.stamp import Saying
from quotaloom.report.handout.words import word
from quotaloom.report.handout.write import write_handout
from quotaloom.report.workbook.titles import Titles
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.exchange.models import Handout
from quotaloom.web.exchange.store import table_of
from quotaloom.web.journals.opened import reading
from quotaloom.web.plans.download import shown_columns, shown_nodes
from quotaloom.web.plans.grid import period_words
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.http.response import HttpResponseBase

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
    table = handout_of(_ground(hand), view, _issue(hand, unit))
    bare = replace(table, stamp=replace(table.stamp, id="", time=""))
    number = UUID(bare.digest[:32])
    found = Handout.objects.filter(pk=number).first()
    if found is not None:
        return found
    named = replace(table, stamp=replace(table.stamp, id=number.hex))
    return _kept(hand, named, unit, is_screen=True)


def handouts_send(
    *, hand: Hand, level: str, unit: Unit, due: date | None, actor: Actor, progress: Progress
) -> list[Handout]:
    """One for each member of a level of whose branch the user may write anything."""
    hand = living_hand(hand, actor)
    lang = language()
    named = Named(word("whole", lang), word("rest", lang), lambda label: str(period_words(label)))
    tables = []
    for number, table in enumerate(each(_ground(hand), level, _issue(hand, unit), named), 1):
        progress("write", number, 0)
        if any(line.entry for line in table.lines):
            tables.append(table)
    if not tables:
        raise DataRefused([error("handout.nothing_to_edit", level)])
    with transaction.atomic():
        made = [_kept(hand, table, unit, due=due) for table in tables]
        told = {"level": level, "count": len(made), "position": tables[0].stamp.position}
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
    lang = language()
    unit = UNITS[row.unit]
    said = unit.zh if lang == "zh" else unit.en
    write_handout(table_of(row), path, Saying(row.made_by.shown_name, lang, said))


def _ground(hand: Hand) -> Ground:
    seen = hand.seen
    living = seen.figures.living
    if living is None:
        raise ValueError(f"the plan {seen.plan.pk} has no journal")
    return Ground(living, seen.pivot, seen.figures.key, seen.sight.mask, hand.reach.mask)


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
        unit=unit.code,
        due=due,
        made_by=hand.user,
    )
