"""quotaloom backup and restore: a data folder as one verified file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.run import declare_place, place
from quotaloom.cli.web import web

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "backup": {
        "zh": "把数据库和数据文件夹备份成一个带校验的文件，不必停机",
        "en": "put database and data folder into one verified file, while it runs",
    },
    "restore": {
        "zh": "校验一份备份并恢复到新的数据文件夹",
        "en": "verify a backup and bring it back into a new data folder",
    },
}
FILE = {"zh": "备份文件，如 织标.qlbackup", "en": "the backup, such as quotaloom.qlbackup"}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add both verbs to the command."""
    for verb, words in HELP.items():
        parser = verbs.add_parser(verb, lang=lang, help=words[lang], description=words[lang])
        parser.add_argument("file", metavar="FILE", help=FILE[lang])
        declare_place(parser, lang)
        parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Back up or restore; 3 where it is refused, and nothing was changed then."""
    return web([chosen.verb, str(Path(chosen.file).absolute())], speech, **place(chosen))
