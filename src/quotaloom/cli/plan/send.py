"""quotaloom plan send | sent: hand workbooks out, and see what became of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotaloom.cli.plan.folder import WORDS as SHARED
from quotaloom.cli.plan.folder import author, opened, path_of, verb
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.exchange.shelf import Shelf
from quotaloom.cycle.plan.desk import definition
from quotaloom.planfile.number import read_day
from quotaloom.planfile.piece import Piece
from quotaloom.report.handout.draft import Ground
from quotaloom.report.handout.issue import Issue, Named, each, whole
from quotaloom.report.handout.stamp import Called, Saying
from quotaloom.report.handout.words import word
from quotaloom.report.handout.write import write_handout
from quotaloom.report.living import plan_pivot
from quotaloom.report.measure_word import counted_in
from quotaloom.report.workbook.titles import Titles

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.cycle.exchange.handout import Handout

UNITS: Final = {"元": (100, 2), "万": (10_000 * 100, 0), "亿": (100_000_000 * 100, 2)}
SEND = {
    "zh": "下发：把计划写成可修改的工作簿，可按层级每人一份",
    "en": "hand out the plan as a workbook to edit, or one for each member of a level",
}
SENT = {
    "zh": "下发进度：哪些已下发、已交回、已采纳、逾期",
    "en": "what was handed out, came back, was taken, is late",
}
WORDS = {
    "to": {
        "zh": "写到哪里：一个 xlsx 文件；每人一份时是文件夹",
        "en": "where to: an xlsx file; a folder where there is one for each",
    },
    "each": {"zh": "按哪个层级每人一份，如 大区", "en": "one for each member of this level"},
    "unit": {"zh": "单位：元、万、亿（默认 元）", "en": "unit: 元, 万 or 亿 (default 元)"},
    "measure": {
        "zh": "下发哪个指标，可多次给出，每个一张工作表（默认计划的第一个指标）",
        "en": "which measure goes out; repeatable, a sheet each (default: the plan's first)",
    },
    "layer": {"zh": "哪一层，如 submitted（默认第一层）", "en": "which layer (default: the first)"},
    "due": {"zh": "何时交回", "en": "when it is due back"},
    "made": {
        "zh": "{path}：{scope}，{lines} 行，可改 {cells} 格",
        "en": "{path}: {scope}, {lines} rows, {cells} cells to edit",
    },
    "line": {
        "zh": "{state}  {scope}  第 {position} 次修改后下发{due}{last}",
        "en": "{state}  {scope}  handed out after edit {position}{due}{last}",
    },
    "due_by": {"zh": "，{day} 前交回", "en": ", due by {day}"},
    "last": {"zh": "；最近交回 {file}（{time}）", "en": "; last came back: {file} ({time})"},
    "none": {"zh": "还没有下发过。", "en": "Nothing was handed out yet."},
    "count": {"zh": "已采纳 {taken}/{all}", "en": "{taken} of {all} taken"},
}
STATES: Final = {
    "taken": {"zh": "✓ 已采纳", "en": "✓ taken"},
    "returned": {"zh": "! 已交回未采纳", "en": "! returned, not taken"},
    "late": {"zh": "✗ 逾期未交", "en": "✗ late"},
    "sent": {"zh": "· 待交回", "en": "· waiting"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add both verbs."""
    send = verb(verbs, "send", SEND, lang)
    send.add_argument("--to", required=True, metavar="FILE|DIR", help=WORDS["to"][lang])
    send.add_argument("--each", metavar="LEVEL", help=WORDS["each"][lang])
    send.add_argument("--unit", choices=tuple(UNITS), default="元", help=WORDS["unit"][lang])
    words = WORDS["measure"][lang]
    send.add_argument("--measure", action="append", default=[], metavar="CODE", help=words)
    send.add_argument("--layer", default="", metavar="NAME", help=WORDS["layer"][lang])
    send.add_argument("--due", metavar="YYYY-MM-DD", help=WORDS["due"][lang])
    send.add_argument("--by", metavar="ID", help=SHARED["by"][lang])
    send.set_defaults(perform=perform)
    verb(verbs, "sent", SENT, lang).set_defaults(perform=perform_sent)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Write every workbook, note it, and say what is in it."""
    shelf, lang = Shelf(path_of(chosen.plan)), speech.lang
    plan = opened(chosen).plan
    due = read_day(Piece(chosen.due)) if chosen.due else None
    to, titles = Path(chosen.to), Titles()
    _ready(to, is_folder=bool(chosen.each))
    for handout in _handouts(chosen, lang):
        scope = handout.stamp.scope or word("whole", lang)
        path = to / f"{titles.take_file(scope)}.xlsx" if chosen.each else to
        called = tuple(_called(plan.measure(one.key[0]), chosen, lang) for one in handout.sheets)
        saying = Saying(author(chosen), lang, called)
        write_handout(handout, path, saying)
        shelf.keep(handout, due)
        lines = len(handout.sheets[0].lines)
        told = {"path": path, "scope": scope, "lines": lines, "cells": handout.entry_count}
        speech.say(WORDS["made"][lang].format(**told))
    return 0


def perform_sent(chosen: Namespace, speech: Speech) -> int:
    """One line a handout, and how many are taken."""
    gone = opened(chosen).taken_back()
    every = [one.standing(gone) for one in Shelf(path_of(chosen.plan)).every()]
    if not every:
        speech.note(WORDS["none"][speech.lang])
        return 0
    today, lang = datetime.now(UTC).date(), speech.lang
    states = [one.state(today) for one in every]
    for one, state in zip(every, states, strict=True):
        last = one.returns[-1] if one.returns else None
        told = {
            "state": STATES[state][lang],
            "scope": one.handout.stamp.scope or word("whole", lang),
            "position": one.handout.stamp.position,
            "due": WORDS["due_by"][lang].format(day=one.due) if one.due else "",
            "last": WORDS["last"][lang].format(file=last.file, time=last.time) if last else "",
        }
        speech.say(WORDS["line"][lang].format(**told))
    speech.say(WORDS["count"][lang].format(taken=states.count("taken"), all=len(states)))
    return 0


def _handouts(chosen: Namespace, lang: Lang) -> Iterable[Handout]:
    journal = opened(chosen)
    plan, head = journal.plan, journal.store.head()
    layer = chosen.layer or plan.layers[0]
    codes = dict.fromkeys(chosen.measure or [next(iter(plan.measures))])
    grounds = [_ground(plan, (code, layer)) for code in codes]
    size, decimals = UNITS[chosen.unit]
    issue = Issue(
        plan=path_of(chosen.plan).stem,
        title=definition(journal.store).name,
        position=head.position,
        hash=head.hash,
        time=journal.clock().isoformat(timespec="seconds"),
        author=author(chosen),
        size=size,
        decimals=decimals,
    )
    named = Named(word("whole", lang), word("rest", lang), str)
    if chosen.each:
        return each(grounds, chosen.each, issue, named)
    return [whole(grounds, issue, named)]


def _ground(plan: Plan, key: Key) -> Ground:
    plan.column(key)  # refuses what the plan has not
    pivot = plan_pivot(plan, key)
    return Ground(plan, pivot, key, pivot.everything, pivot.everything)


def _called(measure: PlanMeasure, chosen: Namespace, lang: Lang) -> Called:
    """What a sheet is called, and the unit of its figures."""
    at = 0 if lang == "zh" else 1
    name = (measure.name, measure.name_en)[at] or measure.name or measure.code
    if measure.kind == "ratio":
        return Called(name, "%")
    count = counted_in(measure.counted_in, at) or word("counted", lang)
    return Called(name, word(chosen.unit, lang) if measure.is_money else count)


def _ready(to: Path, *, is_folder: bool) -> None:
    if is_folder:
        to.mkdir(parents=True, exist_ok=True)
    elif to.suffix.lower() != ".xlsx":
        raise DataRefused([error("write.unknown_format", to.name, allowed=".xlsx")])
