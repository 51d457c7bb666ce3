"""quotaloom doctor: see whether the installation is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.run import declare_place, place
from quotaloom.cli.web import web

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "体检：Python、磁盘、数据库、字体、时区、后台任务、密钥、主机名",
    "en": "look at Python, disk, database, font, time zone, worker, secret key and host names",
}
JSON = {"zh": "输出 JSON", "en": "answer as JSON"}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("doctor", lang=lang, help=HELP[lang], description=HELP[lang])
    declare_place(parser, lang)
    parser.add_argument("--json", action="store_true", help=JSON[lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Tell each finding; 0 where nothing is wrong, else 1."""
    return web(["doctor", *(["--json"] if chosen.json else [])], speech, **place(chosen))
