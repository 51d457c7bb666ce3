"""quotaloom import: files become one batch of a dataset."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from quotaloom.cli.facts.annotate import annotate, annotate_beside
from quotaloom.cli.facts.place import author_of, declare_place, known_of, shelf_of
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.facts.watch import Watched
from quotaloom.cycle.request import CHOICES
from quotaloom.report.wording import sentences_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.cycle.facts.take import Taken
    from quotaloom.cycle.facts.watch import Outcome

PAUSE: Final = 5.0  # seconds between two looks at a watched folder
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
    "source": {
        "zh": "数据来源的名称；列的对应关系按来源记住",
        "en": "the source's name; the mapping of columns is remembered for it",
    },
    "map": {
        "zh": "表头对应哪一列：表头=列；「表头=」不导入，可多次",
        "en": "the column of a header: HEADER=COLUMN; HEADER= leaves it out; repeatable",
    },
    "members": {
        "zh": "一列的成员名单：列=文件；名单外的先计入未归属，可多次",
        "en": "the members of a column: COLUMN=FILE; others count as unassigned; repeatable",
    },
    "append": {"zh": "只追加，不按键更新", "en": "only add: update nothing by its key"},
    "valid-only": {
        "zh": "只导入有效行；有错误的行逐一列出，不导入",
        "en": "take the valid rows only; those with faults are listed and left out",
    },
    "annotated": {
        "zh": "有错误时另存标注错误的工作簿",
        "en": "where there are faults, write a workbook with each marked in its cell",
    },
    "watch": {
        "zh": "守着一个文件夹：新文件自动导入，再移到 done 或 refused",
        "en": "watch a folder: import what comes, then move it to done or refused",
    },
    "once": {
        "zh": "与 --watch 一起：处理现有文件后退出",
        "en": "with --watch: import what is there, then end",
    },
    "sheet": {"zh": "工作表", "en": "the sheet"},
    "header-row": {"zh": "表头在第几行", "en": "the row of the header"},
    "encoding": {"zh": "文本编码", "en": "the encoding of texts"},
    "delimiter": {"zh": "分隔符", "en": "the delimiter"},
    "hidden-rows": {
        "zh": "隐藏的行：refuse、read 或 skip",
        "en": "hidden rows: refuse, read or skip",
    },
    "fill-down": {"zh": "合并单元格向下填充", "en": "fill merged cells down"},
    "subtotals": {
        "zh": "小计、合计行：drop 去掉，refuse 拒绝",
        "en": "rows that are sums of others: drop or refuse",
    },
    "date-order": {"zh": "03/04/2025 的次序：dmy 或 mdy", "en": "order of 03/04/2025: dmy or mdy"},
    "decimal-mark": {"zh": "小数点：. 或 ,", "en": "the decimal mark: . or ,"},
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
TEXTS = ("date", "amount", "where", "replace", "source", "sheet", "encoding", "delimiter")
NUMBERS = ("fiscal-start", "cutoff-day", "header-row")
MANY = ("column", "key", "alias", "map")
SWITCHES = ("append", "fill-down", "valid-only")
CHOSEN = ("hidden-rows", "subtotals", "date-order", "decimal-mark")


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    said = HELP[lang]
    parser: ArgumentParser = verbs.add_parser("import", lang=lang, help=said, description=said)
    parser.add_argument("files", nargs="*", metavar="FILE", help=WORDS["files"][lang])
    parser.add_argument("--into", required=True, metavar="NAME", help=WORDS["into"][lang])
    for name in (*TEXTS, "annotated", "watch"):
        parser.add_argument(f"--{name}", metavar="TEXT", help=WORDS[name][lang])
    for name in NUMBERS:
        parser.add_argument(f"--{name}", metavar="N", type=int, help=WORDS[name][lang])
    for name in (*MANY, "members"):
        parser.add_argument(f"--{name}", metavar="TEXT", action="append", help=WORDS[name][lang])
    for name in CHOSEN:
        choices = CHOICES[name.replace("-", "_")]
        parser.add_argument(f"--{name}", choices=choices, help=WORDS[name][lang])
    for name in (*SWITCHES, "look", "once"):
        parser.add_argument(f"--{name}", action="store_true", help=WORDS[name][lang])
    declare_place(parser, lang, writes=True)
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Import, and say what it did."""
    request = request_of(chosen)
    if chosen.watch:
        return watch(chosen, request, speech)
    shelf, author = shelf_of(chosen.home), author_of(chosen)
    known = known_of(shelf, chosen.members or ())
    try:
        done = take(shelf, request, author=author, known=known, only_look=chosen.look)
    except DataRefused as refusal:
        if chosen.annotated:
            annotate(request, refusal.findings, Path(chosen.annotated), speech.lang)
        raise
    if done.faults and chosen.annotated:
        annotate(request, done.faults, Path(chosen.annotated), speech.lang)
    tell(done, speech, looked=chosen.look)
    return 0


def tell(done: Taken, speech: Speech, *, looked: bool = False) -> None:
    """Say what was found, what it does to the facts, and what came of it."""
    lang = speech.lang
    for line in sentences_of((*done.findings, *done.faults), lang):
        speech.say(line)
    effect = done.effect
    figures = {"new": effect.new, "changed": effect.changed, "same": effect.same}
    speech.say(WORDS["effect"][lang].format(gone=effect.gone, **figures))
    if done.entry is not None:
        made = done.entry
        told = {"dataset": made.dataset, "position": made.position, "rows": made.rows}
        speech.say(WORDS["done"][lang].format(**told))
    else:
        speech.say(WORDS["looked" if looked else "nothing"][lang])


def watch(chosen: Namespace, request: ImportRequest, speech: Speech) -> int:
    """Import what comes into a folder, until Ctrl-C or, with ``--once``, what is there."""
    shelf, author = shelf_of(chosen.home), author_of(chosen)
    known = known_of(shelf, chosen.members or ())
    keeper = Watched(Path(chosen.watch), shelf, request, author, known)
    _sweep(keeper, speech, at_once=chosen.once)
    while not chosen.once:
        sleep(PAUSE)
        _sweep(keeper, speech, at_once=False)
    return 0


def _sweep(keeper: Watched, speech: Speech, *, at_once: bool) -> None:
    for outcome in keeper.sweep(at_once=at_once):
        _tell_outcome(outcome, speech)


def _tell_outcome(outcome: Outcome, speech: Speech) -> None:
    speech.say(f"{outcome.path.name}:")
    if outcome.taken is None:
        annotate_beside(outcome, speech.lang)
        speech.refuse(outcome.findings)
        return
    if outcome.taken.faults:
        annotate_beside(outcome, speech.lang)
    tell(outcome.taken, speech)


def request_of(chosen: Namespace) -> ImportRequest:
    """The request as typed; what was not typed keeps its default."""
    names = (*TEXTS, *NUMBERS, *MANY, *CHOSEN, *SWITCHES)
    fields = ("into", *(name.replace("-", "_") for name in names))
    typed = {name: getattr(chosen, name) for name in fields}
    given = {name: value for name, value in typed.items() if value is not None}
    lists = {name: tuple(given[name]) for name in MANY if name in given}
    files = tuple(Path(text) for text in chosen.files)
    return ImportRequest(**{**given, **lists, "files": files})
