"""quotaloom plan collect: take back the workbooks that people sent back, each whole or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotaloom.cli.plan.folder import author, declare_author, opened, path_of, verb
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.exchange.shelf import Shelf
from quotaloom.report.handout.collect import Desk, Outcome, collect
from quotaloom.report.handout.review import Choice

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from quotaloom.cli.speech import Lang, Speech

COLLECT = {
    "zh": "收回：把改过的工作簿写回计划，每份一次修改，可一次撤销",
    "en": "take edited workbooks back into the plan: one edit each, undone as one",
}
WORDS = {
    "files": {"zh": "交回的文件，或放着它们的文件夹", "en": "the files, or folders of them"},
    "mine": {
        "zh": "两边都改过的格子以文件为准",
        "en": "where others changed a cell too, the file counts",
    },
    "theirs": {
        "zh": "两边都改过的格子以计划现在的数为准",
        "en": "where others changed a cell too, the plan counts as it is",
    },
    "valid": {
        "zh": "只采纳没有问题的格子（默认有一处不行就整份不采纳）",
        "en": "take the cells without fault (default: none of a file with a fault)",
    },
    "preview": {"zh": "只看会改什么，不写入", "en": "only say what would change"},
    "line": {"zh": "{state}  {file}  {scope}", "en": "{state}  {file}  {scope}"},
}
STATES: Final = {
    "taken": {
        "zh": "✓ 已采纳 {cells} 处（第 {edit} 次修改）",
        "en": "✓ {cells} cells taken (edit {edit})",
    },
    "ready": {"zh": "✓ 将修改 {cells} 处", "en": "✓ would change {cells} cells"},
    "nothing": {"zh": "= 没有修改", "en": "= nothing changed"},
    "again": {"zh": "= 重复交回（第 {edit} 次修改已采纳）", "en": "= taken before (edit {edit})"},
    "undecided": {"zh": "! 有 {cells} 处两边都改过", "en": "! {cells} cells changed on both sides"},
    "refused": {"zh": "✗ 未采纳", "en": "✗ refused"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb."""
    parser = verb(verbs, "collect", COLLECT, lang)
    parser.add_argument("files", nargs="+", metavar="FILE|DIR", help=WORDS["files"][lang])
    sides = parser.add_mutually_exclusive_group()
    for side in ("mine", "theirs"):
        words = WORDS[side][lang]
        sides.add_argument(f"--{side}", action="store_const", const=side, dest="side", help=words)
    parser.add_argument("--only-valid", action="store_true", help=WORDS["valid"][lang])
    parser.add_argument("--preview", action="store_true", help=WORDS["preview"][lang])
    declare_author(parser, lang)
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Each file on its own; 3 where one of them could not be taken."""
    journal, shelf = opened(chosen), Shelf(path_of(chosen.plan))
    desk = Desk(journal, shelf, author(chosen), chosen.because, preview=chosen.preview)
    choice = Choice({}, chosen.side, only_valid=chosen.only_valid)
    outcomes = [collect(desk, path, choice) for path in _paths(chosen.files)]
    for one in outcomes:
        speech.say(_line(one, speech.lang))
        speech.refuse(one.findings)
    is_whole = all(one.state not in ("refused", "undecided") for one in outcomes)
    return 0 if is_whole else DataRefused.exit_code


def _paths(named: Sequence[str]) -> Iterator[Path]:
    for text in named:
        path = Path(text)
        if path.is_dir():
            yield from sorted(one for one in path.glob("*.xlsx") if not one.name.startswith("~$"))
        elif path.is_file():
            yield path
        else:
            raise DataRefused([error("edit.no_file", text)])


def _line(one: Outcome, lang: Lang) -> str:
    state = STATES[one.state][lang].format(cells=one.cells, edit=one.edit)
    return WORDS["line"][lang].format(state=state, file=one.file, scope=one.scope).rstrip()
