"""quotaloom measures: what each measure means, whether one's own make sense, what they come to."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotaloom.cli.facts.place import declare_place, shelf_of
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.measures.figures import TIMES, FigureRequest, figures
from quotaloom.cycle.measures.known import measures, measures_of
from quotaloom.report.measures.figure import figures_json, figures_text
from quotaloom.report.measures.text import entry, listing, listing_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.model.measures.dictionary import Dictionary

HELP: Final = {
    "measures": {"zh": "指标字典：含义、公式、口径、取数", "en": "the dictionary of measures"},
    "list": {"zh": "列出全部指标", "en": "list every measure"},
    "show": {"zh": "一个指标的含义、公式、口径、版本", "en": "all that is told of a measure"},
    "check": {"zh": "检查自定义指标的文件", "en": "check a file of one's own measures"},
    "value": {"zh": "按导入的数据计算指标", "en": "measures of the facts that were imported"},
}
WORDS: Final = {
    "codes": {"zh": "指标代码，可写多个，如 booked、win_rate、booked.share", "en": "their codes"},
    "by": {"zh": "按哪些列分组，用 > 连接，如 region>person", "en": "grouped by, joined by >"},
    "time": {"zh": "按什么期间（默认全部合计）", "en": "by which periods (default: all as one)"},
    "until": {"zh": "截至哪一天（含）", "en": "the last day that counts"},
    "json": {"zh": "输出 JSON", "en": "print JSON"},
    "sound": {"zh": "{count} 个指标没有问题：{codes}", "en": "{count} measures are sound: {codes}"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    said = HELP["measures"][lang]
    parser = verbs.add_parser("measures", lang=lang, help=said, description=said)
    declare_place(parser, lang, writes=False)
    parser.set_defaults(perform=show_all, json=False)
    acts = parser.add_subparsers(dest="act", metavar="ACT", parser_class=type(parser))
    for name, perform in (("list", show_all), ("show", show), ("check", check), ("value", value)):
        act = acts.add_parser(name, lang=lang, help=HELP[name][lang], description=HELP[name][lang])
        act.set_defaults(perform=perform)
        if name in ("show", "value"):
            act.add_argument("codes", nargs="+", metavar="CODE", help=WORDS["codes"][lang])
        if name == "check":
            act.add_argument("file", metavar="FILE", help=HELP["check"][lang])
        if name == "value":
            _declare_value(act, lang)
        if name in ("list", "value"):
            act.add_argument("--json", action="store_true", help=WORDS["json"][lang])
        declare_place(act, lang, writes=False)


def _declare_value(act: ArgumentParser, lang: Lang) -> None:
    act.add_argument("--by", metavar="TEXT", default="", help=WORDS["by"][lang])
    act.add_argument("--time", choices=TIMES, help=WORDS["time"][lang])
    act.add_argument("--until", metavar="DAY", help=WORDS["until"][lang])


def known(home: str | None) -> Dictionary:
    """The measures of the data folder."""
    return measures_of(Path(home or os.environ.get("QUOTALOOM_HOME") or "quotaloom-data"))


def show_all(chosen: Namespace, speech: Speech) -> int:
    """A line a measure."""
    found = known(chosen.home)
    speech.say(listing_json(found) if chosen.json else listing(found, speech.lang))
    return 0


def show(chosen: Namespace, speech: Speech) -> int:
    """All that is told of some measures."""
    found = known(chosen.home)
    said = (entry(found, found.find(code), speech.lang) for code in chosen.codes)
    speech.say("\n\n".join(said))
    return 0


def check(chosen: Namespace, speech: Speech) -> int:
    """Whether the measures of a file make sense beside those of the house."""
    path = Path(chosen.file)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise UsageRefused([error("measure.text_unreadable", path.name, why=str(cause))]) from cause
    found = measures(text, file=path.name)
    own = [one.code for one in found.definitions.values() if one.group == "own"]
    speech.say(WORDS["sound"][speech.lang].format(count=len(own), codes=", ".join(own)))
    return 0


def value(chosen: Namespace, speech: Speech) -> int:
    """What measures come to."""
    dictionary, codes = known(chosen.home), tuple(dict.fromkeys(chosen.codes))
    request = FigureRequest(
        codes=codes,
        by=tuple(part.strip() for part in chosen.by.split(">") if part.strip()),
        time=chosen.time,
        until=_day(chosen.until) if chosen.until else None,
    )
    found = figures(shelf_of(chosen.home), dictionary, request)
    if chosen.json:
        speech.say(figures_json(found))
        speech.refuse(found.findings)
        return 0
    definitions = {code: dictionary.find(code) for code in codes}
    speech.say(figures_text(found, definitions, speech.lang, speech.width))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UsageRefused([error("track.as_of_unreadable", text)]) from wrong
