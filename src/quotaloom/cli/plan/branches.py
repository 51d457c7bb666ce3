"""quotaloom plan branch | merge: try something on a copy, then bring its edits back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import WORDS as SHARED
from quotaloom.cli.plan.folder import author, opened, path_of, verb
from quotaloom.cycle.plan.branch import branch
from quotaloom.cycle.plan.merge import Choice, merge
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.grammar import write_edit
from quotaloom.planfile.journal import Author

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

BRANCH = {"zh": "分支：复制一份计划，各自修改", "en": "a copy of the plan that goes its own way"}
MERGE = {"zh": "合并：把分支上的修改写回计划", "en": "write the edits of a branch into the plan"}
WORDS = {
    "new": {"zh": "分支的文件夹", "en": "the folder of the branch"},
    "position": {"zh": "从第几次修改之后分出（默认最新）", "en": "after which edit (default: all)"},
    "branch": {"zh": "要合并的分支", "en": "the branch to merge"},
    "take": {
        "zh": "同一处两边都改过时：ask 停下列出，mine 保留计划，theirs 用分支",
        "en": "where both changed the same place: ask, keep mine, or take theirs",
    },
    "made": {
        "zh": "已分出 {path}，含 {position} 次修改",
        "en": "{path} branched with {position} edits",
    },
    "merged": {"zh": "已合并 {count} 次修改", "en": "{count} edits merged"},
    "clash": {
        "zh": "✗ 分支的 #{seq} {text} 与计划的 {others} 改了同一处",
        "en": "✗ the branch's #{seq} {text} meets {others} of the plan",
    },
    "ask": {
        "zh": "没有写入。请选择 --take mine 或 --take theirs，或先在分支上调整。",
        "en": "Nothing was written. Choose --take mine or --take theirs, or change the branch.",
    },
}
CLASHED = 4


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add both verbs."""
    copy = verb(verbs, "branch", BRANCH, lang)
    copy.add_argument("new", metavar="NEW", help=WORDS["new"][lang])
    copy.add_argument("--position", type=int, metavar="N", help=WORDS["position"][lang])
    copy.set_defaults(perform=perform)
    back = verb(verbs, "merge", MERGE, lang)
    back.add_argument("branch", metavar="BRANCH", help=WORDS["branch"][lang])
    back.add_argument(
        "--take", choices=("ask", "mine", "theirs"), default="ask", help=WORDS["take"][lang]
    )
    back.add_argument("--by", metavar="ID", help=SHARED["by"][lang])
    back.set_defaults(perform=perform_merge)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Make the branch."""
    store = FolderStore(path_of(chosen.plan))
    made = branch(store, path_of(chosen.new), position=chosen.position)
    told = {"path": made.folder, "position": made.head().position}
    speech.say(WORDS["made"][speech.lang].format(**told))
    return 0


def perform_merge(chosen: Namespace, speech: Speech) -> int:
    """Merge, or name every place where both sides changed the same: then nothing is written."""
    journal = opened(chosen)
    other = FolderStore(path_of(chosen.branch))
    choice = Choice(None if chosen.take == "ask" else chosen.take)
    done, numbers = merge(journal, other, Author(author(chosen)), choice)
    for clash in done.clashes:
        others = "、".join(f"#{one.seq}（{one.author}）" for one in clash.others)
        text = write_edit(clash.record.edit, journal.plan.measures).strip()
        told = {"seq": clash.record.seq, "text": text, "others": others}
        speech.note(WORDS["clash"][speech.lang].format(**told))
    if done.undecided:
        speech.note(WORDS["ask"][speech.lang])
        return CLASHED
    speech.say(WORDS["merged"][speech.lang].format(count=len(numbers)))
    return 0
