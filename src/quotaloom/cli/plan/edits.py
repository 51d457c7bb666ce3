"""quotaloom plan apply | undo: edits written behind those of others, and taken back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import author, declare_author, opened, verb
from quotaloom.core.allocation.journal.edit import Revert, Review
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan.desk import save_checkpoint, save_due
from quotaloom.cycle.plan.expiry import expire
from quotaloom.cycle.plan.typed import typed_edits
from quotaloom.planfile.grammar import write_edit
from quotaloom.planfile.journal import Author
from quotaloom.planfile.number import read_day
from quotaloom.planfile.piece import Piece

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.apply import Applied

APPLY = {
    "zh": "写入修改：每条要么全部生效，要么说明为什么不行",
    "en": "write edits: each of them whole, or a reason why not",
}
UNDO = {
    "zh": "撤销自己最后一次修改，或指定的一次",
    "en": "take back your last edit, or a given one",
}
EXPIRE = {
    "zh": "解除到期的锁定（写一条系统修改）",
    "en": "release the holds that have ended, by an edit of the system",
}
WORDS = {
    "day": {"zh": "按哪一天算（默认今天）", "en": "as of which day (default: today)"},
    "ended": {"zh": "已解除 {count} 处锁定：{holds}", "en": "{count} holds released: {holds}"},
    "none": {"zh": "没有到期的锁定。", "en": "No hold has ended."},
    "file": {
        "zh": "写有修改的文件（- 为标准输入）",
        "en": "a file of edits (- for standard input)",
    },
    "edit": {
        "zh": "一条修改，如 set 大区=东 & 2027Q2: 1200000；可重复",
        "en": "one edit, such as set region=E & 2027Q2: 1200000; repeatable",
    },
    "seen": {
        "zh": "您看到的是第几次修改之后；之后有人改同一处就会停下来问",
        "en": "the position that you saw: whoever changed the same place since stops you",
    },
    "preview": {"zh": "只看会改什么，不写入", "en": "only say what would change"},
    "number": {"zh": "要撤销的修改编号", "en": "the number of the edit to take back"},
    "done": {
        "zh": "#{seq} {text}\n   改动 {cells} 格，方法 {method}",
        "en": "#{seq} {text}\n   {cells} cells written by {method}",
    },
    "rule": {"zh": "规则", "en": "a rule"},
    "would": {"zh": "将 ", "en": "would: "},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add both verbs."""
    write = verb(verbs, "apply", APPLY, lang)
    write.add_argument("file", nargs="?", metavar="FILE", help=WORDS["file"][lang])
    write.add_argument("-e", "--edit", action="append", default=[], help=WORDS["edit"][lang])
    write.add_argument("--seen", type=int, metavar="N", help=WORDS["seen"][lang])
    write.add_argument("--preview", action="store_true", help=WORDS["preview"][lang])
    declare_author(write, lang)
    write.set_defaults(perform=perform)
    back = verb(verbs, "undo", UNDO, lang)
    back.add_argument("number", nargs="?", type=int, metavar="N", help=WORDS["number"][lang])
    declare_author(back, lang)
    back.set_defaults(perform=perform_undo)
    ended = verb(verbs, "expire", EXPIRE, lang)
    ended.add_argument("--day", metavar="YYYY-MM-DD", help=WORDS["day"][lang])
    ended.set_defaults(perform=perform_expire)


def perform(chosen: Namespace, speech: Speech) -> int:
    """All the edits or none, as one batch that one undo takes back."""
    journal = opened(chosen)
    read = [_file(chosen.file)] if chosen.file else []
    text = "\n".join([*read, *chosen.edit]) + "\n"
    edits = typed_edits(text, journal.plan, file=chosen.file or "")
    if not edits:
        raise UsageRefused([error("edit.no_edits")])
    who = Author(author(chosen), seen=chosen.seen)
    if chosen.preview:
        staged = journal.stage(enumerate(edits, start=journal.plan.position + 1), who)
        for _, met in staged.met:
            raise met
        done = staged.applied
    else:
        before = journal.plan.position
        done = journal.write_all(edits, who, chosen.because)
        if any(isinstance(edit, Review) for edit in edits):
            save_checkpoint(journal)  # what was submitted opens again without a replay
        save_due(journal, before)
    for edit, applied in zip(edits, done, strict=True):
        text = write_edit(edit, journal.plan.measures)
        _tell(text, applied, speech, is_preview=chosen.preview)
    return 0


def perform_undo(chosen: Namespace, speech: Speech) -> int:
    """Take an edit back, and say so."""
    journal = opened(chosen)
    who = Author(author(chosen))
    if chosen.number is None:
        applied = journal.undo(who)
    else:
        applied = journal.write(Revert(chosen.number), who, chosen.because)
    record = journal.record(journal.plan.position)
    _tell(write_edit(record.edit, journal.plan.measures), applied, speech, is_preview=False)
    return 0


def perform_expire(chosen: Namespace, speech: Speech) -> int:
    """Release what has ended, and name it."""
    day = read_day(Piece(chosen.day)) if chosen.day else datetime.now(UTC).date()
    ended = expire(opened(chosen), day)
    told = {"count": len(ended), "holds": "、".join(f"#{seq}" for seq in ended)}
    speech.say(WORDS["ended" if ended else "none"][speech.lang].format(**told))
    return 0


def _file(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    if not path.is_file():
        raise UsageRefused([error("edit.no_file", name)])
    return path.read_text(encoding="utf-8")


def _tell(text: str, applied: Applied, speech: Speech, *, is_preview: bool) -> None:
    cells = sum(int(live.sum()) for _, _, live in applied.written)
    told = {"seq": applied.plan.position, "text": text.strip(), "cells": cells}
    method = applied.method or WORDS["rule"][speech.lang]
    line = WORDS["done"][speech.lang].format(**told, method=method)
    speech.say(WORDS["would"][speech.lang] + line if is_preview else line)
    speech.refuse(applied.findings)
