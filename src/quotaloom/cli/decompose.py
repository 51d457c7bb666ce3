"""quotaloom decompose: one number becomes a balanced workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.options import GROUPS, OPTIONS
from quotaloom.cli.outputs import planned_outputs, write_outputs
from quotaloom.cli.progress import ProgressLine
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.config import read_config
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.options import REQUIRED, request_of
from quotaloom.cycle.origin import input_files
from quotaloom.cycle.request import DecomposeRequest, flag_of
from quotaloom.report.json_summary import json_summary
from quotaloom.report.summary import summary

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "把一个总数分解成完整、精确、可解释的目标",
    "en": "break one number down into complete, exact, explained targets",
}
USAGE = {
    "zh": "%(prog)s FACTS... --total 金额 --year 年度 [选项 ...]",
    "en": "%(prog)s FACTS... --total AMOUNT --year YEAR [OPTION ...]",
}
TEXTS = {
    "facts": {
        "zh": "历史数据：csv、csv.gz、tsv、xlsx、xls、parquet，可写多个，写在选项之前",
        "en": "history: csv, csv.gz, tsv, xlsx, xls or parquet; several append; before the options",
    },
    "config": {
        "zh": "参数文件（TOML，名称与选项相同），命令行优先",
        "en": "options from a TOML file, named like these; the command wins",
    },
    "output": {"zh": "输出与参数", "en": "output and options"},
    "out": {
        "zh": "输出 .xlsx、.csv 或 .parquet，可多次",
        "en": "an output: .xlsx, .csv or .parquet; repeatable",
    },
    "split": {
        "zh": "按该层级每个成员另写一个工作簿",
        "en": "one more workbook for each member of a level",
    },
    "json": {"zh": "只输出 JSON 摘要", "en": "print a JSON summary only"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "wrote": {"zh": "已写出 {path}", "en": "wrote {path}"},
    "nothing": {
        "zh": "没有写 --out，只显示摘要。加上 --out 目标.xlsx 就会写出工作簿。",
        "en": "no --out was given, so nothing was written; --out plan.xlsx writes a workbook.",
    },
    "more": {
        "zh": "例：quotaloom decompose 订单.xlsx --total 5亿 --year 2027 "
        '--by "大区>省份" --by 产品线 --out 目标.xlsx\n'
        "名称里有 : > / = & | < , 时用双引号括起。全部选项与写法见 docs/reference/decompose.md。",
        "en": "example: quotaloom decompose orders.xlsx --total 500000000 --year 2027 "
        '--by "region>city" --by product --out targets.xlsx\n'
        "Put a name that holds : > / = & | < , in double quotes. "
        "All options and grammars: docs/reference/decompose.md.",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser(
        "decompose",
        lang=lang,
        usage=USAGE[lang],
        help=HELP[lang],
        description=HELP[lang],
        epilog=TEXTS["more"][lang],
    )
    parser.add_argument("facts", nargs="*", metavar="FACTS", help=TEXTS["facts"][lang])
    groups = {key: parser.add_argument_group(title[lang]) for key, title in GROUPS.items()}
    for option in OPTIONS:
        option.declare(groups[option.group], lang)
    out = parser.add_argument_group(TEXTS["output"][lang])
    out.add_argument("--out", metavar="FILE", action="append", help=TEXTS["out"][lang])
    out.add_argument("--split-by", metavar="LEVEL", help=TEXTS["split"][lang])
    out.add_argument("--json", action="store_true", default=None, help=TEXTS["json"][lang])
    out.add_argument("--lang", choices=("zh", "en"), help=TEXTS["lang"][lang])
    out.add_argument("--config", metavar="FILE", help=TEXTS["config"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Decompose, write the outputs, say what was done."""
    given = options_of(chosen)
    out, split_by = given.pop("out", ()), given.pop("split_by", None)
    as_json = given.pop("json", False)
    request = request_from(given)
    asked = [out] if isinstance(out, str) else out
    outputs = planned_outputs(asked, input_files(request), split_by)
    with ProgressLine(speech.lang) as progress:
        result = decompose(request, progress=progress)
        written = write_outputs(result.trace, outputs, speech.lang, split_by, progress)
    if as_json:
        speech.say(json_summary(result.trace))
        return 0
    speech.say(summary(result.trace, speech.lang, speech.width))
    for path in written:
        speech.say(TEXTS["wrote"][speech.lang].format(path=path))
    if not written:
        speech.say(TEXTS["nothing"][speech.lang])
    return 0


def options_of(chosen: Namespace) -> dict[str, Any]:
    """The options of the command over those of its config file."""
    typed = {name: value for name, value in vars(chosen).items() if value not in (None, [])}
    for name in ("verb", "perform", "lang"):
        typed.pop(name, None)
    if "join" in typed:
        typed["join"] = [" ".join(words) for words in typed["join"]]
    config = read_config(Path(typed.pop("config"))) if "config" in typed else {}
    return config | typed


def request_from(given: dict[str, Any]) -> DecomposeRequest:
    """The request of typed options. Raises UsageRefused where one is missing."""
    missing = [name for name in REQUIRED if name not in given]
    if missing:
        raise UsageRefused(error("option.missing", flag_of(name)) for name in missing)
    request, misfits = request_of(given)
    if request is None:
        raise UsageRefused(
            error("option.wrong_type", one.name, value=one.value, expected=one.expected)
            for one in misfits
        )
    return request
