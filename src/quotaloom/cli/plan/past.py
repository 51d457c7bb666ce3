"""quotaloom plan blame | check | write: who wrote a figure, whether it all holds, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import EDITIONS, opened, path_of, verb
from quotaloom.cli.plan.show import slice_of
from quotaloom.cycle.plan.blame import blame
from quotaloom.cycle.plan.desk import first, open_plan
from quotaloom.cycle.plan.edition import refuse_altered
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.grammar import write_edit
from quotaloom.planfile.journal import Journal
from quotaloom.planfile.piece import ALL
from quotaloom.planfile.store import Head

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

BLAME = {"zh": "追溯：一处数字最后是谁改的", "en": "who last wrote the figures of a slice"}
CHECK = {
    "zh": "核对：校验日志链，重放全部修改，核对每个合计",
    "en": "verify the chain, replay every edit, check every sum",
}
WRITE = {"zh": "输出计划的文本：定义和全部修改", "en": "the plan as text: definition and edits"}
WORDS = {
    "at": {"zh": "哪一部分，如 大区=东 & 2027Q2", "en": "which part, such as region=E & 2027Q2"},
    "head": {"zh": "此前记下的“位置:哈希”", "en": "a position:hash noted before"},
    "begun": {"zh": "初始数据", "en": "the first figures"},
    "blamed": {
        "zh": "{who}  {cells} 格，合计 {total}{what}",
        "en": "{who}  {cells} cells, {total} in all{what}",
    },
    "chain": {
        "zh": "✓ 日志链完整：{position} 次修改，{hash}",
        "en": "✓ the chain holds: {position} edits, {hash}",
    },
    "editions": {
        "zh": "✓ {count} 个已发布的版本与发布时一致",
        "en": "✓ {count} released editions are what was released",
    },
    "replay": {
        "zh": "✓ 从头重放，{position} 次修改的结果逐格一致",
        "en": "✓ replayed from the start: {position} edits, every cell the same",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verbs."""
    who = verb(verbs, "blame", BLAME, lang)
    who.add_argument("--at", metavar="SLICE", default=ALL, help=WORDS["at"][lang])
    who.set_defaults(perform=perform_blame)
    check = verb(verbs, "check", CHECK, lang)
    check.add_argument("--head", metavar="N:HASH", help=WORDS["head"][lang])
    check.set_defaults(perform=perform_check)
    verb(verbs, "write", WRITE, lang).set_defaults(perform=perform_write)


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
    count = refuse_altered(replayed, store.folder.parent / EDITIONS)
    if count:
        speech.say(WORDS["editions"][speech.lang].format(count=count))
    return 0


def perform_write(chosen: Namespace, speech: Speech) -> int:
    """The definition, then every record, as they are kept."""
    store = FolderStore(path_of(chosen.plan))
    speech.say("\n".join([store.definition(), *store.records()]))
    return 0
