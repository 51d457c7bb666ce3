"""quotaloom import: files become one batch of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.facts.place import author_of, declare_place, shelf_of
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.report.wording import sentences_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "导入业务数据：一次导入一个批次，要么全部生效，要么毫无影响",
    "en": "import facts: one batch, whole or not at all",
}
WORDS = {
    "files": {"zh": "文件，可写多个", "en": "files; several make one batch"},
    "into": {
        "zh": "数据集的名称，如 booked、invoiced、collected",
        "en": "the dataset, such as booked, invoiced, collected",
    },
    "column": {"zh": "另外保留的列，可多次", "en": "a further column to keep; repeatable"},
    "key": {
        "zh": "按这些列更新：同一键的旧行由新行取代，可多次",
        "en": "update by these columns: a row takes the place of its key's; repeatable",
    },
    "replace": {
        "zh": "取代一个期间的全部数据，如 2026-03、2026Q1",
        "en": "take the place of a whole period, such as 2026-03 or 2026Q1",
    },
    "date": {"zh": "日期列", "en": "the date column"},
    "amount": {"zh": "金额列", "en": "the amount column"},
    "where": {"zh": "只导入哪些行", "en": "which rows"},
    "alias": {"zh": "成员改名：错=对", "en": "a member renamed: wrong=right"},
    "fiscal-start": {"zh": "财年起始月（默认 1）", "en": "first month of the year (default 1)"},
    "cutoff-day": {"zh": "月结日（默认自然月）", "en": "month cut-off day (default: natural)"},
    "look": {"zh": "只预览，不导入", "en": "only tell what it would do"},
    "effect": {
        "zh": "新增 {new} 行，变更 {changed} 行，相同 {same} 行，移除 {gone} 行",
        "en": "{new} new rows, {changed} changed, {same} the same, {gone} removed",
    },
    "done": {
        "zh": "已导入 {dataset}，第 {position} 批，{rows} 行",
        "en": "imported into {dataset}: batch {position}, {rows} rows",
    },
    "nothing": {"zh": "数据没有变化，没有新批次", "en": "nothing changes; no batch was made"},
    "looked": {"zh": "这是预览，没有导入", "en": "this was a look; nothing was imported"},
}
TEXTS = ("date", "amount", "where", "replace")
NUMBERS = ("fiscal-start", "cutoff-day")
MANY = ("column", "key", "alias")


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    said = HELP[lang]
    parser: ArgumentParser = verbs.add_parser("import", lang=lang, help=said, description=said)
    parser.add_argument("files", nargs="+", metavar="FILE", help=WORDS["files"][lang])
    parser.add_argument("--into", required=True, metavar="NAME", help=WORDS["into"][lang])
    for name in TEXTS:
        parser.add_argument(f"--{name}", metavar="TEXT", help=WORDS[name][lang])
    for name in NUMBERS:
        parser.add_argument(f"--{name}", metavar="N", type=int, help=WORDS[name][lang])
    for name in MANY:
        parser.add_argument(f"--{name}", metavar="TEXT", action="append", help=WORDS[name][lang])
    parser.add_argument("--look", action="store_true", help=WORDS["look"][lang])
    declare_place(parser, lang, writes=True)
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Import, and say what it did."""
    lang = speech.lang
    shelf, author = shelf_of(chosen.home), author_of(chosen)
    done = take(shelf, request_of(chosen), author=author, only_look=chosen.look)
    for line in sentences_of(done.findings, lang):
        speech.say(line)
    effect = done.effect
    figures = {"new": effect.new, "changed": effect.changed, "same": effect.same}
    speech.say(WORDS["effect"][lang].format(gone=effect.gone, **figures))
    if done.entry is not None:
        made = done.entry
        told = {"dataset": made.dataset, "position": made.position, "rows": made.rows}
        speech.say(WORDS["done"][lang].format(**told))
    else:
        speech.say(WORDS["looked" if chosen.look else "nothing"][lang])
    return 0


def request_of(chosen: Namespace) -> ImportRequest:
    """The request as typed; what was not typed keeps its default."""
    fields = ("files", "into", *(name.replace("-", "_") for name in (*TEXTS, *NUMBERS, *MANY)))
    typed = {name: getattr(chosen, name) for name in fields}
    given = {name: value for name, value in typed.items() if value is not None}
    lists = {name: tuple(given[name]) for name in MANY if name in given}
    files = tuple(Path(text) for text in chosen.files)
    return ImportRequest(**{**given, **lists, "files": files})
