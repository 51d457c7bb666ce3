"""quotaloom plan diff | blame | check | write: what changed, who did it, whether it all holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import opened, path_of, verb
from quotaloom.cli.plan.show import slice_of
from quotaloom.cycle.plan.blame import blame
from quotaloom.cycle.plan.compare import differences
from quotaloom.cycle.plan.desk import first, open_plan
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.grammar import write_edit
from quotaloom.planfile.journal import Journal
from quotaloom.planfile.piece import ALL
from quotaloom.planfile.place_text import write_slice
from quotaloom.planfile.store import Head
from quotaloom.report.summary_table import Row, aligned

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

DIFF = {
    "zh": "比较：两个位置之间，或与另一份计划",
    "en": "compare two positions, or with another plan",
}
BLAME = {"zh": "追溯：一处数字最后是谁改的", "en": "who last wrote the figures of a slice"}
CHECK = {
    "zh": "核对：校验日志链，重放全部修改，核对每个合计",
    "en": "verify the chain, replay every edit, check every sum",
}
WRITE = {"zh": "输出计划的文本：定义和全部修改", "en": "the plan as text: definition and edits"}
HEADS = {"zh": ("", "之前", "之后", "变化"), "en": ("", "before", "after", "change")}
WORDS = {
    "other": {"zh": "另一份计划", "en": "another plan"},
    "from": {"zh": "从第几次修改之后（默认开始）", "en": "from after edit N (default: the start)"},
    "to": {"zh": "到第几次修改之后（默认最新）", "en": "to after edit N (default: the newest)"},
    "axis": {"zh": "按哪个维度（默认第一个）", "en": "along which axis (default: the first)"},
    "at": {"zh": "哪一部分，如 大区=东 & 2027Q2", "en": "which part, such as region=E & 2027Q2"},
    "head": {"zh": "此前记下的“位置:哈希”", "en": "a position:hash noted before"},
    "same": {"zh": "没有差别。", "en": "No difference."},
    "begun": {"zh": "初始数据", "en": "the first figures"},
    "blamed": {
        "zh": "{who}  {cells} 格，合计 {total}{what}",
        "en": "{who}  {cells} cells, {total} in all{what}",
    },
    "chain": {
        "zh": "✓ 日志链完整：{position} 次修改，{hash}",
        "en": "✓ the chain holds: {position} edits, {hash}",
    },
    "replay": {
        "zh": "✓ 从头重放，{position} 次修改的结果逐格一致",
        "en": "✓ replayed from the start: {position} edits, every cell the same",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verbs."""
    diff = verb(verbs, "diff", DIFF, lang)
    diff.add_argument("other", nargs="?", metavar="OTHER", help=WORDS["other"][lang])
    diff.add_argument("--from", dest="start", type=int, default=0, help=WORDS["from"][lang])
    diff.add_argument("--to", type=int, help=WORDS["to"][lang])
    diff.add_argument("--axis", metavar="NAME", help=WORDS["axis"][lang])
    diff.set_defaults(perform=perform_diff)
    who = verb(verbs, "blame", BLAME, lang)
    who.add_argument("--at", metavar="SLICE", default=ALL, help=WORDS["at"][lang])
    who.set_defaults(perform=perform_blame)
    check = verb(verbs, "check", CHECK, lang)
    check.add_argument("--head", metavar="N:HASH", help=WORDS["head"][lang])
    check.set_defaults(perform=perform_check)
    verb(verbs, "write", WRITE, lang).set_defaults(perform=perform_write)


def perform_diff(chosen: Namespace, speech: Speech) -> int:
    """Every node whose total differs, in the amounts of its measure."""
    journal = opened(chosen)
    if chosen.other:
        before, after = journal.plan, open_plan(FolderStore(path_of(chosen.other))).plan
    else:
        last = journal.plan.position if chosen.to is None else chosen.to
        before, after = journal.at(chosen.start), journal.at(last)
    rows = []
    for one in differences(before, after, chosen.axis or after.axes[0].name):
        say = after.measure(one.at.measure).say
        shown = ["—" if total is None else say(total) for total in (one.before, one.after)]
        change = say(one.change)
        label = "  " * one.depth + (one.name or write_slice(one.at))
        signed = change if one.change < 0 else f"+{change}"
        rows.append(Row(label, (*shown, signed), abs(one.change)))
    if not rows:
        speech.say(WORDS["same"][speech.lang])
        return 0
    for line in aligned(HEADS[speech.lang], rows, speech.width):
        speech.say(line)
    return 0


def perform_blame(chosen: Namespace, speech: Speech) -> int:
    """The edits that last wrote the cells of the slice, the newest first."""
    journal = opened(chosen)
    at = slice_of(chosen.at, journal.plan)
    say = journal.plan.measure(at.measure).say
    for one in blame(journal, at):
        told = {"cells": one.cells, "total": say(one.total), "what": ""}
        who = WORDS["begun"][speech.lang]
        if one.record is not None:
            day = one.record.time.date().isoformat()
            who = f"#{one.record.seq} {one.record.author} {day}"
            reason = journal.store.text(one.record.reason) if one.record.reason else ""
            text = write_edit(one.record.edit, journal.plan.measures).strip()
            told["what"] = f"\n   {text}" + (f"\n   “{reason}”" if reason else "")
        speech.say(WORDS["blamed"][speech.lang].format(who=who, **told))
    return 0


def perform_check(chosen: Namespace, speech: Speech) -> int:
    """Refuses with the first record that is not what it was; else says what was checked."""
    store = FolderStore(path_of(chosen.plan))
    exported = None
    if chosen.head:
        position, _, hash_ = chosen.head.partition(":")
        exported = Head(int(position) if position.isdigit() else 0, hash_)
    head = verify_store(store, exported=exported)
    told = {"position": head.position, "hash": f"{head.position}:{head.hash}"}
    speech.say(WORDS["chain"][speech.lang].format(**told))
    replayed = Journal(store, first(store), open_plan(store).clock)
    speech.say(WORDS["replay"][speech.lang].format(position=replayed.plan.position))
    return 0


def perform_write(chosen: Namespace, speech: Speech) -> int:
    """The definition, then every record, as they are kept."""
    store = FolderStore(path_of(chosen.plan))
    speech.say("\n".join([store.definition(), *store.records()]))
    return 0
