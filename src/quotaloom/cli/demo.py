"""quotaloom demo: build the demo company and decompose its next year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.progress import ProgressLine
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.demo_company import build_company
from quotaloom.cycle.demo_company.target import demo_request
from quotaloom.report.summary import summary
from quotaloom.report.workbook.files import write_workbook

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "生成示例公司并分解其下一年目标",
    "en": "build the demo company and decompose its next year",
}
WORDS = {
    "folder": {"zh": "写到哪个文件夹（默认 demo）", "en": "the folder to write to (default demo)"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "building": {"zh": "正在生成示例公司…", "en": "building the demo company …"},
    "company": {"zh": "示例公司数据：{path}", "en": "demo company: {path}"},
    "workbook": {"zh": "目标分解工作簿：{path}", "en": "workbook: {path}"},
    "yours": {
        "zh": "自己试一遍：quotaloom decompose {path} --total 15亿 --year 2027 --out 目标.xlsx",
        "en": "your own: quotaloom decompose {path} --total 1500000000 --year 2027 --out plan.xlsx",
    },
    "again": {"zh": "核对：quotaloom check {path}", "en": "check it: quotaloom check {path}"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("demo", lang=lang, help=HELP[lang], description=HELP[lang])
    parser.add_argument("--folder", default="demo", metavar="DIR", help=WORDS["folder"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Write the company and the workbook of its next year's target."""
    folder, lang = Path(chosen.folder), speech.lang
    speech.note(WORDS["building"][lang])
    try:
        build_company(folder)
    except OSError as cause:
        where = {"file": folder.name, "folder": str(folder.parent)}
        reason = cause.strerror or type(cause).__name__
        raise DataRefused([error("write.failed", folder.name, **where, reason=reason)]) from cause
    speech.say(WORDS["company"][lang].format(path=folder.resolve()))
    path = folder / "2027目标分解.xlsx"
    with ProgressLine(lang) as progress:
        result = decompose(demo_request(folder), progress=progress)
        progress("write", 1, 1)
        write_workbook(result.trace, path, lang)
    speech.say(summary(result.trace, lang, speech.width))
    speech.say(WORDS["workbook"][lang].format(path=path.resolve()))
    speech.say(WORDS["again"][lang].format(path=path))
    speech.say(WORDS["yours"][lang].format(path=folder / "三年订单.xlsx"))
    return 0
