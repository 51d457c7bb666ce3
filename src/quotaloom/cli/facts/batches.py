"""quotaloom batches, quotaloom undo: what came when, what is closed, a batch taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.facts.place import author_of, declare_place, shelf_of
from quotaloom.cli.facts.take import tell
from quotaloom.cycle.facts.compensate import compensate
from quotaloom.cycle.facts.take import now
from quotaloom.warehouse.batches.entry import in_force

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.warehouse.batches.entry import Entry

HELP = {
    "batches": {"zh": "列出导入的批次", "en": "list the batches that were imported"},
    "undo": {"zh": "撤回一个批次，原文件不变", "en": "take a batch back; nothing else changes"},
}
WORDS = {
    "dataset": {"zh": "只列这个数据集", "en": "of one dataset only"},
    "batch": {"zh": "批次号", "en": "the number of the batch"},
    "close": {
        "zh": "关账：此前的批次从此不能撤回，只能冲回",
        "en": "close: batches so far can no longer be taken back, only compensated",
    },
    "closed": {
        "zh": "已关账（记为第 {position} 步）：此前的批次不能再撤回",
        "en": "closed (step {position}): earlier batches can no longer be taken back",
    },
    "compensate": {
        "zh": "冲回：追加一个金额相反的批次",
        "en": "compensate: add a batch of the opposite amounts",
    },
    "none": {"zh": "还没有批次", "en": "no batches yet"},
    "line": {
        "zh": "{position:>5}  {time}  {dataset}  {rows} 行  {files}  {author}  {state}",
        "en": "{position:>5}  {time}  {dataset}  {rows} rows  {files}  {author}  {state}",
    },
    "in_force": {"zh": "生效", "en": "in force"},
    "undone": {"zh": "已撤回", "en": "undone"},
    "took_back": {
        "zh": "已撤回第 {batch} 批（记为第 {position} 步）",
        "en": "batch {batch} was taken back (step {position})",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add both verbs to the command."""
    listing = _verb(verbs, "batches", lang)
    listing.add_argument("dataset", nargs="?", metavar="NAME", help=WORDS["dataset"][lang])
    listing.add_argument("--close", action="store_true", help=WORDS["close"][lang])
    declare_place(listing, lang, writes=True)
    listing.set_defaults(perform=show)
    undoing = _verb(verbs, "undo", lang)
    undoing.add_argument("batch", type=int, metavar="N", help=WORDS["batch"][lang])
    undoing.add_argument("--compensate", action="store_true", help=WORDS["compensate"][lang])
    declare_place(undoing, lang, writes=True)
    undoing.set_defaults(perform=undo)


def _verb(verbs: Any, name: str, lang: Lang) -> ArgumentParser:  # noqa: ANN401
    said = HELP[name][lang]
    parser: ArgumentParser = verbs.add_parser(name, lang=lang, help=said, description=said)
    return parser


def show(chosen: Namespace, speech: Speech) -> int:
    """A line a batch, the oldest first; with ``--close`` they are closed."""
    shelf = shelf_of(chosen.home)
    if chosen.close:
        made = shelf.close(chosen.dataset or "", author=author_of(chosen), time=now())
        speech.say(WORDS["closed"][speech.lang].format(position=made.position))
    entries = shelf.entries()
    commits = [one for one in entries if one.act == "commit"]
    found = [one for one in commits if chosen.dataset in (None, one.dataset)]
    for one in found:
        standing = one in in_force(entries, one.dataset)
        speech.say(_line(one, "in_force" if standing else "undone", speech.lang))
    if not found:
        speech.say(WORDS["none"][speech.lang])
    return 0


def undo(chosen: Namespace, speech: Speech) -> int:
    """Take a batch back, or compensate it."""
    shelf, author = shelf_of(chosen.home), author_of(chosen)
    if chosen.compensate:
        tell(compensate(shelf, chosen.batch, author=author), speech)
        return 0
    made = shelf.undo(chosen.batch, author=author, time=now())
    told = {"batch": chosen.batch, "position": made.position}
    speech.say(WORDS["took_back"][speech.lang].format(**told))
    return 0


def _line(entry: Entry, state: str, lang: Lang) -> str:
    return WORDS["line"][lang].format(
        position=entry.position,
        time=entry.time,
        dataset=entry.dataset,
        rows=entry.rows,
        files=", ".join(entry.files),
        author=entry.author,
        state=WORDS[state][lang],
    )
