"""quotaloom track: what was sold against the quotas in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from quotaloom.cli.facts.place import shelf_of
from quotaloom.cli.measures import known
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.facts.read import MARK, dataset
from quotaloom.cycle.measures.credit import measured
from quotaloom.cycle.track.request import ReportKind, TrackRequest
from quotaloom.cycle.track.verb import track
from quotaloom.report.tracking.export import tracking_json, write_tracking
from quotaloom.report.tracking.text import tracking_text

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "用当时生效的目标衡量业绩：达成率、差额、进度差",
    "en": "measure credit against the quotas in force: attainment, gap, pace",
}
WORDS = {
    "facts": {
        "zh": "业绩文件，可写多个；或 @名称：已导入的数据集",
        "en": "files of facts; several append; or @NAME: a dataset that was imported",
    },
    "home": {
        "zh": "数据集所在的数据文件夹（默认 quotaloom-data）",
        "en": "the data folder of the dataset (default quotaloom-data)",
    },
    "measure": {
        "zh": "用字典里的指标作业绩，如 booked、invoiced（代替业绩文件）",
        "en": "a measure of the dictionary as credit, in place of FACTS: booked, invoiced",
    },
    "quota": {
        "zh": "目标文件：成员列、起始日（或期间）、金额；"
        "一个目标自其日期起，到该成员下一个目标为止",
        "en": "files of quotas: member, first day (or period), amount; each counts until the "
        "member's next one",
    },
    "edition": {
        "zh": "已发布版本所在的文件夹（代替 --quota）：每一期按当期生效的版本",
        "en": "a folder of editions, in place of --quota: each period by the one in force",
    },
    "by": {
        "zh": "层级，用 > 连接；最后一级带目标",
        "en": "levels joined by >; the last has quotas",
    },
    "date": {"zh": "业绩的日期列", "en": "the date column of the facts"},
    "amount": {"zh": "业绩的金额列", "en": "the amount column of the facts"},
    "quota-date": {"zh": "目标的日期或期间列", "en": "the date or period column of the quotas"},
    "quota-amount": {"zh": "目标的金额列", "en": "the amount column of the quotas"},
    "join": {
        "zh": "关联到业绩的文件：FILE on 左列=右列",
        "en": "a file joined to the facts: FILE on left=right",
    },
    "where": {"zh": "只看哪些业绩", "en": "which facts count"},
    "alias": {"zh": "成员改名：错=对", "en": "a member renamed: wrong=right"},
    "assign": {
        "zh": "业绩归属文件：条件列、归属成员、份额、性质（分摊或叠加）、起止日期",
        "en": "whose each fact is: conditions, member, share, kind (split or overlay), days",
    },
    "origin": {
        "zh": "业绩的起始日列（如立项日），留存业绩据此判断",
        "en": "the column with the day on which a fact was begun, for credit held over",
    },
    "hold-over": {
        "zh": "换人后多少天内，之前开始的业绩仍归前任",
        "en": "for how many days after a change what was begun before stays with the former one",
    },
    "time": {"zh": "按什么期间列出（默认 quarter）", "en": "reported by (default quarter)"},
    "year": {
        "zh": "只看这个财年开始的目标，并给出时间进度",
        "en": "one fiscal year, with its pace",
    },
    "as-of": {
        "zh": "截至哪一天（含，默认最后一笔业绩的日期）",
        "en": "the last day that counts (default: the day of the last fact)",
    },
    "fiscal-start": {"zh": "财年起始月（默认 1）", "en": "first month of the year (default 1)"},
    "cutoff-day": {"zh": "月结日（默认自然月）", "en": "month cut-off day (default: natural)"},
    "country": {"zh": "工作日历的国家（默认 CN）", "en": "whose working days (default CN)"},
    "out": {"zh": "另写一个 .csv", "en": "write a .csv as well"},
    "json": {"zh": "只输出 JSON", "en": "print JSON only"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "wrote": {"zh": "已写出 {path}", "en": "wrote {path}"},
}
TEXTS = ("by", "date", "amount", "quota-date", "quota-amount", "where", "origin", "country")
NUMBERS = ("year", "fiscal-start", "cutoff-day", "hold-over")


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    said = HELP[lang]
    parser: ArgumentParser = verbs.add_parser("track", lang=lang, help=said, description=said)
    parser.add_argument("facts", nargs="*", metavar="FACTS", help=WORDS["facts"][lang])
    parser.add_argument("--measure", metavar="CODE", help=WORDS["measure"][lang])
    parser.add_argument("--quota", nargs="+", metavar="FILE", default=[], help=WORDS["quota"][lang])
    parser.add_argument("--edition", metavar="DIR", help=WORDS["edition"][lang])
    for name in TEXTS:
        required = name == "by"
        parser.add_argument(f"--{name}", metavar="TEXT", help=WORDS[name][lang], required=required)
    for name in NUMBERS:
        parser.add_argument(f"--{name}", metavar="N", type=int, help=WORDS[name][lang])
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--join", nargs="+", metavar="WORD", help=WORDS["join"][lang], **many)
    parser.add_argument("--alias", metavar="A=B", help=WORDS["alias"][lang], **many)
    parser.add_argument("--assign", metavar="FILE", help=WORDS["assign"][lang])
    parser.add_argument("--time", choices=get_args(ReportKind), help=WORDS["time"][lang])
    parser.add_argument("--as-of", metavar="DAY", help=WORDS["as-of"][lang])
    parser.add_argument("--home", metavar="DIR", help=WORDS["home"][lang])
    parser.add_argument("--out", metavar="FILE.csv", help=WORDS["out"][lang])
    parser.add_argument("--json", action="store_true", help=WORDS["json"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Track, write, say."""
    out = _out(chosen.out)
    tracking = track(request_of(chosen))
    if out:
        write_tracking(tracking, out)
    if chosen.json:
        speech.say(tracking_json(tracking))
        return 0
    speech.say(tracking_text(tracking, speech.lang, speech.width))
    if out:
        speech.say(WORDS["wrote"][speech.lang].format(path=out))
    return 0


