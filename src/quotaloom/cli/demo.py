"""quotaloom demo: build the demo company, decompose its next year, serve it in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli import run
from quotaloom.cli.progress import ProgressLine
from quotaloom.cli.web import web
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
    "zh": "生成示例公司，分解其下一年目标，并在浏览器里打开",
    "en": "build the demo company, decompose its next year and serve it in the browser",
}
WORDS = {
    "folder": {"zh": "写到哪个文件夹（默认 demo）", "en": "the folder to write to (default demo)"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "no_serve": {"zh": "只写文件，不启动网页", "en": "write the files only, serve nothing"},
    "building": {"zh": "正在生成示例公司…", "en": "building the demo company …"},
    "company": {"zh": "示例公司数据：{path}", "en": "demo company: {path}"},
    "workbook": {"zh": "目标分解工作簿：{path}", "en": "workbook: {path}"},
    "yours": {
        "zh": "自己试一遍：quotaloom decompose {path} --total 15亿 --year 2027 --out 目标.xlsx",
        "en": "your own: quotaloom decompose {path} --total 1500000000 --year 2027 --out plan.xlsx",
    },
    "again": {"zh": "核对：quotaloom check {path}", "en": "check it: quotaloom check {path}"},
}

WORKBOOK = "2027目标分解.xlsx"


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("demo", lang=lang, help=HELP[lang], description=HELP[lang])
    parser.add_argument("--folder", default="demo", metavar="DIR", help=WORDS["folder"][lang])
    parser.add_argument("--no-serve", action="store_true", help=WORDS["no_serve"][lang])
    parser.add_argument("--port", type=int, metavar="N", help=run.WORDS["port"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Write the company and the workbook of its next year's target, then serve.

    A second start finds the files and serves at once.
    """
    folder = Path(chosen.folder)
    path = folder / WORKBOOK
    if chosen.no_serve or not path.exists():
        _write(folder, path, speech)
    else:
        speech.say(WORDS["workbook"][speech.lang].format(path=path.resolve()))
    if chosen.no_serve:
        return 0
    home = str(folder.absolute())
    words = ["serve", *run.given(chosen, "port")]
    return web(words, speech, QUOTALOOM_HOME=home, QUOTALOOM_DEMO="1", QUOTALOOM_DB="")


def _write(folder: Path, path: Path, speech: Speech) -> None:
    lang = speech.lang
    speech.note(WORDS["building"][lang])
    try:
        build_company(folder)
    except OSError as cause:
        where = {"file": folder.name, "folder": str(folder.parent)}
        reason = cause.strerror or type(cause).__name__
        raise DataRefused([error("write.failed", folder.name, **where, reason=reason)]) from cause
    speech.say(WORDS["company"][lang].format(path=folder.resolve()))
    with ProgressLine(lang) as progress:
        result = decompose(demo_request(folder), progress=progress)
        progress("write", 1, 1)
        write_workbook(result.trace, path, lang)
    speech.say(summary(result.trace, lang, speech.width))
    speech.say(WORDS["workbook"][lang].format(path=path.resolve()))
    speech.say(WORDS["again"][lang].format(path=_typed(path)))
    speech.say(WORDS["yours"][lang].format(path=_typed(folder / "三年订单.xlsx")))


def _typed(path: Path) -> str:
    """A path as one types it."""
    return f'"{path}"' if " " in str(path) else str(path)
