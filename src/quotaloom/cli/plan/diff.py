"""quotaloom plan diff: two versions of a plan side by side, and which edits made the difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quotaloom.cli.plan.folder import opened, path_of, plan_or_edition, verb
from quotaloom.core.allocation.journal.place import Region, Slice
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.cycle.plan.cause import Part, Side, causes
from quotaloom.cycle.plan.compare import differences, last_day
from quotaloom.cycle.plan.desk import open_plan
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.grammar import write_edit
from quotaloom.planfile.place_text import write_slice
from quotaloom.report.summary_table import Row, aligned
from quotaloom.warehouse.edition import ABOUT, read_about

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.cycle.plan.cause import Cause
    from quotaloom.planfile.journal import Journal

HELP = {
    "zh": "比较：两个位置之间，或与另一份计划、已发布的版本",
    "en": "compare two positions, or with another plan or edition",
}
HEADS = {"zh": ("", "之前", "之后", "变化"), "en": ("", "before", "after", "change")}
WORDS = {
    "other": {
        "zh": "另一份计划，或已发布版本的文件夹",
        "en": "another plan, or the folder of an edition",
    },
    "from": {"zh": "从第几次修改之后（默认开始）", "en": "from after edit N (default: the start)"},
    "to": {"zh": "到第几次修改之后（默认最新）", "en": "to after edit N (default: the newest)"},
    "axis": {"zh": "按哪个维度（默认第一个）", "en": "along which axis (default: the first)"},
    "why": {
        "zh": "再列出合计的差异由哪些修改造成",
        "en": "also list which edits made the difference of the total",
    },
    "same": {"zh": "没有差别。", "en": "No difference."},
    "cause": {"zh": "{change}  #{seq} {author}  {text}", "en": "{change}  #{seq} {author}  {text}"},
    "left": {
        "zh": "{change}  #{seq} {author}（留到现在的格）  {text}",
        "en": "{change}  #{seq} {author} (in cells it wrote last)  {text}",
    },
    "others": {
        "zh": "{change}  另外 {count} 次较小的修改（留到现在的格）",
        "en": "{change}  {count} smaller edits (in cells they wrote last)",
    },
    "rest": {"zh": "{change}  起点不同", "en": "{change}  they began differently"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb."""
    diff = verb(verbs, "diff", HELP, lang)
    diff.add_argument("other", nargs="?", metavar="OTHER", help=WORDS["other"][lang])
    diff.add_argument("--from", dest="start", type=int, default=0, help=WORDS["from"][lang])
    diff.add_argument("--to", type=int, help=WORDS["to"][lang])
    diff.add_argument("--axis", metavar="NAME", help=WORDS["axis"][lang])
    diff.add_argument("--why", action="store_true", help=WORDS["why"][lang])
    diff.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Every node whose total differs, in the amounts of its measure; then the causes."""
    journal = opened(chosen)
    before, after = _both(chosen, journal)
    rows = list(_rows(before, after, chosen.axis or after.axes[0].name))
    if not rows:
        speech.say(WORDS["same"][speech.lang])
        return 0
    for line in aligned(HEADS[speech.lang], rows, speech.width):
        speech.say(line)
    if chosen.why:
        _why(chosen, journal, speech)
    return 0


def _both(chosen: Namespace, journal: Journal) -> tuple[Plan, Plan]:
    """What is compared: two positions of a plan, or the plan and something else."""
    if chosen.other:
        return journal.plan, plan_or_edition(chosen.other)[0]
    return journal.at(chosen.start), journal.at(_last(chosen, journal))


def _rows(before: Plan, after: Plan, axis: str) -> Iterator[Row]:
    for one in differences(before, after, axis):
        say = after.measure(one.at.measure).say
        shown = ["—" if total is None else say(total) for total in (one.before, one.after)]
        label = "  " * one.depth + (one.name or write_slice(one.at))
        yield Row(label, (*shown, _signed(say(one.change))), abs(one.change))


def _why(chosen: Namespace, journal: Journal, speech: Speech) -> None:
    """The edits behind the difference of each column's total, together the whole of it."""
    for key in sorted(journal.plan.columns):
        for one in causes(*_sides(chosen, journal, key)):
            speech.say(_cause(one, journal.plan, key, speech.lang))


def _cause(one: Cause, plan: Plan, key: Key, lang: Lang) -> str:
    change = _signed(plan.measure(key[0]).say(one.change))
    if one.record is None:
        word = "others" if one.others else "rest"
        return WORDS[word][lang].format(change=change, count=one.others)
    text = write_edit(one.record.edit, plan.measures).strip()
    told = {"seq": one.record.seq, "author": one.record.author, "text": text}
    return WORDS["left" if one.is_left else "cause"][lang].format(change=change, **told)


def _sides(chosen: Namespace, journal: Journal, key: Key) -> tuple[Side, Side]:
    """Both sides by their journals; an edition is a position of the plan's own."""

    def part(plan: Plan) -> Part:
        if key not in plan.columns:
            return Part(Column.empty(plan.shape), Region(np.arange(0), np.arange(0)))
        return Part(plan.column(key), plan.counted(Slice((), "", *key), last_day(plan)))

    if not chosen.other:
        start = Side(journal, chosen.start, part)
        return start, Side(journal, _last(chosen, journal), part)
    here = Side(journal, journal.plan.position, part)
    if (Path(chosen.other) / ABOUT).is_file():
        return here, Side(journal, read_about(Path(chosen.other)).position, part)
    other = open_plan(FolderStore(path_of(chosen.other)))
    return here, Side(other, other.plan.position, part)


def _last(chosen: Namespace, journal: Journal) -> int:
    return journal.plan.position if chosen.to is None else chosen.to


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"