def request_of(chosen: Namespace) -> TrackRequest:
    """The request as typed; what was not typed keeps its default."""
    typed = {name: value for name, value in vars(chosen).items() if value not in (None, [])}
    for name in ("verb", "perform", "lang", "json", "out", "home", "measure"):
        typed.pop(name, None)
    typed["facts"] = _facts(chosen)
    typed["quota"] = tuple(Path(text) for text in chosen.quota)
    typed["join"] = tuple(" ".join(words) for words in chosen.join)
    typed["alias"] = tuple(chosen.alias)
    for name in ("assign", "edition"):
        if typed.get(name):
            typed[name] = Path(typed[name])
    if chosen.as_of:
        typed["as_of"] = _day(chosen.as_of)
    return TrackRequest(**typed)


def _facts(chosen: Namespace) -> tuple[Path, ...] | pl.DataFrame:
    """The files, or in their place a measure of what was imported, or the one dataset named."""
    if chosen.measure:
        levels = tuple(level.strip() for level in chosen.by.split(">"))
        return measured(shelf_of(chosen.home), known(chosen.home), chosen.measure, levels)
    names = [text.removeprefix(MARK) for text in chosen.facts if text.startswith(MARK)]
    if len(names) == 1 and len(chosen.facts) == 1:
        return dataset(shelf_of(chosen.home), names[0])
    return tuple(Path(text) for text in chosen.facts)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UsageRefused([error("track.as_of_unreadable", text)]) from wrong


def _out(text: str | None) -> Path | None:
    if text and not text.endswith(".csv"):
        raise UsageRefused([error("track.out_kind", text)])
    return Path(text) if text else None
